"""Registering events. They are corrected and revoked as all entries are: `adoptions.entries.services`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import UnitKind
from accounts.models import Unit, User
from adoptions.entries.nouns import EVENT
from adoptions.entries.services import Facts, allow, enter, lock, problem_of_link
from adoptions.enums import LEVEL_KINDS, MAY_HAVE_LEVEL, UNIT_KINDS, EventKind, OutletLevel
from adoptions.models import Event
from adoptions.querysets import EventQuerySet
from submissions.enums import NOT_FILED
from submissions.models import Item
from submissions.uploads import CheckedUpload


@dataclass(frozen=True, kw_only=True)
class EventFacts(Facts[Event]):
    """What is known of an event; `level` is an `OutletLevel` where the kind has one."""

    level: str = ""
    count: int = 1

    def problems(self, entry: Event, proof: CheckedUpload | None, now: datetime) -> dict[str, str]:
        level = self._problem_of_level(EventKind(entry.kind))
        problems = {"link": problem_of_link(self.link), "level": level}
        if self.date > timezone.localdate(now):
            problems["date"] = _("The date lies in the future.")
        elif entry.unit and not Unit.objects.filter(pk=entry.unit.pk).active_on(self.date).exists():
            problems["subject"] = _("This unit did not exist on that day.")
        if entry.kind == EventKind.INSTRUCTION and (self.note or self.link or proof):
            problems["note"] = _("Of an instruction only level and date are registered, never its text.")
        return {name: problem for name, problem in problems.items() if problem}

    def _problem_of_level(self, kind: EventKind) -> str:
        if self.level and self.level not in OutletLevel.values:
            return _("Choose a level.")
        if kind in LEVEL_KINDS and not self.level:
            return _("Choose the level: the points depend on it.")
        if self.level and kind not in MAY_HAVE_LEVEL:
            return _("This has no level: leave it empty.")
        return ""

    def twins(self, entry: Event) -> EventQuerySet:
        same = Event.objects.standing().filter(kind=entry.kind, date=self.date, level=self.level)
        return same.filter(item=entry.item_id) if entry.item_id else same.filter(unit=entry.unit_id)


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

    Raises ValidationError by field (the subject's is `subject`), AlreadyRegistered, PermissionDenied.
    """
    if isinstance(subject, Item):
        item = lock(subject)
        event = Event(kind=kind, office=item.office, item=item)
    else:
        unit = lock(subject)
        event = Event(kind=kind, office=unit.office or unit, unit=unit)
    allow(by, event.office, EVENT)
    _check_subject(event)
    return enter(entry=event, facts=facts, proof=proof, by=by, now=now)


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
