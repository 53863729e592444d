"""How far units and people are towards their targets. Counted from the facts each time, never stored."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Unit, User
from adoptions.models import Adoption
from incentives.enums import Measure
from incentives.models import Target
from kit.numbers import points_text, rate_text
from scoring.periods.period import Period
from stats import tallies
from stats.authors import Earned
from stats.facts.authors import of_items, person_of
from stats.facts.loading import load_facts
from stats.facts.rows import ranking_unit_id
from submissions.models import Item

#: What was reached by measure; a measure without anything is left out.
type Reached = Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Progress:
    """What was reached of one target; without a target only what was reached."""

    measure: Measure
    reached: Decimal
    target: Decimal | None = None

    @property
    def label(self) -> str:
        return str(self.measure.label)

    @property
    def rate(self) -> Decimal | None:
        return self.reached / self.target if self.target else None

    @property
    def reached_text(self) -> str:
        return points_text(self.reached)

    @property
    def target_text(self) -> str:
        return points_text(self.target) if self.target else ""

    @property
    def rate_text(self) -> str:
        return rate_text(self.rate)

    @property
    def text(self) -> str:
        """Such as: 12 / 30, 40.0%."""
        shown = {"reached": self.reached_text, "target": self.target_text, "rate": self.rate_text}
        return _("%(reached)s of %(target)s, %(rate)s") % shown

    @property
    def met(self) -> bool:
        return self.target is not None and self.reached >= self.target

    @property
    def value(self) -> int:
        """For <progress>, together with `most`."""
        return int(min(max(self.reached, Decimal(0)), self.target or Decimal(0)) * 100)

    @property
    def most(self) -> int:
        return int((self.target or Decimal(0)) * 100)


def year_period(year: int) -> Period:
    """The calendar year, for which targets are set whatever the assessment year is."""
    return Period.parse(str(year))


def amounts(targets: Iterable[Target]) -> dict[tuple[int, int | None], dict[str, Decimal]]:
    """(unit, person or None) → measure → target."""
    found: defaultdict[tuple[int, int | None], dict[str, Decimal]] = defaultdict(dict)
    for target in targets:
        found[target.unit_id, target.person_id][target.measure] = target.amount
    return dict(found)


def progress(set_: Mapping[str, Decimal], reached: Reached) -> list[Progress]:
    """Every measure in order, with its target if it has one."""
    return [Progress(each, reached.get(each, Decimal(0)), set_.get(each)) for each in Measure]


def only_targets(lines: Iterable[Progress]) -> list[Progress]:
    return [line for line in lines if line.target]


def reached_by_units(office: Unit, year: int) -> dict[int, Reached]:
    """What the ranking units of an office have reached, from the monthly counts; three queries."""
    period = year_period(year)
    return {
        row.unit.id: {
            Measure.FILED: Decimal(row.filed),
            Measure.ISSUED: Decimal(row.issued),
            Measure.ADOPTED: Decimal(row.adopted_total),
            Measure.POINTS: row.points,
        }
        for row in tallies.load(office, period).counts(period)
    }


def reached_by_people(
    people: Collection[User],
    office: Unit,
    year: int,
    today: date,
    *,
    measures: Collection[str] = frozenset(Measure),
    earned: Earned | None = None,
) -> dict[int, Reached]:
    """What people have reached: items they filed or wrote, adoptions of these, and their part of the points.

    The scored facts are read only when `measures` ask for points and `earned` does not bring them.
    """
    found: dict[int, dict[str, Decimal]] = {person.pk: {} for person in people}
    first, end = date(year, 1, 1), date(year + 1, 1, 1)
    filed = Item.objects.filed_between(_midnight(first), _midnight(end))
    issued = Item.objects.issued_between(_midnight(first), _midnight(end))
    for measure, items in ((Measure.FILED, filed), (Measure.ISSUED, issued)):
        if measure in measures:
            _add(found, measure, Counter(person for person, _item in _pairs(items, office, set(found))))
    if Measure.ADOPTED in measures:
        adopted = Adoption.objects.of_office(office).counted().between(first, end)
        times = Counter(adopted.values_list("item", flat=True))
        written = Item.objects.filter(pk__in=adopted.values("item"))
        numbers: Counter[int] = Counter()
        for person, item in _pairs(written, office, set(found)):
            numbers[person] += times[item]
        _add(found, Measure.ADOPTED, numbers)
    if Measure.POINTS in measures:
        period = year_period(year)
        earned = earned or Earned.of(load_facts(office, period, as_of=today), period)
        for row in earned.rows(person_of(person) for person in people):
            assert row.person.user_id is not None, "these have accounts"
            found[row.person.user_id][Measure.POINTS] = row.points
    return dict(found)


def _add(found: Mapping[int, dict[str, Decimal]], measure: Measure, numbers: Counter[int]) -> None:
    for person, number in numbers.items():
        found[person][measure] = Decimal(number)


def _pairs(items: QuerySet[Item], office: Unit, people: set[int]) -> set[tuple[int, int]]:
    """(person, item) of those who filed the office's items or are among their authors."""
    of_office = items.filter(office=office)
    pairs = set(of_office.filter(submitter__in=people).values_list("submitter_id", "pk"))
    known = of_items(of_office.values_list("pk", flat=True))
    author_of = {key: person.user_id for key, person in known.people.items() if person.user_id in people}
    written = {(author_of[fact.key], fact.item_id) for fact in known.facts if fact.key in author_of}
    return pairs | {(user, item) for user, item in written if user}


def my_targets(user: User, today: date, earned: Earned | None = None) -> tuple[list[Progress], bool]:
    """A person's targets of this year, else those of their unit; and whether they are the person's own.

    `earned` are the points of the calendar year, when the caller has them already.
    """
    office, year = user.office, today.year
    if user.unit_id == office.pk:
        return [], False
    unit = ranking_unit_id(user.unit.path, office)
    mine = amounts(Target.objects.of_year(office, year).filter(unit=unit, person=user))
    own = mine.get((unit, user.pk))
    if own:
        reached = reached_by_people([user], office, year, today, measures=own, earned=earned)
        return only_targets(progress(own, reached[user.pk])), True
    return unit_targets(office, unit, year), False


def unit_targets(office: Unit, unit_id: int, year: int) -> list[Progress]:
    """A ranking unit's targets of a year, with what was reached."""
    targets = Target.objects.of_year(office, year).of_units().filter(unit=unit_id)
    set_ = amounts(targets).get((unit_id, None))
    return only_targets(progress(set_, reached_by_units(office, year).get(unit_id, {}))) if set_ else []


def year_gone(year: int, today: date) -> Decimal:
    """How much of the year has passed, from 0 to 1."""
    days = (date(year + 1, 1, 1) - date(year, 1, 1)).days
    gone = (today - date(year, 1, 1)).days + 1
    return Decimal(min(max(gone, 0), days)) / days


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
