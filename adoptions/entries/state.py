"""An entry's facts as they are kept with a correction and in the audit trail."""

from __future__ import annotations

from typing import Any

from adoptions.models import Adoption, Event


def state_of(entry: Adoption | Event) -> dict[str, Any]:
    """The facts as JSON: ids and names as they are now, days as 2026-04-10."""
    shared = {
        "date": entry.date.isoformat(),
        "link": entry.link,
        "note": entry.note,
        "proof_name": entry.proof_name,
        "proof_file": entry.proof_file.name or "",
    }
    return shared | (_of_adoption(entry) if isinstance(entry, Adoption) else _of_event(entry))


def _of_adoption(adoption: Adoption) -> dict[str, Any]:
    shares = adoption.credits.select_related("unit").order_by("pk")
    return {
        "outlet": adoption.outlet_id,
        "outlet_name": adoption.outlet.name,
        "title": adoption.title,
        "page": adoption.page,
        "place": adoption.position,
        "length": adoption.length,
        "mode": adoption.mode,
        "credits": [[credit.unit_id, credit.unit.name, credit.share] for credit in shares],
    }


def _of_event(event: Event) -> dict[str, Any]:
    return {
        "kind": event.kind,
        "item": event.item_id,
        "item_title": str(event.item) if event.item else "",
        "unit": event.unit_id,
        "unit_name": event.unit.name if event.unit else "",
        "level": event.level,
        "count": event.count,
    }
