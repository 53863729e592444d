"""The steps that people take on items. `moving.move` writes them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import User
from reviews.chain import FILED_FROM, FINAL, LEVELS, ROADS, UNIT, IllegalStep, Step, onward, road_of, step_for
from reviews.enums import RETURNING, Action
from reviews.meetings.rules import not_discussed
from reviews.models import Decision, ReturnPoint, Writer
from reviews.office_settings.queries import chain_for
from reviews.querysets import anybody_decides, in_whose_name
from reviews.returns.answering import field_of
from reviews.returns.marked_files import keep_marked
from reviews.returns.points import Point
from reviews.returns.returned import open_points, unanswered
from reviews.rules import may_submit, may_withdraw
from reviews.secrecy.rules import is_awaiting_secrecy_review
from reviews.secrecy.services import tell_secrecy_reviewers
from reviews.steps.moving import lock_as_seen, move
from reviews.steps.telling import tell_of_step
from submissions.enums import Status
from submissions.models import Item, Version
from submissions.rules import is_writer_of
from submissions.services.checking import findings_of
from submissions.services.filing import file_version, missing_for_filing
from submissions.uploads import CheckedUpload


class NotReady(Exception):
    """The item cannot be filed yet; `problems` says per field what to do."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(problems)
        self.problems = problems


class ReasonMissing(Exception):
    """A return needs a comment or a point to revise."""


class NobodyCanDecide(Exception):
    """No level ahead, or not the one named, could decide on this item: one of `roles` has to be given to
    somebody else first."""

    def __init__(self, roles: list[Role]) -> None:
        super().__init__(roles)
        self.roles = roles


class SecrecyPending(Exception):
    """The item needs a secrecy review of this very text that found nothing, before it is issued."""


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
    points: Sequence[Point] = (),
    to: str | None = None,
    marked: Sequence[CheckedUpload] = (),
    now: datetime,
) -> Decision:
    """Take one step of `reviews.chain` on an item, as `by`, from the state and version the person saw.

    `checked` are the points of `reviews.checklists` that were ticked, `points` what RETURN and SEND_BACK ask
    to revise, `to` the level to which SEND_BACK goes, `marked` files in which it is marked. Settles the chain
    when the item is filed anew, and makes a version whenever it is filed. Levels at which nobody may decide
    are recorded as recused and passed over. The status, the decisions, the audit rows, the stale months and
    the notices are written together or not at all.

    Raises Overtaken or TextChanged when the item has moved on since, IllegalStep when the table
    has no such step, PermissionDenied when it is not this person's, NotReady, ReasonMissing,
    NobodyCanDecide or SecrecyPending when something is missing.
    """
    item = lock_as_seen(item, source, version)
    if action == Action.SUBMIT and source in FILED_FROM:
        item.chain = chain_for(item)
    step = step_for(road_of(item), source, action, to)
    name = _in_whose_name(item, step, by, now)
    if action in RETURNING and not (comment.strip() or points):
        raise ReasonMissing
    if action == Action.SEND_BACK and not anybody_decides(item, LEVELS[step.target], now):
        raise NobodyCanDecide([LEVELS[step.target].role])
    filed = _file(item, by, now) if action == Action.SUBMIT else item.versions.get(number=version)
    absent = None if name == by else name
    decision = move(
        item, step, by, filed, comment.strip(), checked=checked, acting_for=absent, read=version, now=now
    )
    if action in RETURNING:
        _ask_for(decision, points)
    _pass_over_empty_levels(item, filed, now)
    if item.status == FINAL and (action == Action.SUBMIT or not _signed_by_the_office(item)):
        raise NobodyCanDecide([level.role for level in onward(step.road, step.source) if level != UNIT])
    if item.status == FINAL and is_awaiting_secrecy_review(item):
        raise SecrecyPending
    tell_of_step(item, decision, now, points)
    if action == Action.SUBMIT:
        tell_secrecy_reviewers(item, now)
    keep_marked(decision, marked)
    return decision


