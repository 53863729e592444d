"""Registering adoptions. They are corrected and revoked as all entries are: `adoptions.entries.services`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Unit, User
from adoptions.entries.nouns import ADOPTION
from adoptions.entries.services import Facts, allow, enter, lock, problem_of_link
from adoptions.enums import Mode
from adoptions.models import Adoption, Credit, Outlet
from adoptions.querysets import AdoptionQuerySet
from submissions.enums import Status
from submissions.models import Item
from submissions.uploads import CheckedUpload


@dataclass(frozen=True, slots=True)
class Share:
    """So many parts of an adoption belong to a unit; 1 and 1 is half each."""

    unit: Unit
    share: int = 1


@dataclass(frozen=True, kw_only=True)
class AdoptionFacts(Facts[Adoption]):
    """What is known of an adoption; the published title is empty when it is the item's own."""

    outlet: Outlet
    credits: Sequence[Share]
    mode: str = Mode.SINGLE
    title: str = ""
    page: str = ""
    position: str = ""
    length: int | None = None

    def problems(self, entry: Adoption, proof: CheckedUpload | None, now: datetime) -> dict[str, str]:
        # Locked, so that nobody ends the outlet's time while an adoption is entered.
        outlet = Outlet.objects.select_for_update(no_key=True).filter(pk=self.outlet.pk, office=entry.office)
        problems = {"link": problem_of_link(self.link), "credits": self._problem_of_credits(entry.office)}
        if self.date > timezone.localdate(now):
            problems["date"] = _("The date of adoption lies in the future.")
        elif not outlet.exists():
            problems["outlet"] = _("Choose an outlet of this office.")
        elif not outlet.active_on(self.date).exists():
            problems["outlet"] = _("This outlet was not in use on that day: see the list of outlets.")
        return {name: problem for name, problem in problems.items() if problem}

    def _problem_of_credits(self, office: Unit) -> str:
        units = {credit.unit.pk for credit in self.credits}
        if not self.credits:
            return _("Credit the adoption to at least one unit.")
        if len(units) < len(self.credits):
            return _("Credit each unit only once.")
        if any(not 1 <= credit.share <= 100 for credit in self.credits):
            return _("A share is 1 to 100 parts.")
        if Unit.objects.filter(pk__in=units, office=office).active_on(self.date).count() < len(units):
            return _("Credit only units of this office that existed on that day.")
        return ""

    def twins(self, entry: Adoption) -> AdoptionQuerySet:
        return Adoption.objects.standing().filter(item=entry.item_id, outlet=self.outlet, date=self.date)

    def stated(self) -> dict[str, Any]:
        stated = super().stated()
        del stated["credits"]
        return stated

    def stand_in(self, entry: Adoption) -> bool:
        shares = list(entry.credits.order_by("pk").values_list("unit", "share"))
        return super().stand_in(entry) and shares == [(part.unit.pk, part.share) for part in self.credits]

    def write(self, entry: Adoption) -> None:
        super().write(entry)
        entry.credits.all().delete()
        Credit.objects.bulk_create(
            Credit(adoption=entry, unit=part.unit, share=part.share) for part in self.credits
        )


@transaction.atomic
def register_adoption(
    *, item: Item, facts: AdoptionFacts, proof: CheckedUpload | None = None, by: User, now: datetime
) -> Adoption:
    """Enter an adoption of an issued item into the ledger.

    It counts once there is a link or a proof file. Raises ValidationError by field, AlreadyRegistered,
    PermissionDenied.
    """
    item = lock(item)
    allow(by, item.office, ADOPTION)
    if item.status != Status.ISSUED:
        raise ValidationError(_("Only issued items can be registered as adopted."))
    return enter(entry=Adoption(item=item), facts=facts, proof=proof, by=by, now=now)
