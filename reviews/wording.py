"""What happened to an item, what comes next and why not, in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import User
from accounts.querysets import acting_now
from reviews.chain import LEVELS
from reviews.checklists import in_words
from reviews.enums import Action
from reviews.models import Decision, MarkedFile
from reviews.returns.points import point_in_words
from reviews.rules import LevelAhead, has_written, holds_level
from reviews.signatures import void_note
from submissions.enums import RETURNED, ReviewLevel, Status
from submissions.models import Item, Version


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One entry of `components/timeline.html`."""

    code: str
    label: str
    who: str
    post: str
    when: datetime
    text: str
    extra: str
    #: Why it no longer counts; "" while it does.
    void: str = ""
    files: Sequence[MarkedFile] = ()


def level_name(status: str) -> str:
    """The level of review an item waits at, as offices count them: 一审、二审、三审、集体审定."""
    return {
        Status.UNIT_REVIEW: _("The unit's own check"),
        Status.SECTION_REVIEW: _("First review"),
        Status.SUPERVISING_REVIEW: _("Second review"),
        Status.PRINCIPAL_REVIEW: _("Third review"),
        Status.GROUP_REVIEW: _("Review by the leading group"),
        Status.MEETING_REVIEW: _("Review by the director's meeting"),
    }.get(Status(status), "")


def role_at(status: str) -> str:
    """Who decides where the item waits, e.g. 分管领导."""
    if status == Status.MEETING_REVIEW:
        return str(ReviewLevel.MEETING.label)
    return str(LEVELS[Status(status)].role.label)


def whereto(target: str) -> str:
    """Where a step brought the item, e.g. 转分管领导审核."""
    if target in LEVELS:
        return _("on to the %(role)s") % {"role": role_at(target)}
    if target in RETURNED:
        return _("back to the writers for revision")
    return _("issued") if target == Status.ISSUED else ""


def history_line(decision: Decision, current: Version | None = None) -> HistoryLine:
    """`current` is the text as filed last: a signature given to another one no longer counts."""
    action = Action(decision.action)
    label, text = str(action.label), decision.comment
    if action == Action.SUBMIT and decision.source in RETURNED:
        label = _("Filed again after revision")
    elif action == Action.RECUSE:
        text = _("Nobody else may decide at this level, so it is passed over.")
    asked = sorted(decision.points.all(), key=lambda point: point.position)
    text = "\n".join([text, *(f"{n}. {point_in_words(each)}" for n, each in enumerate(asked, 1))]).strip()
    version = _("version %(number)s") % {"number": decision.version.number}
    stays = action in {Action.ISSUE, Action.EDIT}
    going = "" if stays else whereto(decision.target)
    looked_at = "、".join(in_words(decision.source, decision.checked))
    checked = _("looked at: %(points)s") % {"points": looked_at} if looked_at else ""
    return HistoryLine(
        code=_tone(action, decision.target),
        label=label,
        who=signer(decision),
        post=str(Role(decision.role).label) if decision.role != Role.AUTHOR else "",
        when=decision.at,
        text=text,
        extra=" · ".join(part for part in (version, going, checked) if part),
        void=undone_note(decision) or (void_note(decision, current) if current else ""),
        files=list(decision.marked_files.all()),
    )


def undone_note(decision: Decision) -> str:
    """When a decision was taken back; "" for one that stands. Ask it of rows of `in_order`."""
    undone = getattr(decision, "undone_by", None)
    if undone is None:
        return ""
    return _("Taken back at %(time)s; it counts for nothing.") % {
        "time": f"{timezone.localtime(undone.at):%H:%M}"
    }


def signer(decision: Decision) -> str:
    """Who did it, and for whom: 王某（代李某）."""
    if decision.by is None:
        return ""
    if decision.acting_for is None:
        return decision.by.display_name
    names = {"name": decision.by.display_name, "absent": decision.acting_for.display_name}
    return _("%(name)s (for %(absent)s)") % names


def _tone(action: Action, target: str) -> str:
    """The status code whose colour and shape fit the act."""
    if action in {Action.PASS, Action.ISSUE}:
        return Status.ISSUED.value
    if action in {Action.UNDO, Action.EDIT}:
        return Status.WITHDRAWN.value
    return "recused" if action == Action.RECUSE else target


