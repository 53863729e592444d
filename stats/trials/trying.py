"""What a scheme would change: a past period counted by the present schemes and by another. Writes nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import zip_longest

from accounts.enums import UnitKind
from accounts.models import Unit
from scoring.figures.counts import UnitCount
from scoring.figures.facts import AdoptionFact, UnitFact
from scoring.figures.lines import ZERO, ScoreLine
from scoring.periods.period import Period
from scoring.schemes.scheme import Scheme
from scoring.schemes.timetable import Timetable
from stats.facts.loading import load_facts
from stats.reports import Terms, place

MOST_CHANGED = 5
#: Before every fact: the tried scheme holds for all of them.
ALWAYS = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a unit stands by one scheme; the office itself is not ranked."""

    group: str
    rank: int | None
    tied: bool
    points: Decimal


@dataclass(frozen=True, slots=True)
class TrialRow:
    """A unit by the present schemes and by the one that is tried."""

    unit: UnitFact
    now: Standing
    then: Standing

    @property
    def gained(self) -> int | None:
        """Ranks gained; None when the unit would be ranked among others than now, or not at all."""
        if self.now.rank is None or self.then.rank is None or self.now.group != self.then.group:
            return None
        return self.now.rank - self.then.rank

    @property
    def difference(self) -> Decimal:
        """Points gained."""
        return self.then.points - self.now.points


@dataclass(frozen=True, slots=True)
class TrialGroup:
    """The units that would be ranked together, best first."""

    group: str
    rows: list[TrialRow]

    @property
    def now(self) -> Decimal:
        return sum((row.now.points for row in self.rows), ZERO)

    @property
    def then(self) -> Decimal:
        return sum((row.then.points for row in self.rows), ZERO)

    @property
    def difference(self) -> Decimal:
        return self.then - self.now


@dataclass(frozen=True, slots=True)
class Reached:
    """A consequence: what would be said of a unit, by which of the two."""

    unit: UnitFact
    text: str
    now: bool
    then: bool


@dataclass(frozen=True, slots=True)
class LineChange:
    """One reason for points, by the present schemes and by the one that is tried."""

    now: ScoreLine | None
    then: ScoreLine | None

    @property
    def line(self) -> ScoreLine:
        line = self.then or self.now
        assert line is not None
        return line

    @property
    def difference(self) -> Decimal:
        return (self.then.points if self.then else ZERO) - (self.now.points if self.now else ZERO)


@dataclass(frozen=True, slots=True)
class Trial:
    """A period counted twice."""

    period: Period
    present: Timetable
    tried: Scheme
    groups: list[TrialGroup]
    reached: list[Reached]
    adoptions: tuple[AdoptionFact, ...]
    counts_now: dict[int, UnitCount]
    counts_then: dict[int, UnitCount]

    @property
    def rows(self) -> list[TrialRow]:
        return [row for group in self.groups for row in group.rows]

    @property
    def total_now(self) -> Decimal:
        return sum((row.now.points for row in self.rows), ZERO)

    @property
    def total_then(self) -> Decimal:
        return sum((row.then.points for row in self.rows), ZERO)

    @property
    def moved(self) -> int:
        """How many units would have another rank, or be ranked among others."""
        return sum(row.gained != 0 for row in self.rows if row.then.rank is not None)

    @property
    def most_changed(self) -> list[TrialRow]:
        """The units whose points change most."""
        changed = [row for row in self.rows if row.difference]
        return sorted(changed, key=lambda row: (-abs(row.difference), row.unit.order))[:MOST_CHANGED]

    def lines(self, unit_id: int) -> list[LineChange]:
        """The lines of a unit side by side, in order of time."""
        return compare(_lines(self.counts_now, unit_id), _lines(self.counts_then, unit_id))


