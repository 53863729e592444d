"""Where the figures of a bulletin's text come from: a path into the document, and its value as printed. Pure.

Every figure that a placeholder writes is written by `resolve`, and the paragraph keeps the path: so the page
can lead from the sentence to the row, and a number in a sentence cannot differ from the one in the table.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from bulletins.document.document import FORMAT, LEVEL_ORDER, SUMMED, BulletinDocument
from bulletins.document.rows import OfficeFigures, ZeroRow
from kit.numbers import percent, points_text, rate_places
from scoring.periods.period import Period, PeriodKind
from stats.reports import FigureGroup, FigureRow

#: What stands for a figure that does not exist, such as the rate of nothing.
DASH: Final = "—"
OFFICE: Final = "office"

_LAST: Final = {
    PeriodKind.MONTH: "上月",
    PeriodKind.QUARTER: "上季度",
    PeriodKind.HALF: "上半年度",
    PeriodKind.YEAR: "上年度",
}
_SPANS: Final = {
    PeriodKind.MONTH: "个月",
    PeriodKind.QUARTER: "个季度",
    PeriodKind.HALF: "个半年",
    PeriodKind.YEAR: "年",
}


def resolve(document: BulletinDocument, source: str) -> str:
    """The value of a path as it is printed. KeyError for a path that leads nowhere."""
    head, _dot, rest = source.partition(".")
    match head:
        case "period":
            return document.period.label
        case "now" | "before" | "year_ago":
            return _office(document, head, rest)
        case "change":
            return _change(document, rest)
        case "share" | "share100":
            return shares(document, to100=head == "share100")[rest]
        case "unit":
            unit_id, _dot, name = rest.partition(".")
            return shown(unit_row(document, int(unit_id)), name)
        case "gone":
            unit_id, _dot, name = rest.partition(".")
            return shown(next(row for row in without_row(document) if row.unit_id == int(unit_id)), name)
        case "shared":
            return str(excess(document, rest))
        case "streak":
            kind, _dot, unit_id = rest.partition(".")
            return str(getattr(_zero(document, int(unit_id)), f"{kind}_streak"))
        case "count":
            return str(len(listed(document, rest)))
        case "late":
            return str(len(document.late)) if rest == "count" else points_text(late_points(document))
        case "attachment":
            return str([attachment.kind for attachment in document.attachments].index(rest) + 1)
        case "corrects" if document.corrects is not None:
            return f"{document.corrects.year}年第{document.corrects.number}期"
    raise KeyError(source)


def ranked_groups(document: BulletinDocument) -> list[FigureGroup]:
    """The groups whose units are ranked: all but the office itself."""
    return [group for group in document.groups if group.kind != OFFICE]


def ranked_rows(document: BulletinDocument) -> list[FigureRow]:
    return [row for group in ranked_groups(document) for row in group.rows]


def unit_row(document: BulletinDocument, unit_id: int) -> FigureRow:
    """A unit's row of the tables. KeyError for one that is not listed."""
    for group in document.groups:
        for row in group.rows:
            if row.unit_id == unit_id:
                return row
    raise KeyError(unit_id)


def excess(document: BulletinDocument, name: str) -> int:
    """By how much the rows of all units are more than the whole office's figure."""
    added: int = sum(getattr(row, name) for group in document.groups for row in group.rows)
    return added - int(getattr(document.now, name))


def without_row(document: BulletinDocument) -> list[FigureRow]:
    """Units that are in totals to date, but have no row in the period."""
    told = [*document.groups, *([document.whole] if document.whole else [])]
    return [row for group in told for row in group.gone]


def listed(document: BulletinDocument, what: str) -> list[FigureRow]:
    """The ranked units of a list: units, zero_filing or zero_adoption."""
    rows = ranked_rows(document)
    match what:
        case "units":
            return rows
        case "zero_filing":
            return [row for row in rows if not row.filed]
        case "zero_adoption":
            return [row for row in rows if not row.adopted]
    raise KeyError(what)


