"""What the system knows already of the facts in a ledger."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Unit
from adoptions.importing.fates import FateKind
from adoptions.models import Adoption, AdoptionChange, LedgerImport


def imported_before(office: Unit, sha256: str) -> dict[int, str]:
    """Rows of this very file that an earlier import accepted, with the sentence that says so."""
    earlier = LedgerImport.objects.filter(office=office, sha256=sha256, confirmed_at__isnull=False)
    rows: dict[int, str] = {}
    for fates, confirmed_at in earlier.values_list("fates", "confirmed_at"):
        assert confirmed_at is not None
        said = _("This file was imported on %(day)s.") % {"day": timezone.localdate(confirmed_at).isoformat()}
        rows |= {fate["row"]: said for fate in fates if fate["kind"] == FateKind.ACCEPTED}
    return rows


class KnownAdoptions:
    """Adoptions of these items: standing ones, revoked ones, and as they were before a correction."""

    def __init__(self, items: Iterable[int]) -> None:
        wanted = set(items)
        self._known: dict[tuple[int, int, date], tuple[str, int]] = {}
        changes = AdoptionChange.objects.filter(adoption__item__in=wanted)
        for item, adoption, before in changes.values_list("adoption__item", "adoption", "before"):
            fact = (item, before["outlet"], date.fromisoformat(before["date"]))
            self._known[fact] = (_("This adoption was registered and then corrected."), adoption)
        adoptions = Adoption.objects.filter(item__in=wanted)
        for item, outlet, day, revoked_at, adoption in adoptions.values_list(
            "item", "outlet", "date", "revoked_at", "pk"
        ):
            if not revoked_at:
                self._known[item, outlet, day] = (_("This adoption is in the system already."), adoption)
            else:
                # A standing adoption of the same day is the better reason.
                said = (_("This adoption was registered and then revoked."), adoption)
                self._known.setdefault((item, outlet, day), said)

    def find(self, items: Iterable[int], outlet: int, day: date) -> tuple[str, int] | None:
        """Why the adoption of one of `items` is known, and its id; None when it is new."""
        found = (self._known.get((item, outlet, day)) for item in items)
        return next((known for known in found if known), None)
