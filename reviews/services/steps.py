"""The one writer of an item's status."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import User
from accounts.services import record
from reviews.chain import FILED_FROM, FINAL, LEVELS, ROADS, UNIT, IllegalStep, Step, onward, road_of, step_for
from reviews.enums import Action
from reviews.models import Decision, Writer
from reviews.office_rules import chain_for
from reviews.querysets import deciders
from reviews.rules import acting_for, may_decide, may_submit, may_withdraw
from submissions.enums import Status
from submissions.models import Item, Version
from submissions.rules import is_writer_of
from submissions.services import file_version, mark_stale, missing_for_filing


class Overtaken(Exception):
    """Somebody else was faster: the item no longer stands where the page showed it."""


class TextChanged(Exception):
    """The item was filed again since this version was read."""

    def __init__(self, read: int, current: int) -> None:
        super().__init__(f"version {read} was read, {current} is current")
        self.read, self.current = read, current


class NotReady(Exception):
    """The item cannot be filed yet; `problems` says per field what to do."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(problems)
        self.problems = problems


class ReasonMissing(Exception):
    """A return needs a reason."""


class NobodyCanDecide(Exception):
    """No level ahead, or not the one named, could decide on this item: one of `roles` has to be given to
    somebody else first."""

    def __init__(self, roles: list[Role]) -> None:
        super().__init__(roles)
        self.roles = roles


@transaction.atomic
def take_step(
    *,
    item: Item,
    action: Action,
    by: User,
    source: str,
    version: int,
    comment: str = "",
    checked: Sequence[str] = (),
    to: str | None = None,
    now: datetime,
) -> Decision:
    """Take one step of `reviews.chain` on an item, as `by`, from the state and version the person saw.

    `checked` are the points of `reviews.checklists` that were ticked, `to` is the level to which SEND_BACK
    goes. Settles the chain when the item is filed anew, and makes a version whenever it is filed. Levels
    at which nobody may decide are recorded as recused and passed over. The status, the decisions, the
    audit rows and the stale months are written together or not at all.

    Raises Overtaken or TextChanged when the item has moved on since, IllegalStep when the table
    has no such step, PermissionDenied when it is not this person's, NotReady, ReasonMissing or
    NobodyCanDecide when something is missing.
    """
    item = (
        Item.objects.select_for_update(of=["self"]).select_related("unit", "office", "round").get(pk=item.pk)
    )
    if item.status != source:
        raise Overtaken
    if item.version != version:
        raise TextChanged(version, item.version)
    if action == Action.SUBMIT and source in FILED_FROM:
        item.chain = chain_for(item)
    step = step_for(road_of(item), source, action, to)
    _check_right(item, step, by, now)
    if action in {Action.RETURN, Action.SEND_BACK} and not comment.strip():
        raise ReasonMissing
    if action == Action.SEND_BACK and not deciders(item, LEVELS[step.target], now).exists():
        raise NobodyCanDecide([LEVELS[step.target].role])
    if action == Action.SUBMIT:
        checked_by_head = _has_head(item, now)
        problems = missing_for_filing(item, checked=checked_by_head) | _signers_among_writers(item)
        if problems:
            raise NotReady(problems)
        filed = file_version(item=item, by=by, now=now)
        _remember_writers(item)
    else:
        filed = item.versions.get(number=version)
    absent = acting_for(by, item, now) if step.role != Role.AUTHOR else None
    decision = _move(
        item, step, by, filed, comment.strip(), checked=checked, acting_for=absent, read=version, now=now
    )
    _pass_over_empty_levels(item, filed, now)
    if action == Action.SUBMIT and item.status == FINAL:
        raise NobodyCanDecide([level.role for level in onward(step.road, step.source)])
    return decision


def _check_right(item: Item, step: Step, by: User, now: datetime) -> None:
    if step.action == Action.RECUSE:
        raise PermissionDenied(_("Only the system records a recusal."))
    if step.action in {Action.EDIT, Action.MERGE}:
        raise IllegalStep(f"{step.action} brings a text or an item along: it has a function of its own")
    if step.action == Action.SUBMIT:
        allowed = may_submit(by, item)
    elif step.action == Action.WITHDRAW:
        if is_writer_of(by, item) and not may_withdraw(by, item):
            raise IllegalStep("withdrawn after a decision")
        allowed = may_withdraw(by, item)
    else:
        allowed = may_decide(by, item, now)
    if not allowed:
        raise PermissionDenied(_("This step is not yours to take."))


def _has_head(item: Item, now: datetime) -> bool:
    """Whether the head of the item's unit signs it in the system, which is then the unit's own check."""
    if UNIT not in ROADS[road_of(item)]:
        return False
    return deciders(item, UNIT, now).exists() or item.decisions.signed().filter(source=UNIT.waiting).exists()


def _writers(item: Item) -> set[int]:
    """Ids of the submitter and of the authors who have an account."""
    authors = item.authorships.filter(user__isnull=False).values_list("user_id", flat=True)
    return {item.submitter_id, *authors}


def _signers_among_writers(item: Item) -> dict[str, str]:
    """A problem for the form when somebody who decided on an earlier version is now named as an author."""
    signers = User.objects.filter(pk__in=item.decisions.signed().values("by")).filter(pk__in=_writers(item))
    if not signers:
        return {}
    names = "、".join(sorted(signer.display_name for signer in signers))
    problem = _("%(names)s already decided on this item and cannot be its author: take the name off.")
    return {"authors": problem % {"names": names}}


def _remember_writers(item: Item) -> None:
    Writer.objects.bulk_create(
        (Writer(item=item, user_id=pk) for pk in sorted(_writers(item))), ignore_conflicts=True
    )


def _move(
    item: Item,
    step: Step,
    by: User | None,
    version: Version,
    comment: str = "",
    *,
    checked: Sequence[str] = (),
    acting_for: User | None = None,
    read: int,
    now: datetime,
) -> Decision:
    """One row of the table, on `item` and in the database. Raises Overtaken when the row was not as read."""
    if step.source in FILED_FROM:
        item.submitted_at = now
    if step.target == FINAL:
        item.issued_at = now
    moved = Item.objects.filter(pk=item.pk, status=step.source, version=read).update(
        status=step.target,
        status_since=now,
        chain=item.chain,
        version=item.version,
        number=item.number,
        submitted_at=item.submitted_at,
        issued_at=item.issued_at,
    )
    if not moved:
        raise Overtaken
    item.status, item.status_since = step.target, now
    decision = Decision.objects.create(
        item=item,
        version=version,
        action=step.action,
        source=step.source,
        target=step.target,
        role=step.role,
        by=by,
        acting_for=acting_for,
        comment=comment,
        checked=list(checked),
        at=now,
    )
    record(
        actor=by,
        action=f"item.{step.action}",
        target=item,
        office=item.office,
        now=now,
        detail={"from": step.source, "to": step.target, "version": version.number, "sha256": version.sha256},
    )
    if step.source in FILED_FROM or step.target in {FINAL, Status.WITHDRAWN}:
        moments = [moment for moment in (item.submitted_at, item.issued_at) if moment]
        mark_stale(office=item.office, months=[timezone.localdate(moment) for moment in moments], now=now)
    return decision


def _pass_over_empty_levels(item: Item, version: Version, now: datetime) -> None:
    """Record a recusal at every level from here on that nobody may decide at."""
    while item.status in LEVELS and not deciders(item, LEVELS[Status(item.status)], now).exists():
        step = step_for(road_of(item), item.status, Action.RECUSE)
        _move(item, step, None, version, read=item.version, now=now)
