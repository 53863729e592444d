"""Writes to an office's calendar and to the terms of its levels of review."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from accounts.models import Unit, User
from accounts.services.audit import record
from reviews.deadlines.clocks import Term
from reviews.models import CalendarDay, ReviewTerm

#: The State Council's arrangement for 2026 (notice of 2025-11-04); later years are entered by the office.
SHIPPED = Path(__file__).with_name("holidays.json")


def create_default_calendar(*, office: Unit) -> None:
    """Give a new office the holidays that come with the program."""
    CalendarDay.objects.bulk_create(
        CalendarDay(office=office, date=date.fromisoformat(day["date"]), works=day["works"], name=day["name"])
        for day in json.loads(SHIPPED.read_text(encoding="utf-8"))
    )


@transaction.atomic
def set_terms(*, office: Unit, terms: Mapping[str, Term], by: User, now: datetime) -> None:
    """Set how many working days the levels have; items that wait are measured by them from now on."""
    for level, term in terms.items():
        ReviewTerm.objects.update_or_create(
            office=office, level=level, defaults={"days": term.days, "urgent_days": term.urgent_days}
        )
    detail = {level: f"{term.days}/{term.urgent_days}" for level, term in terms.items()}
    record(actor=by, action="terms.set", target=office, office=office, now=now, detail=detail)


@transaction.atomic
def set_day(*, office: Unit, day: date, works: bool, name: str, by: User, now: datetime) -> CalendarDay:
    """Name a holiday, or a weekend day that is worked; a day named before is named anew."""
    entry, _created = CalendarDay.objects.update_or_create(
        office=office, date=day, defaults={"works": works, "name": name}
    )
    record(actor=by, action="calendar.set", target=entry, office=office, now=now, detail={"works": works})
    return entry


@transaction.atomic
def unset_day(*, entry: CalendarDay, by: User, now: datetime) -> None:
    """Let a day be what its weekday says."""
    record(actor=by, action="calendar.unset", target=entry, office=entry.office, now=now)
    entry.delete()
