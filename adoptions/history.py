"""How an adoption came to be what it is: what every correction changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from adoptions.enums import Mode
from adoptions.models import Adoption
from adoptions.services import state_of


@dataclass(frozen=True, slots=True)
class Correction:
    """One edit: who, when and why, and (label, before, after) of what differed."""

    who: str
    at: datetime
    reason: str
    changes: Sequence[tuple[str, str, str]]


def corrections_of(adoption: Adoption) -> list[Correction]:
    """The corrections of an adoption, newest first."""
    after = state_of(adoption)
    corrections = []
    for change in adoption.changes.select_related("by").order_by("-at", "-pk"):
        corrections.append(
            Correction(change.by.display_name, change.at, change.reason, _changes(change.before, after))
        )
        after = change.before
    return corrections


def _changes(before: dict[str, Any], after: dict[str, Any]) -> list[tuple[str, str, str]]:
    told = [(label, _words(before, name), _words(after, name)) for name, label in _labels().items()]
    changes = [(label, old or "—", new or "—") for label, old, new in told if old != new]
    if before["proof_file"] != after["proof_file"] and before["proof_name"] == after["proof_name"]:
        changes.append((_("Proof"), before["proof_name"], _("a new file of the same name")))
    return changes


def _labels() -> dict[str, str]:
    return {
        "outlet_name": _("Outlet"),
        "date": _("Date of adoption"),
        "title": _("Published title"),
        "page": _("Page"),
        "mode": _("Mode"),
        "link": _("Link"),
        "proof_name": _("Proof"),
        "note": _("Note"),
        "credits": _("Credited units"),
    }


def _words(state: dict[str, Any], name: str) -> str:
    if name == "credits":
        return "、".join(f"{unit}×{share}" for _pk, unit, share in state["credits"])
    return str(Mode(state["mode"]).label) if name == "mode" else str(state[name])
