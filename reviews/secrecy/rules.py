"""The separate secrecy review (保密审查): which items need it, whether they have it, who may give it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Unit, User
from accounts.rules import has_role
from reviews.chain import is_at_last_level, onward, road_of
from reviews.enums import Secrecy
from reviews.involvement import SECRECY, Involvement
from reviews.models import SecrecyReview
from reviews.office_settings.queries import rule_of
from reviews.querysets import deciders
from reviews.rules import is_reviewer
from submissions.checks.findings import Severity
from submissions.enums import IN_REVIEW, Route
from submissions.models import Item, Version
from submissions.querysets import ItemQuerySet


def needs_secrecy_review(item: Item) -> bool:
    """Whether the office wants this item, as it was filed last, reviewed for secrets before it is issued."""
    return Item.objects.filter(_wanted(item.office), pk=item.pk).exists()


def last_secrecy_review(item: Item) -> SecrecyReview | None:
    """The verdict on the current version; one on an earlier text says nothing of this one."""
    reviews = item.secrecy_reviews.filter(version__number=item.version)
    return reviews.select_related("by", "version").order_by("-at", "-pk").first()


def is_awaiting_secrecy_review(item: Item) -> bool:
    """Whether it needs a clear verdict that it does not have."""
    if not needs_secrecy_review(item):
        return False
    verdict = last_secrecy_review(item)
    return verdict is None or not verdict.clear


def secrecy_reviewers_for(item: Item, now: datetime) -> list[User]:
    """Who may give the verdict that the current text of an item in review needs and has not had."""
    if not _unjudged(item.office).filter(pk=item.pk).exists():
        return []
    holders = User.objects.holding(Role.SECRECY_REVIEWER, item.office, timezone.localdate(now))
    return [person for person in holders.order_by("pk") if may_review_secrecy(person, item, now)]


def is_secrecy_reviewer(user: User) -> bool:
    return has_role(user, Role.SECRECY_REVIEWER)


def may_review_secrecy(user: User, item: Item, now: datetime) -> bool:
    """A secrecy reviewer who neither wrote the item, nor answered for a level of it, nor would decide at one
    that is still ahead."""
    return (
        is_secrecy_reviewer(user)
        and item.office_id == user.unit.office_id
        and item.status in IN_REVIEW
        and not item.involved.filter(user=user).exclude(level=SECRECY).exists()
        and not _decides_ahead(user, item, now)
    )


def secrecy_inbox(user: User, now: datetime) -> ItemQuerySet:
    """The items in review whose current version waits for a verdict that this person may give."""
    if not is_secrecy_reviewer(user):
        return Item.objects.none()
    involved = Involvement.objects.filter(item=OuterRef("pk"), user=user).exclude(level=SECRECY)
    items = _unjudged(user.office).filter(~Exists(involved))
    if is_reviewer(user):
        free = [each.pk for each in items.select_related("unit") if not _decides_ahead(user, each, now)]
        items = Item.objects.filter(pk__in=free)
    return items.order_by("-urgent", "submitted_at", "pk")


def waiting_for_secrecy_review(items: Iterable[Item]) -> set[int]:
    """Which of these items of one office stand at the level that issues them and wait for a verdict there."""
    last = [item for item in items if item.status in IN_REVIEW and is_at_last_level(item)]
    if not last:
        return set()
    unjudged = _unjudged(last[0].office).filter(pk__in=[item.pk for item in last])
    return set(unjudged.values_list("pk", flat=True))


def _unjudged(office: Unit) -> ItemQuerySet:
    """The office's items in review whose current text needs a verdict and has had none."""
    judged = SecrecyReview.objects.filter(item=OuterRef("pk"), version__number=OuterRef("version"))
    return Item.objects.filter(_wanted(office), ~Exists(judged), office=office).in_review()


def _wanted(office: Unit) -> Q:
    rule = rule_of(office).secrecy
    if rule == Secrecy.ALL:
        return Q()
    if rule == Secrecy.NONE:
        return Q(pk__in=[])
    important = Q(route=Route.IMPORTANT)
    if rule == Secrecy.IMPORTANT:
        return important
    places = [{"severity": Severity.STATEMENT.value}]
    found = Version.objects.filter(number=F("item__version"), findings__contains=places)
    return important | Q(pk__in=found.filter(item__office=office).values("item"))


def _decides_ahead(user: User, item: Item, now: datetime) -> bool:
    levels = onward(road_of(item), item.status)
    return any(deciders(item, level, now).filter(pk=user.pk).exists() for level in levels)
