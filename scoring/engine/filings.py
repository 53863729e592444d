"""Points for filing: each item, every so many items, or once when the required number is reached.

Rules R29 and R60 of docs/scoring.md.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from scoring.engine.matching import agrees, fits
from scoring.engine.tariffs import Tariff, Tariffs
from scoring.engine.windows import Piece, pieces
from scoring.figures.facts import FilingFact
from scoring.figures.lines import ZERO, LineKind, Note, ScoreLine
from scoring.schemes.model import FilingRule
from scoring.schemes.scheme import Scheme
from scoring.schemes.words import FilingKind, Remainder


def score_filings(filings: Iterable[FilingFact], tariffs: Tariffs) -> Iterator[ScoreLine]:
    """The lines of all units; within every window all its filings so far must be given."""
    by_unit: defaultdict[int, list[FilingFact]] = defaultdict(list)
    rewarding = [tariff for tariff in tariffs.all if tariff.scheme.filing]
    if not rewarding:
        return
    for filing in filings:
        if filing.unit_id in tariffs.units:
            by_unit[filing.unit_id].append(filing)
    for unit_id, filed in by_unit.items():
        for tariff in rewarding:
            for place, rule in enumerate(tariff.scheme.filing):
                if agrees(rule.match.group, tariff.group(tariffs.units[unit_id])):
                    of_any_group = replace(rule.match, group=None)
                    fitting = [filing for filing in filed if fits(of_any_group, filing)]
                    yield from _score(_Asked(unit_id, tariff, rule, f"filing[{place}]"), fitting)


def earned_by(number: int, rule: FilingRule, scheme: Scheme) -> Decimal:
    """What so many items filed within one window have earned."""
    if rule.kind is FilingKind.THRESHOLD:
        return scheme.rounded(rule.points) if number >= rule.items else ZERO
    if rule.remainder is Remainder.WHOLE:
        return scheme.rounded(rule.points) * (number // rule.items)
    return scheme.rounded(rule.points * number / rule.items)


@dataclass(frozen=True, slots=True)
class _Asked:
    """One rule, with its place, for one unit."""

    unit_id: int
    tariff: Tariff
    rule: FilingRule
    path: str


def _score(asked: _Asked, filed: Sequence[FilingFact]) -> Iterator[ScoreLine]:
    rule, tariff = asked.rule, asked.tariff
    if rule.kind is FilingKind.PER_ITEM:
        yield from (_line_of(filing, asked) for filing in filed if tariff.holds_on(filing.date))
        return
    days = sorted(filing.date for filing in filed)
    if days:
        for piece in pieces(rule.window, tariff, days[0], days[-1] + timedelta(days=1)):
            # Items filed in the window under an older scheme are counted, but not rewarded again.
            counted = days[bisect_left(days, piece.window.start) : bisect_left(days, piece.until)]
            yield from (line for line in _together(asked, piece, counted) if line.date >= piece.since)


def _line_of(filing: FilingFact, asked: _Asked) -> ScoreLine:
    points = asked.tariff.scheme.rounded(asked.rule.points)
    return ScoreLine(
        unit_id=filing.unit_id,
        date=filing.date,
        kind=LineKind.FILING,
        key=f"{asked.path}:item:{filing.item_id}",
        rule=asked.path,
        scheme_from=asked.tariff.since,
        item_id=filing.item_id,
        item_title=filing.item_title,
        base=asked.rule.points,
        earned=points,
        points=points,
        note=Note.FILED,
    )


def _together(asked: _Asked, piece: Piece, days: Sequence[date]) -> Iterator[ScoreLine]:
    """A line for every day on which the items filed so far in the window earned more."""
    rule, reached, earned = asked.rule, 0, ZERO
    for day, number in sorted(Counter(days).items()):
        reached += number
        before, earned = earned, earned_by(reached, rule, asked.tariff.scheme)
        if earned == before:
            continue
        yield ScoreLine(
            unit_id=asked.unit_id,
            date=day,
            kind=LineKind.FILING,
            key=f"{asked.path}:{day}",
            rule=asked.path,
            scheme_from=asked.tariff.since,
            base=earned - before,
            earned=earned - before,
            points=earned - before,
            note=Note.THRESHOLD_REACHED if rule.kind is FilingKind.THRESHOLD else Note.FILED_TOGETHER,
            window=piece.name,
            reached=Decimal(reached),
            bound=Decimal(rule.items),
        )
