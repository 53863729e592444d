"""The navigation of every page: only what the person may do."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Entry:
    """One link; `badge` counts what waits behind it."""

    label: str
    url: str
    active: bool
    badge: int | None = None


def navigation(request: HttpRequest) -> dict[str, object]:
    """Context: `navigation`, the entries for the signed-in person; empty for visitors."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"navigation": []}
    return {"navigation": [Entry(_("Desk"), reverse("desk"), request.path == reverse("desk"))]}
