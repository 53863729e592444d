"""The verdict of the separate secrecy review."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services.audit import record
from notices.enums import Kind
from notices.services import tell
from reviews.models import SecrecyReview
from reviews.people import waits_for, writers_of
from reviews.secrecy.questions import SECRECY_QUESTIONS
from reviews.secrecy.rules import may_review_secrecy, secrecy_reviewers_for
from reviews.steps.moving import Overtaken, TextChanged
from submissions.enums import IN_REVIEW
from submissions.models import Item


@transaction.atomic
def review_secrecy(
    *,
    item: Item,
    version: int,
    answers: Mapping[str, bool],
    clear: bool,
    comment: str,
    by: User,
    now: datetime,
) -> SecrecyReview:
    """Judge a version: every question is answered with yes or no, and the verdict says whether it may be
    published. What is not clear is told to its writers and to those it waits for, what is clear to the
    latter alone.

    Raises Overtaken or TextChanged when the item has moved on, PermissionDenied when `by` may not judge it,
    ValidationError when an answer or a needed comment is missing.
    """
    item = Item.objects.select_for_update(of=["self"]).select_related("unit", "office").get(pk=item.pk)
    if item.status not in IN_REVIEW:
        raise Overtaken
    if item.version != version:
        raise TextChanged(version, item.version)
    if not may_review_secrecy(by, item, now):
        raise PermissionDenied(
            _("The secrecy review is for somebody who neither wrote nor decides on the item.")
        )
    if set(answers) != set(SECRECY_QUESTIONS):
        raise ValidationError(_("Answer every question."))
    if not comment.strip() and (not clear or any(answers.values())):
        raise ValidationError({"comment": _("Say what it is, and why it may or may not be published.")})
    verdict = SecrecyReview.objects.create(
        item=item,
        version=item.versions.get(number=version),
        answers=dict(answers),
        clear=clear,
        comment=comment.strip(),
        by=by,
        at=now,
    )
    detail = {"version": version, "accepted": clear}
    record(actor=by, action="item.secrecy", target=item, office=item.office, now=now, detail=detail)
    _tell_of_verdict(verdict, now)
    return verdict


def _tell_of_verdict(verdict: SecrecyReview, now: datetime) -> None:
    item, shown = verdict.item, {"title": verdict.item, "name": verdict.by, "why": verdict.comment}
    people = set(waits_for(item, now))
    if verdict.clear:
        text = _("The secrecy review of “%(title)s” found nothing against publishing it.")
    else:
        text = _("The secrecy review of “%(title)s” is against publishing it: %(why)s")
        people |= set(writers_of(item, now))
    tell(
        people - {verdict.by},
        kind=Kind.MOVED if verdict.clear else Kind.CHANGED,
        subject=f"item:{item.pk}",
        text=text % shown,
        about=item.number or "",
        link=reverse("submissions:item-detail", args=[item.pk]),
        key=f"secrecy:{verdict.pk}",
        now=now,
    )


def tell_secrecy_reviewers(item: Item, now: datetime) -> None:
    """Call a new version of an item that needs its secrecy review to the attention of those who give it."""
    tell(
        secrecy_reviewers_for(item, now),
        kind=Kind.ARRIVED,
        subject=f"item:{item.pk}",
        text=_("“%(title)s” of %(unit)s waits for its secrecy review.") % {"title": item, "unit": item.unit},
        about=item.number or "",
        link=reverse("reviews:secrecy-review", args=[item.pk]),
        key=f"secrecy-wanted:{item.pk}:{item.version}",
        now=now,
    )
