"""Who is told of a step, in the transaction of the step; whoever took it needs no notice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from notices.enums import Kind
from notices.services import tell
from reviews.chain import FINAL, LEVELS
from reviews.enums import APPROVING, RETURNING, Action
from reviews.models import Decision
from reviews.people import waits_for, writers_of
from reviews.returns.points import Point, in_short
from reviews.signatures import signers_of_other_texts
from reviews.wording import role_at
from submissions.models import Item


def tell_of_step(item: Item, decision: Decision, now: datetime, points: Sequence[Point] = ()) -> None:
    """Tell of `decision`, after which `item` stands where it stands: those it now waits for, its writers,
    and those who signed what was sent back or changed since."""
    if decision.action in RETURNING:
        _tell_of_return(item, decision, now, points)
    elif decision.action in APPROVING:
        _tell_of_approval(item, decision, now)
    if item.status in LEVELS and item.status != decision.source:
        _tell_those_it_waits_for(item, decision, now, points)
    if decision.action == Action.SUBMIT:
        tell_of_change(item, decision, now)


def tell_of_change(item: Item, decision: Decision, now: datetime) -> None:
    """Tell those whose signatures were given to another text than that of `decision`, where it differs."""
    current = decision.version
    text = _("“%(title)s”, which you signed, was changed: your signature of the version before is void.")
    _tell(
        signers_of_other_texts(item, current),
        decision,
        Kind.CHANGED,
        text % {"title": item},
        now=now,
        link=reverse("reviews:version-compare", args=[item.pk, current.number - 1, current.number]),
    )


def _tell_those_it_waits_for(item: Item, decision: Decision, now: datetime, points: Sequence[Point]) -> None:
    shown = {"title": item, "unit": item.unit, "role": role_at(item.status), "name": decision.by}
    if decision.action == Action.SEND_BACK:
        text = _("%(name)s sent “%(title)s” back to you: %(why)s")
        shown["why"] = _why(decision, points)
    else:
        text = _("“%(title)s” of %(unit)s waits for the %(role)s.")
    link = reverse("reviews:item-decide", args=[item.pk])
    _tell(waits_for(item, now), decision, Kind.ARRIVED, text % shown, now=now, link=link)


def _tell_of_return(item: Item, decision: Decision, now: datetime, points: Sequence[Point]) -> None:
    shown = {"title": str(item), "role": role_at(decision.source), "why": _why(decision, points)}
    if decision.action == Action.RETURN:
        text = _("The %(role)s returned “%(title)s”: %(why)s")
        _tell(writers_of(item, now), decision, Kind.RETURNED, text % shown, now=now)
        text = _("“%(title)s”, which you signed, was returned to its writers by the %(role)s: %(why)s")
    else:
        text = _("“%(title)s”, which you signed, was sent back by the %(role)s: %(why)s")
    approved = item.decisions.signed().filter(action__in=APPROVING)
    signers = User.objects.filter(pk__in=approved.values("by"))
    if decision.action == Action.SEND_BACK:
        signers = signers.exclude(pk__in=[person.pk for person in waits_for(item, now)])
    _tell(signers, decision, Kind.CHANGED, text % shown, now=now)


def _tell_of_approval(item: Item, decision: Decision, now: datetime) -> None:
    if item.status == FINAL:
        kind, text, shown = Kind.ISSUED, _("“%(title)s” has been issued."), {"title": str(item)}
    else:
        kind, text = Kind.MOVED, _("“%(title)s” is passed and on to the %(role)s.")
        shown = {"title": str(item), "role": role_at(item.status)}
    _tell(writers_of(item, now), decision, kind, text % shown, now=now)


def _why(decision: Decision, points: Sequence[Point]) -> str:
    """The comment and the points, in one line."""
    said, asked = " ".join(decision.comment.split()), in_short(points)
    return f"{said.rstrip('。；')}；{asked}" if said and asked else said or asked


def _tell(
    people: Iterable[User], decision: Decision, kind: Kind, text: str, *, now: datetime, link: str = ""
) -> None:
    item = decision.item
    others = [person for person in people if person.pk != decision.by_id]
    if not others:
        return
    tell(
        others,
        kind=kind,
        subject=f"item:{item.pk}",
        text=text,
        about=item.number or "",
        link=link or reverse("submissions:item-detail", args=[item.pk]),
        key=f"step:{decision.pk}:{kind}",
        now=now,
    )
