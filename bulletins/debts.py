"""What is owed of bulletins: ended quarters without one, and drafts that no longer tell what was counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Final

from bulletins.models import Bulletin
from bulletins.services.drafting import draft_bulletin, refresh_bulletin
from scoring.periods.month import Month
from scoring.periods.period import Period
from stats.debts import Debt, offices_with_figures

#: Ended quarters for which a bulletin is drafted unasked. Older ones, say of an imported ledger, are
#: drafted when somebody asks for them.
QUARTERS_BACK = 4


def due_quarters(today: date) -> Iterator[Debt]:
    """Ended quarters of which there is no bulletin, from the first that an office has figures of."""
    running = Period.quarter_of(Month.of(today))
    quarters = [running.shifted(-3 * back) for back in range(QUARTERS_BACK, 0, -1)]
    there = set(
        Bulletin.objects.filter(first_day__gte=quarters[0].start).values_list(
            "office_id", "first_day", "last_day"
        )
    )
    for office, first, _closed in offices_with_figures(today):
        for quarter in quarters:
            key = (office.pk, quarter.start, quarter.end - timedelta(days=1))
            if quarter.last >= first and key not in there:
                yield f"draft {quarter} of {office}", partial(draft_bulletin, office=office, period=quarter)


def outdated_drafts(today: date) -> Iterator[Debt]:
    """Drafts whose months were counted again."""
    for draft in Bulletin.objects.outdated().select_related("office").order_by("pk"):
        yield f"refresh {draft}", partial(refresh_bulletin, bulletin=draft)


OWED: Final[Sequence[Callable[[date], Iterator[Debt]]]] = (due_quarters, outdated_drafts)
