"""Rows of the audit trail."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models

from accounts.models import AuditEntry, Unit, User


def record(
    *,
    actor: User | None,
    action: str,
    target: models.Model,
    office: Unit,
    now: datetime,
    detail: dict[str, Any] | None = None,
) -> AuditEntry:
    """Add one row to the audit trail; `actor` is None when the system itself acted.

    `action` must be one of `accounts.actions.ACTIONS`. Never put passwords, telephone numbers or the
    text of items into `detail`.
    """
    return AuditEntry.objects.create(
        at=now,
        actor=actor,
        office=office,
        action=action,
        target_type=target._meta.label_lower,
        target_id=str(target.pk),
        target_label=str(target)[:200],
        detail=detail or {},
    )
