"""Writes to events: register, edit, revoke. Nothing is ever deleted.

An item's events are changed under the same lock as its adoptions, a unit's under a lock on the unit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import UnitKind
from accounts.models import Unit, User
from accounts.services import record
from adoptions.entries.standing import standing_days
from adoptions.enums import LEVEL_KINDS, MAY_HAVE_LEVEL, UNIT_KINDS, EventKind, OutletLevel
from adoptions.models import Event, EventChange
from adoptions.rules import may_register
from adoptions.services import is_web_address
from submissions.enums import NOT_FILED
from submissions.models import Item
from submissions.services.months import mark_stale
from submissions.uploads import CheckedUpload


@dataclass(frozen=True, slots=True)
class EventFacts:
    """What is known of an event; `level` is an `OutletLevel` where the kind has one."""

    date: date
    level: str = ""
    count: int = 1
    note: str = ""
    link: str = ""


class EventKnown(Exception):
    """The same kind, item or unit, day and level are registered already: `first`."""

    def __init__(self, first: Event) -> None:
        super().__init__(str(first))
        self.first = first


class EventChanged(Exception):
    """Somebody else edited or revoked the event since it was read."""


@transaction.atomic
def register_event(
    *,
    kind: str,
    subject: Item | Unit,
    facts: EventFacts,
    proof: CheckedUpload | None = None,
    by: User,
    now: datetime,
) -> Event:
    """Enter what happened to a filed item, or to a unit below the office.

    Raises ValidationError by field (the subject's is `subject`), EventKnown, PermissionDenied.
    """
    subject, office = _lock(subject)
    _allow(by, office)
    of_item = isinstance(subject, Item)
    event = Event(
        office=office,
        kind=kind,
        item=subject if isinstance(subject, Item) else None,
        unit=subject if isinstance(subject, Unit) else None,
        registered_by=by,
        registered_at=now,
    )
    _check_subject(event)
    _check(event, facts, proof, timezone.localdate(now))
    _write(event, facts, proof)
    days = standing_days([event.item_id]) if of_item and event.item_id else {facts.date}
    mark_stale(office=office, months=days, now=now)
    record(actor=by, action="event.register", target=event, office=office, now=now, detail=event_state(event))
    return event


@transaction.atomic
def edit_event(
    *,
    event: Event,
    facts: EventFacts,
    proof: CheckedUpload | None = None,
    drop_proof: bool = False,
    reason: str,
    revision: int,
    by: User,
    now: datetime,
) -> Event:
    """Correct an event that was read at `revision`, keeping its former state with the reason.

    Its kind, and whom it concerns, stay: where these are wrong it is revoked and registered anew. Nothing is
    written when nothing differs. Raises ValidationError by field, EventKnown, EventChanged, PermissionDenied.
    """
    event = _read_again(event, revision, by)
    _require(reason)
    _check(event, facts, proof, timezone.localdate(now))
    drop_proof = drop_proof and bool(event.proof_file) and not proof
    if not (proof or drop_proof) and says_the_same(event, facts):
        return event
    before, days = event_state(event), _days(event)
    if drop_proof:
        event.proof_file, event.proof_name = "", ""
    event.revision += 1
    _write(event, facts, proof)
    EventChange.objects.create(event=event, before=before, reason=reason.strip(), by=by, at=now)
    mark_stale(office=event.office, months=days | {facts.date}, now=now)
    record(
        actor=by,
        action="event.edit",
        target=event,
        office=event.office,
        now=now,
        detail={"before": before, "after": event_state(event), "reason": reason.strip()},
    )
    return event


@transaction.atomic
def revoke_event(*, event: Event, reason: str, revision: int, by: User, now: datetime) -> Event:
    """Take an event out of the count; its row stays with the reason.

    Raises ValidationError without a reason, EventChanged, PermissionDenied.
    """
    event = _read_again(event, revision, by)
    _require(reason)
    days = _days(event)
    event.revoked_at, event.revoked_by, event.revoke_reason = now, by, reason.strip()
    event.revision += 1
    event.full_clean(exclude=_KNOWN, validate_unique=False, validate_constraints=False)
    event.save(update_fields=["revoked_at", "revoked_by", "revoke_reason", "revision"])
    mark_stale(office=event.office, months=days, now=now)
    record(
        actor=by,
        action="event.revoke",
        target=event,
        office=event.office,
        now=now,
        detail={"reason": reason.strip()},
    )
    return event


def event_state(event: Event) -> dict[str, Any]:
    """An event's facts as JSON: ids and names as they are now, days as 2026-04-10."""
    return {
        "kind": event.kind,
        "item": event.item_id,
        "item_title": event.item.title if event.item else "",
        "unit": event.unit_id,
        "unit_name": event.unit.name if event.unit else "",
        "date": event.date.isoformat(),
        "level": event.level,
        "count": event.count,
        "note": event.note,
        "link": event.link,
        "proof_name": event.proof_name,
        "proof_file": event.proof_file.name or "",
    }


def says_the_same(event: Event, facts: EventFacts) -> bool:
    return all(getattr(event, name) == getattr(facts, name) for name in FACTS)


#: Fields of an event that a person states.
FACTS = ("date", "level", "count", "note", "link")
#: Fields that the services fill in themselves.
_KNOWN = {"office", "item", "unit", "registered_by", "revoked_by", "revoked_at"}


def _lock(subject: Item | Unit) -> tuple[Item | Unit, Unit]:
    """The item or unit as it stands, locked, and its office."""
    if isinstance(subject, Item):
        items = Item.objects.select_for_update(of=("self",), no_key=True)
        item = items.select_related("office", "unit").get(pk=subject.pk)
        return item, item.office
    units = Unit.objects.select_for_update(of=("self",), no_key=True)
    unit = units.select_related("office").get(pk=subject.pk)
    return unit, unit.office or unit


def _allow(by: User, office: Unit) -> None:
    if not may_register(by, office):
        raise PermissionDenied(_("What earns or costs points is registered by the office administrator."))


def _read_again(event: Event, revision: int, by: User) -> Event:
    """The event as it stands, under its subject's lock. Raises EventChanged, PermissionDenied."""
    subject = event.item or event.unit
    assert subject is not None, "a constraint says so"
    _subject, office = _lock(subject)
    _allow(by, office)
    event = Event.objects.select_related("office", "item", "unit").get(pk=event.pk)
    if event.revision != revision or event.revoked_at is not None:
        raise EventChanged
    return event


def _require(reason: str) -> None:
    if not reason.strip():
        raise ValidationError({"reason": _("Give the reason.")})


def _check_subject(event: Event) -> None:
    """Whom the event may concern. Raises ValidationError."""
    problem = ""
    if event.kind not in EventKind.values:
        raise ValidationError({"kind": _("Choose what happened.")})
    if event.item:
        if event.kind in UNIT_KINDS:
            problem = _("This concerns a unit, not one item of it: choose the unit.")
        elif event.item.status in NOT_FILED:
            problem = _("This item is not filed: choose a filed item, or the unit.")
    elif event.unit and event.unit.kind == UnitKind.OFFICE:
        problem = _("Choose a unit below the office.")
    if problem:
        raise ValidationError({"subject": problem})


def _check(event: Event, facts: EventFacts, proof: CheckedUpload | None, today: date) -> None:
    """What must hold whoever calls. Raises ValidationError by field."""
    errors: dict[str, str] = {}
    kind = EventKind(event.kind)
    if facts.date > today:
        errors["date"] = _("The date lies in the future.")
    elif event.unit and not Unit.objects.filter(pk=event.unit.pk).active_on(facts.date).exists():
        errors["subject"] = _("This unit did not exist on that day.")
    if facts.level and facts.level not in OutletLevel.values:
        errors["level"] = _("Choose a level.")
    elif kind in LEVEL_KINDS and not facts.level:
        errors["level"] = _("Choose the level: the points depend on it.")
    elif facts.level and kind not in MAY_HAVE_LEVEL:
        errors["level"] = _("This has no level: leave it empty.")
    if kind == EventKind.INSTRUCTION and (facts.note or facts.link or proof):
        errors["note"] = _("Of an instruction only level and date are registered, never its text.")
    if facts.link:
        try:
            is_web_address(facts.link)
        except ValidationError:
            errors["link"] = _("Write a full web address, beginning with http:// or https://.")
    if errors:
        raise ValidationError(errors)


def _write(event: Event, facts: EventFacts, proof: CheckedUpload | None) -> None:
    """Store facts and proof. Raises EventKnown, ValidationError by field."""
    twins = Event.objects.standing().filter(kind=event.kind, date=facts.date, level=facts.level)
    twins = twins.filter(item=event.item_id) if event.item_id else twins.filter(unit=event.unit_id)
    if first := twins.exclude(pk=event.pk).first():
        raise EventKnown(first)
    for name in FACTS:
        setattr(event, name, getattr(facts, name))
    event.full_clean(exclude=_KNOWN, validate_unique=False, validate_constraints=False)
    event.save()
    if proof:
        event.proof_name = proof.name
        event.proof_file.save(proof.stored_name(event.pk, "events"), proof.file, save=False)
        event.save(update_fields=["proof_file", "proof_name"])


def _days(event: Event) -> set[date]:
    """The days whose figures an event moves."""
    return {event.date} | (standing_days([event.item_id]) if event.item_id else set())