def leading(group: FigureGroup, form: int = FORMAT) -> list[FigureRow]:
    """Who is named as good: ranks 1 to 3 with points, but no more than half of the group.

    Nobody who is named among those at zero is named here, whatever their points come from. Bulletins of the
    former format took the middle one of an odd number too, unless it was alone.
    """
    middle = form == SUMMED and len(group.rows) > 1
    last = min(3, (len(group.rows) + middle) // 2)
    ranked = [row for row in group.rows if row.rank is not None and row.rank <= last and row.points > 0]
    return [row for row in ranked if row.filed and row.adopted]


def streaks(document: BulletinDocument, kind: str) -> list[ZeroRow]:
    """Units at zero for at least two periods in a row, the longest first; kind is filing or adoption."""
    long = [row for row in document.zeros if getattr(row, f"{kind}_streak") > 1]
    return sorted(long, key=lambda row: -getattr(row, f"{kind}_streak"))


def rate(figures: OfficeFigures | FigureRow) -> Decimal | None:
    """Items adopted for each item filed in percent, as it is printed; None when nothing was filed."""
    return percent(Decimal(figures.items_adopted) / figures.filed) if figures.filed else None


def rate_change(document: BulletinDocument) -> Decimal | None:
    """The difference of the printed rates in percentage points (百分点)."""
    if document.before is None:
        return None
    now, before = rate(document.now), rate(document.before)
    return None if now is None or before is None else now - before


def shares(document: BulletinDocument, *, to100: bool) -> dict[str, str]:
    """What part of the adoptions each level has, in percent with the decimals of rates; a dash for none.

    Rounded one by one they may add up to 99.9 or 100.1; with `to100` what is missing goes to the levels with
    the largest remainder, so that they add up to 100 exactly.
    """
    counts = [getattr(document.now, level) for level in LEVEL_ORDER]
    if not sum(counts):
        return dict.fromkeys(LEVEL_ORDER, DASH)
    places, whole = rate_places(), sum(counts)
    total = 100 * 10**places
    parts = _to_total(counts, total) if to100 else [_rounded(count * total, whole) for count in counts]
    shown = (Decimal(part).scaleb(-places) for part in parts)
    return {level: f"{part:f}%" for level, part in zip(LEVEL_ORDER, shown, strict=True)}


def late_points(document: BulletinDocument) -> Decimal:
    return sum((row.points for row in document.late), Decimal(0))


def last_period(period: Period) -> str:
    """What the period before is called: 上季度, 上月, else 上期."""
    return _LAST.get(period.kind, "上期")


def span_word(period: Period) -> str:
    """What periods of this length are counted in: 个季度, 个月, else 期."""
    return _SPANS.get(period.kind, "期")


def _office(document: BulletinDocument, which: str, name: str) -> str:
    figures: OfficeFigures | None = getattr(document, which)
    if figures is None:
        raise KeyError(which)
    return shown(figures, name)


def shown(figures: OfficeFigures | FigureRow | None, name: str) -> str:
    """One figure as it is printed, or a dash when there is none."""
    if figures is None:
        return DASH
    if name == "rate":
        value = rate(figures)
        return DASH if value is None else f"{value}%"
    value = getattr(figures, name)
    return points_text(value) if isinstance(value, Decimal) else str(value)


def _change(document: BulletinDocument, name: str) -> str:
    """How much a figure moved, without a sign."""
    if name == "rate":
        moved = rate_change(document)
        if moved is None:
            raise KeyError(name)
        return str(abs(moved))
    if document.before is None:
        raise KeyError(name)
    return str(abs(getattr(document.now, name) - getattr(document.before, name)))


def _zero(document: BulletinDocument, unit_id: int) -> ZeroRow:
    return next(row for row in document.zeros if row.unit_id == unit_id)


def _rounded(numerator: int, denominator: int) -> int:
    return int((Decimal(numerator) / denominator).quantize(Decimal(1), ROUND_HALF_UP))


def _to_total(counts: Sequence[int], total: int) -> list[int]:
    """Whole parts of `total` in proportion to the counts, by largest remainder, the earlier among equals."""
    parts = [divmod(count * total, sum(counts)) for count in counts]
    missing = total - sum(whole for whole, _rest in parts)
    lucky = sorted(range(len(parts)), key=lambda at: (-parts[at][1], at))[:missing]
    return [whole + (at in lucky) for at, (whole, _rest) in enumerate(parts)]
