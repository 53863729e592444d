"""What people have earned: a table of authors, and one author's lines. Who sees whom is decided here."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from operator import attrgetter
from typing import Final

from django.utils.translation import gettext_lazy

from accounts.enums import ADMINISTRATORS, REVIEWERS
from accounts.models import Unit, User
from accounts.querysets import grants_today
from kit.columns import Column, Kind, text
from scoring.engine.authors import author_lines
from scoring.figures.lines import AuthorLine
from scoring.periods.period import Period
from stats.facts import authors as writers
from stats.facts.authors import Person
from stats.facts.loading import Facts

#: The running number stands before what one chooses from.
NUMBER: Final = Column("position", gettext_lazy("No."), 6, kind=Kind.RANK, stays=True)
AUTHORS: Final = (
    Column("name", gettext_lazy("Author"), 14, order=["name"], stays=True, shown=True, fixed=True),
    Column("unit", gettext_lazy("Unit"), 24, order=["unit"], shown=True),
    *(
        Column(key, title, 10, kind=kind, summed=True, order=[key], descending=True, shown=True)
        for key, title, kind in (
            ("items", gettext_lazy("Items adopted"), Kind.COUNT),
            ("adopted", gettext_lazy("Adoptions"), Kind.COUNT),
            ("points", gettext_lazy("Points"), Kind.POINTS),
        )
    ),
)
DEFAULT_ORDER: Final = "-points"


@dataclass(frozen=True, slots=True)
class AuthorRow:
    """An author's adoptions and points in a period: how often each of their items was adopted in it."""

    person: Person
    times: Mapping[int, int]
    points: Decimal
    position: int = 0
    url: str = ""

    @property
    def items(self) -> int:
        return len(self.times)

    @property
    def adopted(self) -> int:
        return sum(self.times.values())

    @property
    def name(self) -> str:
        return self.person.name

    @property
    def unit(self) -> str:
        return self.person.unit_name


@dataclass(frozen=True, slots=True)
class AuthorTotal:
    """What a table of authors comes to; an adoption of two authors counts once, their points add up (R89)."""

    items: int
    adopted: int
    points: Decimal

    @classmethod
    def of(cls, rows: Sequence[AuthorRow]) -> AuthorTotal:
        times = {item: number for row in rows for item, number in row.times.items()}
        return cls(
            items=len(times),
            adopted=sum(times.values()),
            points=sum((row.points for row in rows), Decimal(0)),
        )


def totals(rows: Sequence[AuthorRow], columns: Sequence[Column]) -> list[tuple[Column, str]]:
    """What these rows come to under each of these columns; "" where nothing is summed."""
    total = AuthorTotal.of(rows)
    return [(column, text(column, total) if column.summed else "") for column in columns]


def paths_of_authors(reader: User) -> list[str]:
    """The subtrees whose authors' points a person sees: as an administrator or a reviewer of them.

    Whoever only writes sees their own points and nobody else's.
    """
    held = ADMINISTRATORS | REVIEWERS
    return sorted({grant.unit.path for grant in grants_today(reader) if grant.role in held})


def may_see(reader: User, person: Person) -> bool:
    """Whether the reader may open this author's points."""
    if person.user_id == reader.pk:
        return True
    return any(person.unit_path.startswith(path) for path in paths_of_authors(reader))


@dataclass(frozen=True, slots=True)
class Earned:
    """What all authors of an office earned in a period, each by their own part."""

    people: Mapping[str, Person]
    parts: Sequence[AuthorLine]
    times: Mapping[str, Mapping[int, int]]

    @classmethod
    def of(cls, found: Facts, period: Period) -> Earned:
        """An adoption is one for each of its authors; so is an item, when it was adopted in the period."""
        lines = [line for row in found.counts(period) for line in row.lines if line.item_id is not None]
        times = Counter(fact.item_id for fact in found.adoptions if period.contains(fact.date))
        known = writers.of_items({*times, *(line.item_id for line in lines if line.item_id is not None)})
        adopted: defaultdict[str, dict[int, int]] = defaultdict(dict)
        for key, item_id in {(writer.key, writer.item_id) for writer in known.facts}:
            if item_id in times:
                adopted[key][item_id] = times[item_id]
        parts = tuple(author_lines(lines, known.facts, found.timetable))
        return cls(known.people, parts, adopted)

    def rows(self, people: Iterable[Person]) -> list[AuthorRow]:
        """A row for each of these people, zeros included."""
        points: defaultdict[str, Decimal] = defaultdict(Decimal)
        for part in self.parts:
            points[part.author] += part.points
        return [
            AuthorRow(
                person=person,
                times=self.times.get(person.key, {}),
                points=points[person.key],
            )
            for person in people
        ]

    def row(self, person: Person) -> AuthorRow:
        """One author's figures."""
        (row,) = self.rows([person])
        return row

    def parts_of(self, person: Person) -> list[AuthorLine]:
        """One author's lines."""
        return [part for part in self.parts if part.author == person.key]


def visible(people: Iterable[Person], reader: User, unit: Unit | None = None) -> list[Person]:
    """Those whom the reader may see; of one unit and all below it when that is given."""
    return [
        person
        for person in people
        if may_see(reader, person) and (unit is None or person.unit_path.startswith(unit.path))
    ]


def author_rows(
    found: Facts, period: Period, reader: User, unit: Unit | None = None, words: str = ""
) -> list[AuthorRow]:
    """The authors whom the reader may see. Those with an account have a row even when they have nothing."""
    earned = Earned.of(found, period)
    listed = writers.of_office(reader.office, period.start, period.last_day)
    people = visible({**listed, **earned.people}.values(), reader, unit)
    return earned.rows(person for person in people if words in person.name or words in person.unit_name)


def in_order(rows: Iterable[AuthorRow], wanted: str | None) -> list[AuthorRow]:
    """By a column of `AUTHORS`, ``-`` before it for descending; the best stand first among equals."""
    known = {column.key for column in AUTHORS}
    wanted = wanted if wanted and wanted.removeprefix("-") in known else DEFAULT_ORDER
    best_first = sorted(rows, key=lambda row: (-row.points, -row.adopted, row.unit, row.name, row.person.key))
    ordered = sorted(best_first, key=attrgetter(wanted.removeprefix("-")), reverse=wanted.startswith("-"))
    return [replace(row, position=place) for place, row in enumerate(ordered, start=1)]