def try_scheme(*, office: Unit, scheme: Scheme, period: Period, as_of: date) -> Trial:
    """Count a period by the office's schemes and as if this one had always held.

    The number of queries does not depend on how many facts there are.
    """
    loaded = load_facts(office, period, as_of=as_of)
    present = loaded.timetable
    always = Timetable.of([(ALWAYS, scheme)])
    now = loaded.counts(period)
    anew = load_facts(office, period, as_of=as_of, schemes=always)
    then = anew.counts(period)
    in_force = present.scheme_on(period.end - timedelta(days=1)) or scheme
    standings_now, standings_then = standings(now, in_force), standings(then, scheme)
    return Trial(
        period=period,
        present=present,
        tried=scheme,
        groups=_groups(then, now, standings_now, standings_then),
        reached=_reached(now, then),
        adoptions=(*loaded.adoptions, *anew.adoptions),
        counts_now={count.unit.id: count for count in now},
        counts_then={count.unit.id: count for count in then},
    )


def standings(counts: Sequence[UnitCount], scheme: Scheme) -> dict[int, Standing]:
    """Every unit's place by a scheme, by the unit's id."""
    ranked = place(counts, Terms(scheme))
    return {
        each.row.unit.id: Standing(
            group=each.row.unit.group,
            rank=None if each.row.unit.group == UnitKind.OFFICE else each.rank,
            tied=each.tied,
            points=each.row.points,
        )
        for each in ranked
    }


def compare(now: Iterable[ScoreLine], then: Iterable[ScoreLine]) -> list[LineChange]:
    """Lines about the same fact side by side; what only one of the schemes counts stands alone."""
    pairs: defaultdict[tuple[object, ...], tuple[list[ScoreLine], list[ScoreLine]]] = defaultdict(
        lambda: ([], [])
    )
    for side, lines in enumerate((now, then)):
        for line in lines:
            pairs[_fact(line)][side].append(line)
    changes = [LineChange(*pair) for both in pairs.values() for pair in zip_longest(*both)]
    return sorted(changes, key=lambda change: change.line.order)


def _fact(line: ScoreLine) -> tuple[object, ...]:
    return (line.date, line.kind, line.item_id, line.adoption_id, line.event_id, line.adjustment_id)


def _lines(counts: dict[int, UnitCount], unit_id: int) -> tuple[ScoreLine, ...]:
    return counts[unit_id].lines if unit_id in counts else ()


def _groups(
    then: Iterable[UnitCount],
    now: Iterable[UnitCount],
    standings_now: dict[int, Standing],
    standings_then: dict[int, Standing],
) -> list[TrialGroup]:
    """Grouped and ordered by the tried scheme; whom only one of the two lists has nothing in the other."""
    units = {count.unit.id: count.unit for count in (*now, *then)}
    grouped: defaultdict[str, list[TrialRow]] = defaultdict(list)
    for number, unit in units.items():
        nothing = Standing(unit.group, None, False, ZERO)
        row = TrialRow(unit, standings_now.get(number, nothing), standings_then.get(number, nothing))
        grouped[row.then.group].append(row)
    for rows in grouped.values():
        rows.sort(key=lambda row: (row.then.rank is None, row.then.rank or 0, row.unit.order))
    return [
        TrialGroup(group, rows) for group, rows in sorted(grouped.items(), key=lambda each: _order(each[0]))
    ]


def _order(group: str) -> tuple[int, str]:
    """A scheme's own groups first, then the kinds of units in their usual order."""
    kinds = [UnitKind.COUNTY, UnitKind.TEAM, UnitKind.SECTION, UnitKind.DEPARTMENT, UnitKind.OFFICE]
    return (kinds.index(UnitKind(group)) + 1 if group in kinds else 0, group)


def _reached(now: Iterable[UnitCount], then: Iterable[UnitCount]) -> list[Reached]:
    found: dict[tuple[int, str], tuple[UnitFact, set[int]]] = {}
    for side, counts in enumerate((now, then)):
        for count in counts:
            for flag in count.flags:
                found.setdefault((count.unit.id, flag.text), (count.unit, set()))[1].add(side)
    return [Reached(unit, text, 0 in sides, 1 in sides) for (_id, text), (unit, sides) in found.items()]
