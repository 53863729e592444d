"""How an adoption or an event came to be what it is: what every correction changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from adoptions.enums import Mode, OutletLevel, Position
from adoptions.events.services import event_state
from adoptions.models import Adoption, AdoptionChange, Event, EventChange
from adoptions.services import state_of

#: Facts that are stored as codes → the words for them.
CODES = {"mode": Mode, "place": Position, "level": OutletLevel}


@dataclass(frozen=True, slots=True)
class Correction:
    """One edit: who, when and why, and (label, before, after) of what differed.

    `former_proof` is the name of the file it replaced or removed, to be had under the correction's `pk`.
    """

    pk: int
    who: str
    at: datetime
    reason: str
    changes: Sequence[tuple[str, str, str]]
    former_proof: str = ""


def corrections_of(adoption: Adoption) -> list[Correction]:
    """The corrections of an adoption, newest first."""
    labels = {
        "outlet_name": _("Outlet"),
        "date": _("Date of adoption"),
        "title": _("Published title"),
        "page": _("Page"),
        "place": _("Place on the page"),
        "length": _("Length (characters)"),
        "mode": _("Mode"),
        "link": _("Link"),
        "proof_name": _("Proof"),
        "note": _("Note"),
        "credits": _("Credited units"),
    }
    changes = adoption.changes.select_related("by").order_by("-at", "-pk")
    return _corrections(changes, state_of(adoption), labels)


def corrections_of_event(event: Event) -> list[Correction]:
    """The corrections of an event, newest first."""
    labels = {
        "date": _("Date"),
        "level": _("Level"),
        "count": _("Occurrences"),
        "note": _("Note"),
        "link": _("Link"),
        "proof_name": _("Proof"),
    }
    return _corrections(event.changes.select_related("by").order_by("-at", "-pk"), event_state(event), labels)


def _corrections(
    changes: Iterable[AdoptionChange | EventChange], after: dict[str, Any], labels: Mapping[str, str]
) -> list[Correction]:
    corrections = []
    for change in changes:
        before = change.before
        replaced = bool(before["proof_file"]) and before["proof_file"] != after["proof_file"]
        corrections.append(
            Correction(
                pk=change.pk,
                who=change.by.display_name,
                at=change.at,
                reason=change.reason,
                changes=_differences(before, after, labels),
                former_proof=before["proof_name"] if replaced else "",
            )
        )
        after = before
    return corrections


def _differences(
    before: dict[str, Any], after: dict[str, Any], labels: Mapping[str, str]
) -> list[tuple[str, str, str]]:
    told = [(label, _words(before, name), _words(after, name)) for name, label in labels.items()]
    changes = [(label, old or "—", new or "—") for label, old, new in told if old != new]
    if before["proof_file"] != after["proof_file"] and before["proof_name"] == after["proof_name"]:
        changes.append((_("Proof"), before["proof_name"], _("a new file of the same name")))
    return changes


def _words(state: dict[str, Any], name: str) -> str:
    if name == "credits":
        return "、".join(f"{unit}×{share}" for _pk, unit, share in state["credits"])
    value = state.get(name)  # older entries do not know every fact
    if name in CODES and value:
        return str(CODES[name](value).label)
    return "" if value is None else str(value)
