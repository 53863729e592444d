"""Writes to entries, adoptions and events alike: entered, corrected, revoked. Nothing is ever deleted.

An item's entries are changed under a lock on the item, because what each of them earns depends on the
others; a unit's under a lock on the unit. Whoever adds a way to change them takes the same lock.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import URLValidator
from django.db import models, transaction
from django.utils.translation import gettext as _

from accounts.models import Unit, User
from accounts.services.audit import record
from adoptions.entries.nouns import Noun, noun_of
from adoptions.entries.querysets import EntryQuerySet
from adoptions.entries.state import state_of
from adoptions.models import Adoption, Event
from adoptions.rules import may_register
from submissions.models import Item
from submissions.services.months import mark_stale
from submissions.uploads import CheckedUpload

is_web_address = URLValidator(schemes=["http", "https"])
#: Fields that the services fill in themselves.
FILLED_IN = frozenset(
    {
        "office",
        "item",
        "unit",
        "outlet",
        "ledger",
        "ledger_row",
        "registered_by",
        "revoked_by",
        "revoked_at",
    }
)


class AlreadyRegistered[E: (Adoption, Event)](Exception):
    """The same is registered already: `first`."""

    def __init__(self, first: E) -> None:
        super().__init__(str(first))
        self.first: E = first


class EntryChanged(Exception):
    """Somebody else edited or revoked the entry since it was read."""


@dataclass(frozen=True, kw_only=True)
class Facts[E: (Adoption, Event)](ABC):
    """What a person states of an entry."""

    date: date
    link: str = ""
    note: str = ""

    @abstractmethod
    def problems(self, entry: E, proof: CheckedUpload | None, now: datetime) -> dict[str, str]:
        """What cannot be so, by field, whoever calls."""

    @abstractmethod
    def twins(self, entry: E) -> EntryQuerySet[E]:
        """The standing entries that say the same of the same."""

    def stated(self) -> dict[str, Any]:
        """Fields of the entry, and what they are to hold."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def stand_in(self, entry: E) -> bool:
        """Whether the entry says the same already."""
        return all(getattr(entry, name) == value for name, value in self.stated().items())

    def write(self, entry: E) -> None:
        """Store them. Raises ValidationError by field."""
        for name, value in self.stated().items():
            setattr(entry, name, value)
        entry.full_clean(exclude=FILLED_IN, validate_unique=False, validate_constraints=False)
        entry.save()


def enter[E: (Adoption, Event)](
    *, entry: E, facts: Facts[E], proof: CheckedUpload | None, by: User, now: datetime
) -> E:
    """Store a new entry, whose subject is locked, in the same transaction.

    Raises ValidationError by field, AlreadyRegistered.
    """
    _check(entry, facts, proof, now)
    entry.registered_by, entry.registered_at = by, now
    _write(entry, facts, proof)
    _note(entry, "register", days=days_of(entry), by=by, now=now, detail=state_of(entry))
    return entry


@transaction.atomic
def edit_entry[E: (Adoption, Event)](
    *,
    entry: E,
    facts: Facts[E],
    proof: CheckedUpload | None = None,
    drop_proof: bool = False,
    reason: str,
    revision: int,
    by: User,
    now: datetime,
) -> E:
    """Correct an entry that was read at `revision`, keeping its former state with the reason.

    Whom it concerns, and the kind of an event, stay: where these are wrong it is revoked and registered anew.
    Nothing is written when nothing differs. Raises ValidationError by field, AlreadyRegistered, EntryChanged,
    PermissionDenied.
    """
    entry, reason = _read_again(entry, revision, by), _told(reason)
    _check(entry, facts, proof, now)
    drop_proof = drop_proof and bool(entry.proof_file) and not proof
    if not (proof or drop_proof) and facts.stand_in(entry):
        return entry
    before, days = state_of(entry), days_of(entry)
    if drop_proof:
        entry.proof_file, entry.proof_name = "", ""
    entry.revision += 1
    _write(entry, facts, proof)
    entry.changes.create(before=before, reason=reason, by=by, at=now)
    detail = {"before": before, "after": state_of(entry), "reason": reason}
    _note(entry, "edit", days=days | {facts.date}, by=by, now=now, detail=detail)
    return entry


