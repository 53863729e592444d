"""Which signatures still stand: one is given to a text, and to no other."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.models import User
from reviews.enums import APPROVING
from reviews.models import Decision
from submissions.models import Item, Version


def is_void(decision: Decision, current: Version) -> bool:
    """Whether it approved another text than the current one. Filing the same text again changes nothing."""
    return decision.action in APPROVING and decision.version.sha256 != current.sha256


def void_note(decision: Decision, current: Version) -> str:
    """What to say of a signature that no longer stands; "" for every other decision."""
    if not is_void(decision, current):
        return ""
    return _("Signed version %(number)s; the text was changed since, so this signature is void.") % {
        "number": decision.version.number
    }


def signers_of_other_texts(item: Item, current: Version) -> list[User]:
    """Those whose approval stood until this text took the place of the version before it."""
    before = item.versions.filter(number=current.number - 1).first()
    if before is None or before.sha256 == current.sha256:
        return []
    approved = item.decisions.signed().filter(action__in=APPROVING, version__sha256=before.sha256)
    return list(User.objects.filter(pk__in=approved.values("by")))
