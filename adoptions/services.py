"""Writes to adoptions: register, edit, revoke. Nothing is ever deleted.

An item's adoptions are changed under a lock on the item, because what each of them earns depends on the
others. Whoever adds a way to change them takes the same lock.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Unit, User
from accounts.services import record
from adoptions.entries.standing import standing_days
from adoptions.enums import Mode
from adoptions.models import Adoption, AdoptionChange, Credit, Outlet
from adoptions.rules import may_register
from submissions.enums import Status
from submissions.models import Item
from submissions.services.months import mark_stale
from submissions.uploads import CheckedUpload

is_web_address = URLValidator(schemes=["http", "https"])


@dataclass(frozen=True, slots=True)
class Share:
    """So many parts of an adoption belong to a unit; 1 and 1 is half each."""

    unit: Unit
    share: int = 1


@dataclass(frozen=True, slots=True)
class AdoptionFacts:
    """What is known of an adoption; the published title is empty when it is the item's own."""

    outlet: Outlet
    date: date
    credits: Sequence[Share]
    mode: str = Mode.SINGLE
    title: str = ""
    page: str = ""
    position: str = ""
    length: int | None = None
    link: str = ""
    note: str = ""


class AlreadyRegistered(Exception):
    """The same item, outlet and day are in the ledger already: `first`."""

    def __init__(self, first: Adoption) -> None:
        super().__init__(str(first))
        self.first = first


class AdoptionChanged(Exception):
    """Somebody else edited or revoked the adoption since it was read."""


@transaction.atomic
def register_adoption(
    *, item: Item, facts: AdoptionFacts, proof: CheckedUpload | None = None, by: User, now: datetime
) -> Adoption:
    """Enter an adoption of an issued item into the ledger.

    It counts once there is a link or a proof file. Raises ValidationError by field, AlreadyRegistered,
    PermissionDenied.
    """
    item = _lock(item.pk)
    _allow(by, item.office)
    if item.status != Status.ISSUED:
        raise ValidationError(_("Only issued items can be registered as adopted."))
    _check(facts, item, timezone.localdate(now))
    adoption = Adoption(item=item, registered_by=by, registered_at=now)
    _write(adoption, facts, proof)
    mark_stale(office=item.office, months=standing_days([item]), now=now)
    record(
        actor=by,
        action="adoption.register",
        target=adoption,
        office=item.office,
        now=now,
        detail=state_of(adoption),
    )
    return adoption


@transaction.atomic
def edit_adoption(
    *,
    adoption: Adoption,
    facts: AdoptionFacts,
    proof: CheckedUpload | None = None,
    drop_proof: bool = False,
    reason: str,
    revision: int,
    by: User,
    now: datetime,
) -> Adoption:
    """Correct an adoption that was read at `revision`, keeping its former state with the reason.

    Nothing is written when nothing differs. Raises ValidationError by field, AlreadyRegistered,
    AdoptionChanged, PermissionDenied.
    """
    item = _lock(adoption.item_id)
    _allow(by, item.office)
    adoption = _read_again(adoption, revision)
    _require(reason)
    _check(facts, item, timezone.localdate(now))
    drop_proof = drop_proof and bool(adoption.proof_file) and not proof
    if not (proof or drop_proof) and _says_the_same(adoption, facts):
        return adoption
    before, days = state_of(adoption), {adoption.date, *standing_days([item])}
    if drop_proof:
        adoption.proof_file, adoption.proof_name = "", ""
    adoption.revision += 1
    _write(adoption, facts, proof)
    after = state_of(adoption)
    AdoptionChange.objects.create(adoption=adoption, before=before, reason=reason.strip(), by=by, at=now)
    mark_stale(office=item.office, months=days | {facts.date}, now=now)
    record(
        actor=by,
        action="adoption.edit",
        target=adoption,
        office=item.office,
        now=now,
        detail={"before": before, "after": after, "reason": reason.strip()},
    )
    return adoption


@transaction.atomic
def revoke_adoption(*, adoption: Adoption, reason: str, revision: int, by: User, now: datetime) -> Adoption:
    """Take an adoption out of the count; its row stays with the reason.

    Raises ValidationError without a reason, AdoptionChanged, PermissionDenied.
    """
    item = _lock(adoption.item_id)
    _allow(by, item.office)
    adoption = _read_again(adoption, revision)
    _require(reason)
    days = standing_days([item])
    adoption.revoked_at, adoption.revoked_by, adoption.revoke_reason = now, by, reason.strip()
    adoption.revision += 1
    adoption.full_clean(exclude=_KNOWN, validate_unique=False, validate_constraints=False)
    adoption.save(update_fields=["revoked_at", "revoked_by", "revoke_reason", "revision"])
    mark_stale(office=item.office, months=days, now=now)
    record(
        actor=by,
        action="adoption.revoke",
        target=adoption,
        office=item.office,
        now=now,
        detail={"reason": reason.strip()},
    )
    return adoption