@transaction.atomic
def revoke_entry[E: (Adoption, Event)](*, entry: E, reason: str, revision: int, by: User, now: datetime) -> E:
    """Take an entry out of the count; its row stays with the reason.

    Raises ValidationError without a reason, EntryChanged, PermissionDenied.
    """
    entry, reason = _read_again(entry, revision, by), _told(reason)
    days = days_of(entry)
    entry.revoked_at, entry.revoked_by, entry.revoke_reason = now, by, reason
    entry.revision += 1
    entry.full_clean(exclude=FILLED_IN, validate_unique=False, validate_constraints=False)
    entry.save(update_fields=["revoked_at", "revoked_by", "revoke_reason", "revision"])
    _note(entry, "revoke", days=days, by=by, now=now, detail={"reason": reason})
    return entry


def lock[S: models.Model](subject: S) -> S:
    """The item or unit as it stands, with its office, held until the transaction ends."""
    held = type(subject)._default_manager.select_for_update(of=("self",), no_key=True)
    return held.select_related("office").get(pk=subject.pk)


def allow(by: User, office: Unit, noun: Noun) -> None:
    if not may_register(by, office):
        raise PermissionDenied(str(noun.kept_by))


def problem_of_link(link: str) -> str:
    try:
        is_web_address(link)
    except ValidationError:
        return _("Write a full web address, beginning with http:// or https://.") if link else ""
    return ""


def days_of(entry: Adoption | Event) -> set[date]:
    """The days whose figures a standing entry moves."""
    return {entry.date} | (standing_days([entry.item_id]) if entry.item_id else set())


def standing_days(items: Iterable[Item | int]) -> set[date]:
    """The days of all standing entries of these items, given themselves or by id.

    Where only the highest of an item's adoptions counts, a later one earns what it exceeds the earlier
    ones by, and an instruction may double what it follows: whoever changes one fact of an item moves the
    months of all.
    """
    wanted = list(items)
    adoptions = Adoption.objects.filter(item__in=wanted).standing().values_list("date", flat=True)
    events = Event.objects.filter(item__in=wanted).standing().values_list("date", flat=True)
    return set(adoptions) | set(events)


def _read_again[E: (Adoption, Event)](entry: E, revision: int, by: User) -> E:
    """The entry as it stands, under its subject's lock. Raises EntryChanged, PermissionDenied."""
    lock(entry.subject)
    entry = type(entry).objects.in_full().get(pk=entry.pk)
    allow(by, entry.office, noun_of(entry))
    if entry.revision != revision or entry.revoked_at is not None:
        raise EntryChanged
    return entry


def _told(reason: str) -> str:
    if not reason.strip():
        raise ValidationError({"reason": _("Give the reason.")})
    return reason.strip()


def _check[E: (Adoption, Event)](
    entry: E, facts: Facts[E], proof: CheckedUpload | None, now: datetime
) -> None:
    if problems := facts.problems(entry, proof, now):
        raise ValidationError(problems)


def _write[E: (Adoption, Event)](entry: E, facts: Facts[E], proof: CheckedUpload | None) -> None:
    """Store facts and proof. Raises AlreadyRegistered, ValidationError by field."""
    if first := facts.twins(entry).exclude(pk=entry.pk).first():
        raise AlreadyRegistered(first)
    facts.write(entry)
    if proof:
        entry.proof_name = proof.name
        entry.proof_file.save(proof.stored_name(entry.pk, f"{noun_of(entry).name}s"), proof.file, save=False)
        entry.save(update_fields=["proof_file", "proof_name"])


def _note(
    entry: Adoption | Event, done: str, *, days: set[date], by: User, now: datetime, detail: dict[str, Any]
) -> None:
    """Have the months counted again, and the audit trail told."""
    mark_stale(office=entry.office, days=days, now=now)
    action = f"{noun_of(entry).name}.{done}"
    record(actor=by, action=action, target=entry, office=entry.office, now=now, detail=detail)