def _in_whose_name(item: Item, step: Step, by: User, now: datetime) -> User:
    """The person who answers for the step, `by` or whoever they stand in for. Raises IllegalStep or
    PermissionDenied when it is not theirs to take."""
    if step.action == Action.RECUSE:
        raise PermissionDenied(_("Only the system records a recusal."))
    if step.action in {Action.EDIT, Action.MERGE}:
        raise IllegalStep(f"{step.action} brings a text or an item along: it has a function of its own")
    if step.action == Action.SUBMIT:
        name: User | None = by if may_submit(by, item) else None
    elif step.action == Action.WITHDRAW:
        if is_writer_of(by, item) and not may_withdraw(by, item):
            raise IllegalStep("withdrawn after a decision")
        name = by if may_withdraw(by, item) else None
    else:
        name = in_whose_name(item, LEVELS[Status(item.status)], by, now)
    if name is None:
        raise PermissionDenied(_("This step is not yours to take."))
    if missing := not_discussed(item, step.action, now):
        raise PermissionDenied(missing)
    return name


def _file(item: Item, by: User, now: datetime) -> Version:
    """The version that is filed, with the answers to what the last return asked for. Raises NotReady."""
    asked, findings = open_points(item), findings_of(item)
    problems = {
        **missing_for_filing(item, findings, checked=_has_head(item, now)),
        **_signers_among_writers(item),
        **{
            field_of(point): _("Point %(number)s: tick it once it is revised, or say why it is not.")
            % {"number": number}
            for number, point in enumerate(asked, 1)
            if point in unanswered(asked)
        },
    }
    if problems:
        raise NotReady(problems)
    filed = file_version(item=item, findings=findings, by=by, now=now)
    ReturnPoint.objects.filter(pk__in=[point.pk for point in asked]).update(answered_in=filed)
    _remember_writers(item)
    return filed


def _signed_by_the_office(item: Item) -> bool:
    """Whether a person of the office answered for the item: the unit's own check alone issues nothing."""
    return item.decisions.signed().exclude(source=UNIT.waiting).exists()


def _ask_for(decision: Decision, points: Sequence[Point]) -> None:
    ReturnPoint.objects.bulk_create(
        ReturnPoint(decision=decision, position=position, reason=point.reason, text=point.text)
        for position, point in enumerate(points)
    )


def _has_head(item: Item, now: datetime) -> bool:
    """Whether the head of the item's unit signs it in the system, which is then the unit's own check."""
    if UNIT not in ROADS[road_of(item)]:
        return False
    return anybody_decides(item, UNIT, now) or item.decisions.signed().filter(source=UNIT.waiting).exists()


def _writers(item: Item) -> set[int]:
    """Ids of the submitter and of the authors who have an account."""
    authors = item.authorships.filter(user__isnull=False).values_list("user_id", flat=True)
    return {item.submitter_id, *authors}


def _signers_among_writers(item: Item) -> dict[str, str]:
    """A problem for the form when somebody who decided on an earlier version is now named as an author."""
    signed = item.decisions.signed()
    answered = {*signed.values_list("by", flat=True), *signed.values_list("acting_for", flat=True)}
    signers = User.objects.filter(pk__in=answered & _writers(item))
    if not signers:
        return {}
    names = "、".join(sorted(signer.display_name for signer in signers))
    problem = _("%(names)s already decided on this item and cannot be its author: take the name off.")
    return {"authors": problem % {"names": names}}


def _remember_writers(item: Item) -> None:
    Writer.objects.bulk_create(
        (Writer(item=item, user_id=pk) for pk in sorted(_writers(item))), ignore_conflicts=True
    )


def _pass_over_empty_levels(item: Item, version: Version, now: datetime) -> None:
    """Record a recusal at every level from here on that nobody may decide at."""
    while item.status in LEVELS and not anybody_decides(item, LEVELS[Status(item.status)], now):
        step = step_for(road_of(item), item.status, Action.RECUSE)
        move(item, step, None, version, read=item.version, now=now)