def state_of(adoption: Adoption) -> dict[str, Any]:
    """An adoption's facts as JSON: ids and names as they are now, days as 2026-04-10."""
    shares = adoption.credits.select_related("unit").order_by("unit__path")
    return {
        "outlet": adoption.outlet_id,
        "outlet_name": adoption.outlet.name,
        "date": adoption.date.isoformat(),
        "title": adoption.title,
        "page": adoption.page,
        "place": adoption.position,
        "length": adoption.length,
        "mode": adoption.mode,
        "link": adoption.link,
        "proof_name": adoption.proof_name,
        "proof_file": adoption.proof_file.name or "",
        "note": adoption.note,
        "credits": [[credit.unit_id, credit.unit.name, credit.share] for credit in shares],
    }


#: Fields of an adoption that a person states.
FACTS = ("outlet", "date", "mode", "title", "page", "position", "length", "link", "note")
#: Fields that the services fill in themselves.
_KNOWN = {"item", "outlet", "ledger", "ledger_row", "registered_by", "revoked_by", "revoked_at"}


def _lock(item_id: int) -> Item:
    return Item.objects.select_for_update(of=("self",), no_key=True).select_related("office").get(pk=item_id)


def _allow(by: User, office: Unit) -> None:
    if not may_register(by, office):
        raise PermissionDenied(_("Adoptions are registered by the office administrator."))


def _read_again(adoption: Adoption, revision: int) -> Adoption:
    """The adoption as it stands, under the item's lock. Raises AdoptionChanged."""
    adoption = Adoption.objects.select_related("outlet").get(pk=adoption.pk)
    if adoption.revision != revision or adoption.revoked_at is not None:
        raise AdoptionChanged
    return adoption


def _require(reason: str) -> None:
    if not reason.strip():
        raise ValidationError({"reason": _("Give the reason.")})


def _check(facts: AdoptionFacts, item: Item, today: date) -> None:
    """What must hold whoever calls. Raises ValidationError by field."""
    errors: dict[str, str] = {}
    # Locked, so that nobody ends the outlet's time while an adoption is entered.
    outlet = Outlet.objects.select_for_update(no_key=True).filter(pk=facts.outlet.pk, office=item.office)
    if facts.date > today:
        errors["date"] = _("The date of adoption lies in the future.")
    elif not outlet.exists():
        errors["outlet"] = _("Choose an outlet of this office.")
    elif not outlet.active_on(facts.date).exists():
        errors["outlet"] = _("This outlet was not in use on that day: see the list of outlets.")
    if facts.link:
        try:
            is_web_address(facts.link)
        except ValidationError:
            errors["link"] = _("Write a full web address, beginning with http:// or https://.")
    if problem := _problem_with(facts.credits, item.office, facts.date):
        errors["credits"] = problem
    if errors:
        raise ValidationError(errors)


def _problem_with(shares: Sequence[Share], office: Unit, day: date) -> str:
    units = {credit.unit.pk for credit in shares}
    if not shares:
        return _("Credit the adoption to at least one unit.")
    if len(units) < len(shares):
        return _("Credit each unit only once.")
    if any(not 1 <= credit.share <= 100 for credit in shares):
        return _("A share is 1 to 100 parts.")
    if Unit.objects.filter(pk__in=units, office=office).active_on(day).count() < len(units):
        return _("Credit only units of this office that existed on that day.")
    return ""


def _says_the_same(adoption: Adoption, facts: AdoptionFacts) -> bool:
    shares = dict(adoption.credits.values_list("unit", "share"))
    return shares == {credit.unit.pk: credit.share for credit in facts.credits} and all(
        getattr(adoption, name) == getattr(facts, name) for name in FACTS
    )


def _write(adoption: Adoption, facts: AdoptionFacts, proof: CheckedUpload | None) -> None:
    """Store facts, credits and proof. Raises AlreadyRegistered, ValidationError by field."""
    twin = (
        Adoption.objects.standing()
        .filter(item=adoption.item_id, outlet=facts.outlet, date=facts.date)
        .exclude(pk=adoption.pk)
    )
    if first := twin.first():
        raise AlreadyRegistered(first)
    for name in FACTS:
        setattr(adoption, name, getattr(facts, name))
    adoption.full_clean(exclude=_KNOWN, validate_unique=False, validate_constraints=False)
    adoption.save()
    if proof:
        adoption.proof_name = proof.name
        adoption.proof_file.save(proof.stored_name(adoption.pk, "adoptions"), proof.file, save=False)
        adoption.save(update_fields=["proof_file", "proof_name"])
    adoption.credits.all().delete()
    Credit.objects.bulk_create(
        Credit(adoption=adoption, unit=credit.unit, share=credit.share) for credit in facts.credits
    )
