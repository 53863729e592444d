"""How an adoption or an event came to be what it is: what every correction changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from adoptions.entries.nouns import noun_of
from adoptions.entries.state import state_of
from adoptions.enums import Mode, OutletLevel, Position
from adoptions.models import Adoption, Event

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


def corrections_of(entry: Adoption | Event) -> list[Correction]:
    """The corrections of an entry, newest first."""
    corrections, after = [], state_of(entry)
    for change in entry.changes.select_related("by").order_by("-at", "-pk"):
        before = change.before
        replaced = bool(before["proof_file"]) and before["proof_file"] != after["proof_file"]
        corrections.append(
            Correction(
                pk=change.pk,
                who=change.by.display_name,
                at=change.at,
                reason=change.reason,
                changes=_differences(before, after, noun_of(entry).facts),
                former_proof=before["proof_name"] if replaced else "",
            )
        )
        after = before
    return corrections


def _differences(
    before: dict[str, Any], after: dict[str, Any], labels: Mapping[str, Promise]
) -> list[tuple[str, str, str]]:
    told = [(str(label), _words(before, name), _words(after, name)) for name, label in labels.items()]
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
