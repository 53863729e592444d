"""Entries of the audit trail in words."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from accounts.actions import ACTIONS, DETAILS, TARGETS
from accounts.models import AuditEntry


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One entry as the auditor reads it."""

    entry: AuditEntry

    @property
    def actor(self) -> str:
        """Who did it; a failed login and the work of the system have nobody."""
        return self.entry.actor.display_name if self.entry.actor else _("the system")

    @property
    def action(self) -> str:
        return str(ACTIONS.get(self.entry.action, self.entry.action))

    @property
    def target(self) -> str:
        return str(TARGETS.get(self.entry.target_type, self.entry.target_type))

    @property
    def details(self) -> list[tuple[str, str]]:
        """Name and value of everything that was noted with it."""
        return [(str(DETAILS.get(name, name)), _plain(value)) for name, value in self.entry.detail.items()]


def _plain(value: Any) -> str:
    """A value on one line: a change as old → new, anything nested as JSON."""
    match value:
        case [str() as old, str() as new]:
            return f"{old or '—'} → {new or '—'}"
        case [*parts] if all(isinstance(part, str) for part in parts):
            return "、".join(parts) or "—"
        case dict() | list():
            return json.dumps(value, ensure_ascii=False)
    return "—" if value in ("", None) else str(value)
