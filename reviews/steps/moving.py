"""The one writer of an item's status: `move`, on which everything that moves an item is built."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from accounts.figures import figures_move
from accounts.models import User
from accounts.services.audit import record
from reviews.chain import FILED_FROM, FINAL, Step
from reviews.enums import Action
from reviews.models import Decision
from submissions.enums import Status
from submissions.models import Item, Version
from submissions.services.months import mark_stale


class Overtaken(Exception):
    """Somebody else was faster: the item no longer stands where the page showed it."""


class TextChanged(Exception):
    """The item was filed again since this version was read."""

    def __init__(self, read: int, current: int) -> None:
        super().__init__(f"version {read} was read, {current} is current")
        self.read, self.current = read, current


def lock_as_seen(item: Item, source: str, version: int) -> Item:
    """The item, its row locked until the transaction ends. Raises Overtaken or TextChanged when it no longer
    is in the state and version that the person saw."""
    item = (
        Item.objects.select_for_update(of=["self"]).select_related("unit", "office", "round").get(pk=item.pk)
    )
    if item.status != source:
        raise Overtaken
    if item.version != version:
        raise TextChanged(version, item.version)
    return item


def move(
    item: Item,
    step: Step,
    by: User | None,
    version: Version,
    comment: str = "",
    *,
    checked: Sequence[str] = (),
    acting_for: User | None = None,
    undoes: Decision | None = None,
    read: int,
    now: datetime,
) -> Decision:
    """One step, on `item` and in the database. Raises Overtaken when the row was not as read.

    The clock of a level starts when an item comes to it. What does not leave its level keeps it running; what
    is undone sets it back.
    """
    if step.source in FILED_FROM:
        item.submitted_at = now
    moments = [item.issued_at] if step.source == FINAL else []
    if FINAL in {step.source, step.target}:
        item.issued_at = now if step.target == FINAL else None
    if undoes:
        item.status_since = _arrival(undoes)
    elif step.source != step.target:
        item.status_since = now
    moved = Item.objects.filter(pk=item.pk, status=step.source, version=read).update(
        status=step.target,
        status_since=item.status_since,
        chain=item.chain,
        merged_into=item.merged_into,
        version=item.version,
        filed_title=item.filed_title,
        number=item.number,
        submitted_at=item.submitted_at,
        issued_at=item.issued_at,
    )
    if not moved:
        raise Overtaken
    item.status = step.target
    decision = Decision.objects.create(
        item=item,
        version=version,
        action=step.action,
        source=step.source,
        target=step.target,
        role=step.role,
        by=by,
        acting_for=acting_for,
        undoes=undoes,
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
    if _moves_figures(step):
        moments += [item.submitted_at, item.issued_at]
        days = [timezone.localdate(moment) for moment in moments if moment]
        mark_stale(office=item.office, days=days, now=now)
    if step.action in {Action.SUBMIT, Action.EDIT} and step.source not in FILED_FROM:
        # Bonuses for it go by its genre, in whatever month they stand.
        figures_move(office=item.office, since=None, now=now)
    return decision


def _moves_figures(step: Step) -> bool:
    """Whether an item begins or ceases to count, or is counted by another text: its genre, its length."""
    counts_otherwise = step.source in {*FILED_FROM, FINAL} or step.target in {FINAL, Status.WITHDRAWN}
    return counts_otherwise or step.action in {Action.SUBMIT, Action.EDIT}


def _arrival(undone: Decision) -> datetime:
    """When the item had come to the level to which undoing this decision brings it back."""
    before = Decision.objects.filter(item=undone.item_id, pk__lt=undone.pk, target=undone.source)
    came = before.exclude(source=undone.source).exclude(action=Action.UNDO).filter(undone_by__isnull=True)
    last = came.order_by("-pk").first()
    return last.at if last else undone.at
