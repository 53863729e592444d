"""Questions about decisions, and about who has to make them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from accounts.querysets import UserQuerySet, grants_today
from reviews.chain import LEVELS
from reviews.enums import SIGNING
from submissions.models import Item
from submissions.querysets import ItemQuerySet

if TYPE_CHECKING:
    from reviews.chain import Level
    from reviews.models import Decision


class DecisionQuerySet(models.QuerySet["Decision"]):
    def signed(self) -> DecisionQuerySet:
        """Decisions by which a person answered for a level: filing, withdrawing and recusal are none."""
        return self.filter(action__in=SIGNING)

    def in_order(self) -> DecisionQuerySet:
        return self.select_related("by", "version").order_by("at", "pk")


def deciders(item: Item, level: Level, day: date) -> UserQuerySet:
    """The people who may decide on `item` at `level`: its role's holders, less the item's own writers
    and those who already answered for another level of it."""
    own = Q(pk=item.submitter_id) | Q(authorships__item=item)
    elsewhere = Q(pk__in=item.decisions.signed().exclude(source=level.waiting).values("by"))
    holders: UserQuerySet = User.objects.holding(level.role, item.office, day)
    return holders.exclude(own).exclude(elsewhere)


def inbox(user: User) -> ItemQuerySet:
    """The items that wait for this person: urgent ones first, then the longest waiting."""
    from_levels = Q(pk__in=[])
    held = {grant.role for grant in grants_today(user)}
    for waiting, level in LEVELS.items():
        if level.role in held:
            answered = user.decisions.filter(item=OuterRef("pk"), action__in=SIGNING).exclude(source=waiting)
            from_levels |= Q(status=waiting) & ~Exists(answered)
    return (
        Item.objects.filter(from_levels, office=user.office)
        .exclude(submitter=user)
        .exclude(pk__in=user.authorships.values("item"))
        .order_by("-urgent", "status_since", "pk")
    )