def filed(item: Item) -> str:
    """What filing has brought about."""
    shown = {"title": str(item), "number": item.number, "role": role_at(item.status)}
    return _("“%(title)s” is filed as %(number)s and waits for the %(role)s.") % shown


def cannot_withdraw(item: Item) -> str:
    if item.status not in LEVELS:
        return _("This item is not in review now: %(status)s.") % {"status": item.get_status_display()}
    return _(
        "Somebody has decided on this item already, so it cannot be withdrawn. "
        "If it must be revised, ask the %(role)s to return it."
    ) % {"role": role_at(item.status)}


def outcome(item: Item, steps: Sequence[Decision]) -> str:
    """Where the item went after a decision and the recusals that followed it (`steps`, in order)."""
    shown = {"title": str(item), "roles": _named(step.role for step in steps[1:])}
    action = steps[0].action
    if action == Action.RETURN:
        return _("“%(title)s” has gone back to its writers for revision.") % shown
    if action == Action.SEND_BACK:
        shown["role"] = role_at(steps[0].target)
        return _("“%(title)s” has gone back to the %(role)s.") % shown
    if action == Action.ISSUE:
        return _("“%(title)s” has been issued.") % shown
    target = steps[-1].target
    if target == Status.ISSUED:
        return _("“%(title)s” is passed and issued: %(roles)s had nobody else to decide.") % shown
    shown["role"] = role_at(target)
    if steps[1:]:
        return _("“%(title)s” is passed and on to the %(role)s; %(roles)s had nobody else to decide.") % shown
    return _("“%(title)s” is passed and on to the %(role)s.") % shown


def after_approval(ahead: Sequence[LevelAhead]) -> str:
    """What a person's approval will bring about; `ahead` begins with their own level."""
    later = ahead[1:]
    open_levels = [step for step in later if not step.recused]
    if not later:
        return _("With your signature the item is issued.")
    if not open_levels:
        roles = _named(step.level.role for step in later)
        return _("With your approval the item is issued: %(roles)s have nobody else to decide.") % {
            "roles": roles
        }
    return _("After your approval it goes to the %(role)s.") % {"role": open_levels[0].level.role.label}


def refusal(user: User, item: Item) -> str:
    """Why the person, who may not decide on the item now, may not."""
    if item.status not in LEVELS:
        return _("This item is not in review now: %(status)s.") % {"status": item.get_status_display()}
    if not holds_level(user, item):
        return _("This item waits for the %(role)s, not for you.") % {"role": role_at(item.status)}
    if has_written(user, item):
        return _("You filed or wrote this item, so somebody else decides on it.")
    if item.decisions.answered_by(user).exists():
        return _(
            "You have already decided on this item at another level; "
            "nobody decides at two levels of one item."
        )
    if item.secrecy_reviews.filter(by=user).exists():
        return _("You have reviewed this item for secrets, so somebody else decides on it.")
    if acting_now(user):
        return _("Whom you stand in for wrote this item or has decided on it: neither of you decides here.")
    return _("This step is not yours to take.")


def nobody_can_decide(roles: Iterable[Role], administrators: Iterable[User]) -> str:
    """What to do when no level could decide on an item that is being filed."""
    names = "、".join(person.display_name for person in administrators)
    shown = {"roles": _named(roles), "names": names or _("the office administrator")}
    return (
        _(
            "The text is saved but not filed, because nobody could review it: each of the roles "
            "%(roles)s is held only by people who wrote it, or by nobody. "
            "Ask %(names)s to give one of these roles to somebody else, then file again."
        )
        % shown
    )


def level_is_empty(roles: Iterable[Role]) -> str:
    """Why an item cannot go to a level: back to one, or past the last one of its road."""
    return _(
        "Nobody may decide on this item as %(roles)s, so it stays where it is. Ask the office administrator "
        "to give the role to somebody else."
    ) % {"roles": _named(roles)}


def unattended(item: Item) -> str:
    """What to do about an item that waits at a level where nobody may decide any more."""
    return _(
        "At present nobody may decide on this item as %(role)s. The office administrator has to give "
        "the role to somebody who neither wrote it nor decided on it before."
    ) % {"role": role_at(item.status)}


def _named(roles: Iterable[str]) -> str:
    return "、".join(dict.fromkeys(str(Role(role).label) for role in roles))
