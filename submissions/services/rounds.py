"""Inspection rounds of an office."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from accounts.services.audit import record
from submissions.models import Round


@transaction.atomic
def save_round(
    *, inspection_round: Round | None, by: User, name: str, starts: date, ends: date, now: datetime
) -> Round:
    """Enter a round of the person's office, or change one. Versions filed before keep its old name."""
    saved = inspection_round or Round(office=by.office)
    saved.name, saved.starts, saved.ends = name, starts, ends
    saved.save()
    detail = {"name": name, "starts": starts.isoformat(), "ends": ends.isoformat()}
    record(
        actor=by,
        action="round.change" if inspection_round else "round.open",
        target=saved,
        office=saved.office,
        now=now,
        detail=detail,
    )
    return saved
