"""The office's own totals, and how long units have been at zero. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from stats.bulletins.rows import OfficeFigures
from stats.counting import AdoptionFact, FilingFact, IssueFact
from stats.periods import Period


def office_figures(
    period: Period,
    *,
    filings: Iterable[FilingFact],
    issues: Iterable[IssueFact],
    adoptions: Sequence[AdoptionFact],
) -> OfficeFigures:
    """What is credited to several units counts once; an item is adopted on the day of its first adoption."""
    levels = Counter(adoption.level for adoption in adoptions if period.contains(adoption.date))
    first: dict[int, date] = {}
    for adoption in adoptions:
        first[adoption.item_id] = min(adoption.date, first.get(adoption.item_id, adoption.date))
    return OfficeFigures(
        period=period,
        filed=sum(period.contains(filing.date) for filing in filings),
        issued=sum(period.contains(issue.date) for issue in issues),
        adopted=levels.total(),
        central=levels["central"],
        province=levels["province"],
        city=levels["city"],
        county=levels["county"],
        items_adopted=sum(period.contains(day) for day in first.values()),
    )
