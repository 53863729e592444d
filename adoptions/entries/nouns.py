"""What adoptions and events are called: in addresses and records, and the sentences that name them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from adoptions.models import Adoption, Event


@dataclass(frozen=True, slots=True)
class Noun:
    """How one sort of entries is called."""

    #: In the audit trail (`adoption.edit`), addresses (`adoptions:adoption-edit`) and folders of proof.
    name: str
    #: Names of the addresses where its proof is to be had, and proof that a correction replaced.
    proof: str
    former_proof: str
    #: To whoever may not register, correct or revoke one.
    kept_by: Promise
    #: To whoever comes second, and to whoever would change what was revoked.
    changed: Promise
    settled: Promise
    #: The page that asks for the reason of a revocation, what it says, and what is said afterwards.
    to_revoke: Promise
    consequence: Promise
    revoked: Promise
    #: Facts of `state_of` that a correction may change → what they are called.
    facts: Mapping[str, Promise]

    @property
    def page(self) -> str:
        return f"adoptions:{self.name}-detail"

    @property
    def edit(self) -> str:
        return f"adoptions:{self.name}-edit"

    @property
    def revoke(self) -> str:
        return f"adoptions:{self.name}-revoke"


ADOPTION = Noun(
    name="adoption",
    proof="adoptions:proof-download",
    former_proof="adoptions:former-proof",
    kept_by=gettext_lazy("Adoptions are registered by the office administrator."),
    changed=gettext_lazy("Somebody else has changed or revoked this adoption; your change was not saved."),
    settled=gettext_lazy("This adoption cannot be changed: it was revoked."),
    to_revoke=gettext_lazy("Revoke an adoption"),
    consequence=gettext_lazy(
        "It counts no more, and the months it moved are counted again. The entry stays in the ledger with"
        " your reason. It cannot be taken back; a wrong revocation is registered anew."
    ),
    revoked=gettext_lazy("The adoption is revoked and counts no more."),
    facts={
        "outlet_name": gettext_lazy("Outlet"),
        "date": gettext_lazy("Date of adoption"),
        "title": gettext_lazy("Published title"),
        "page": gettext_lazy("Page"),
        "place": gettext_lazy("Place on the page"),
        "length": gettext_lazy("Length (characters)"),
        "mode": gettext_lazy("Mode"),
        "link": gettext_lazy("Link"),
        "proof_name": gettext_lazy("Proof"),
        "note": gettext_lazy("Note"),
        "credits": gettext_lazy("Credited units"),
    },
)
EVENT = Noun(
    name="event",
    proof="adoptions:event-proof",
    former_proof="adoptions:event-former-proof",
    kept_by=gettext_lazy("What earns or costs points is registered by the office administrator."),
    changed=gettext_lazy("Somebody else has changed or revoked this event; your change was not saved."),
    settled=gettext_lazy("This event cannot be changed: it was revoked."),
    to_revoke=gettext_lazy("Revoke an event"),
    consequence=gettext_lazy(
        "It counts no more, and the months it moved are counted again. The entry stays with your reason. It"
        " cannot be taken back; a wrong revocation is registered anew."
    ),
    revoked=gettext_lazy("The event is revoked and counts no more."),
    facts={
        "date": gettext_lazy("Date"),
        "level": gettext_lazy("Level"),
        "count": gettext_lazy("Occurrences"),
        "note": gettext_lazy("Note"),
        "link": gettext_lazy("Link"),
        "proof_name": gettext_lazy("Proof"),
    },
)


def noun_of(entry: Adoption | Event) -> Noun:
    return ADOPTION if isinstance(entry, Adoption) else EVENT


def name_of(entry: Adoption | Event) -> str:
    """What a link back to it says."""
    return str(entry.item) if isinstance(entry, Adoption) else str(entry)


def question_of(entry: Adoption | Event) -> str:
    """Whether to revoke it."""
    day = f"{entry.date:%Y-%m-%d}"
    if isinstance(entry, Adoption):
        told = {"item": entry.item, "outlet": entry.outlet, "day": day}
        return _("Revoke “%(item)s” in %(outlet)s on %(day)s?") % told
    told = {"kind": entry.get_kind_display(), "unit": entry.concerns, "day": day}
    return _("Revoke “%(kind)s” of %(unit)s on %(day)s?") % told
