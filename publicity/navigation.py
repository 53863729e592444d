"""The navigation of every page: only what the person may do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import User
from accounts.rules import may_manage_people, may_read_audit
from adoptions.rules import may_register
from bulletins.waiting import bulletins_waiting
from reviews.querysets import inbox
from reviews.rules import is_reviewer
from reviews.secrecy.rules import is_secrecy_reviewer, secrecy_inbox
from submissions.rules import may_file


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
    match = request.resolver_match
    here = _home_of(match.view_name if match else "")
    return {
        "navigation": [
            Entry(label, reverse(name), name == here, badge) for label, name, badge in _entries(user)
        ]
    }


def _entries(user: User) -> Iterator[tuple[str, str, int | None]]:
    yield _("Desk"), "desk", None
    if is_reviewer(user):
        yield _("To review"), "reviews:inbox", inbox(user).count() or None
    if is_secrecy_reviewer(user):
        waiting = secrecy_inbox(user, timezone.now()).count()
        yield _("Secrecy review"), "reviews:secrecy-inbox", waiting or None
    if may_file(user):
        yield pgettext("navigation", "Mine"), "mine", None
        yield _("Items"), "submissions:item-list", None
        yield _("Adoptions"), "adoptions:adoption-list", None
    yield _("Statistics"), "stats:home", None
    yield (
        _("Bulletins"),
        "bulletins:bulletin-list",
        len(bulletins_waiting(user, timezone.localdate())) or None,
    )
    if may_register(user):
        yield _("Bonuses and deductions"), "adoptions:event-list", None
    if may_manage_people(user):
        yield _("Administration"), "administration", None
    if may_read_audit(user):
        yield _("Audit trail"), "accounts:audit-list", None


#: Beginning of a page's name → the entry it lies behind; the first that fits.
_BEHIND = (
    ("bulletins:", "bulletins:bulletin-list"),
    ("scoring:", "administration"),
    ("stats:trial", "administration"),
    ("stats:", "stats:home"),
    ("submissions:round", "administration"),
    ("submissions:word", "administration"),
    ("submissions:", "submissions:item-list"),
    ("incentives:", "stats:home"),
    ("adoptions:outlet", "administration"),
    ("adoptions:import", "administration"),
    ("adoptions:event", "adoptions:event-list"),
    ("adoptions:", "adoptions:adoption-list"),
    ("reviews:clock", "administration"),
    ("reviews:rule", "administration"),
    ("reviews:secrecy", "reviews:secrecy-inbox"),
    ("reviews:stand-in", "accounts:profile"),
    ("reviews:", "reviews:inbox"),
    ("accounts:audit", "accounts:audit-list"),
    ("accounts:user", "administration"),
    ("accounts:grant", "administration"),
    ("accounts:unit", "administration"),
)


def _home_of(page: str) -> str:
    """The entry behind which the page lies; the page itself when it belongs to none."""
    return next((home for beginning, home in _BEHIND if page.startswith(beginning)), page)
