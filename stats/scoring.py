"""The points of adoptions and filings, each in the line that explains it.

Rules R24–R31 of docs/scoring.md.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Self

from stats.figures import ZERO, AdoptionFact, FilingFact, Note, ScoreLine
from stats.schemes import DatedScheme, Price, SeveralOutlets, SeveralUnits, Timetable


def score_adoptions(adoptions: Iterable[AdoptionFact], timetable: Timetable) -> Iterator[ScoreLine]:
    """A line for every unit credited by every adoption; give all adoptions of an item or none."""
    by_item: defaultdict[int, list[_Priced]] = defaultdict(list)
    for adoption in adoptions:
        by_item[adoption.item_id].append(_Priced.by(timetable, adoption))
    for priced in by_item.values():
        yield from _score_item(sorted(priced, key=lambda one: one.order))


def score_filings(filings: Iterable[FilingFact], timetable: Timetable) -> Iterator[ScoreLine]:
    """A line for every filing that earns points."""
    for filing in filings:
        entry = timetable.entry_on(filing.date)
        if entry and entry.scheme.filing_points:
            yield ScoreLine(
                unit_id=filing.unit_id,
                item_id=filing.item_id,
                item_title=filing.item_title,
                date=filing.date,
                rule="filing_points",
                scheme_from=entry.effective_from,
                base=entry.scheme.filing_points,
                points=entry.scheme.rounded(entry.scheme.filing_points),
                note=Note.FILED,
            )


def split(points: Decimal, parts: Mapping[int, int], places: int) -> dict[int, Decimal]:
    """Divide points by parts so that the shares, with `places` decimals, add up to exactly the points.

    The last unit of the last decimal goes by largest remainder, then to more parts, then to the lower id.
    The points must themselves have no more than `places` decimals.
    """
    total = sum(parts.values())
    steps = int(points.scaleb(places))
    shares = {unit: divmod(steps * part, total) for unit, part in parts.items()}
    missing = steps - sum(whole for whole, _ in shares.values())
    nearest = sorted(parts, key=lambda unit: (-shares[unit][1], -parts[unit], unit))[:missing]
    return {unit: Decimal(whole + (unit in nearest)).scaleb(-places) for unit, (whole, _) in shares.items()}


@dataclass(frozen=True, slots=True)
class _Priced:
    """An adoption with what it would earn alone."""

    adoption: AdoptionFact
    entry: DatedScheme | None
    price: Price | None

    @classmethod
    def by(cls, timetable: Timetable, adoption: AdoptionFact) -> Self:
        entry = timetable.entry_on(adoption.date)
        if entry is None:
            return cls(adoption, None, None)
        price = entry.scheme.price(
            level=adoption.level,
            carrier=adoption.carrier,
            outlet=adoption.outlet_name,
            mode=adoption.mode,
        )
        return cls(adoption, entry, price)

    @property
    def points(self) -> Decimal:
        return self.price.points if self.price else ZERO

    @property
    def order(self) -> tuple[object, ...]:
        """By time, of one day the best first; the id, which tells the order of entry, only among equals."""
        fact = self.adoption
        return (fact.date, -self.points, fact.outlet_name, fact.mode, tuple(fact.parts.items()), fact.id)


def _score_item(adoptions: Iterable[_Priced]) -> Iterator[ScoreLine]:
    """Under "highest" each adoption counts only its excess over the best before it.

    The sum over all time is then the highest score, and the sum over any parts of time adds up to it.
    """
    best, holder = ZERO, None
    for priced in adoptions:
        deducted = ZERO
        if priced.entry and priced.entry.scheme.several_outlets is SeveralOutlets.HIGHEST:
            # Rounded, because the best may stem from an older scheme with more decimals.
            deducted = priced.entry.scheme.rounded(min(best, priced.points))
        yield from _credit(priced, deducted, holder if deducted else None)
        if priced.points > best:
            best, holder = priced.points, priced.adoption.id


def _credit(priced: _Priced, deducted: Decimal, compared_with: int | None) -> Iterator[ScoreLine]:
    fact, entry, price = priced.adoption, priced.entry, priced.price
    parts, earned = fact.parts, priced.points - deducted
    if entry and entry.scheme.several_units is SeveralUnits.SPLIT:
        total = sum(parts.values())
        shares = {unit_id: Fraction(part, total) for unit_id, part in parts.items()}
        points = split(earned, parts, entry.scheme.places)
    else:
        shares = dict.fromkeys(parts, Fraction(1))
        points = dict.fromkeys(parts, earned)
    for unit_id in parts:
        yield ScoreLine(
            unit_id=unit_id,
            item_id=fact.item_id,
            item_title=fact.item_title,
            date=fact.date,
            adoption_id=fact.id,
            outlet_name=fact.outlet_name,
            level=fact.level,
            mode=fact.mode,
            rule=price.rule if price else "",
            scheme_from=entry.effective_from if entry else None,
            base=price.base if price else ZERO,
            factor=price.factor if price else Decimal(1),
            deducted=deducted,
            compared_with=compared_with,
            share=str(shares[unit_id]),
            points=points[unit_id],
            note=_note(priced, deducted, points[unit_id]),
        )


def _note(priced: _Priced, deducted: Decimal, points: Decimal) -> Note:
    if priced.entry is None:
        return Note.NO_SCHEME
    if priced.price is None:
        return Note.UNLISTED
    if not priced.price.base:
        return Note.WORTH_NOTHING
    if not priced.price.factor:
        return Note.MODE_EARNS_NOTHING
    if deducted and deducted == priced.points:
        return Note.NOT_HIGHEST
    if not points:
        return Note.ROUNDED_AWAY
    return Note.EXCESS if deducted else Note.COUNTED
