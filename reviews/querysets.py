"""Questions about decisions, and about who has to make them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q
from django.utils import timezone

from accounts.models import RoleGrant, Unit, User
from accounts.querysets import RoleGrantQuerySet, UserQuerySet, below, grants_today
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

    def last_by(self, person: User) -> Decision | None:
        """The latest decision this person answers for, with the version it was made on."""
        return self.signed().filter(by=person).select_related("version").order_by("at", "pk").last()

    def newest_first(self) -> DecisionQuerySet:
        return self.select_related("item__unit", "version").order_by("-at", "-pk")

    def in_order(self) -> DecisionQuerySet:
        return self.select_related("by", "version").order_by("at", "pk")


# One rule asked from three sides: who decides here, what waits for me, what waits for nobody.
# In are the holders of the level's role for the item's unit: a unit head's reaches the units below the own
# one, the others are held for the whole office. Out are the submitter, the authors, whoever was one of them
# when a version was filed, and whoever answered for another level of the item.


def deciders(item: Item, level: Level, now: datetime) -> UserQuerySet:
    """The people who may decide on `item` at `level`: its role's holders, less the item's own writers
    and those who already answered for another level of it."""
    writers = (
        Q(pk=item.submitter_id)
        | Q(pk__in=item.authorships.filter(user__isnull=False).values("user"))
        | Q(pk__in=item.writers.values("user"))
    )
    elsewhere = Q(pk__in=item.decisions.signed().exclude(source=level.waiting).values("by"))
    grants = RoleGrant.objects.on(timezone.localdate(now)).filter(unit__in=item.unit.line)
    return _holders(level, grants).exclude(writers).exclude(elsewhere)


def _holders(level: Level, grants: RoleGrantQuerySet) -> UserQuerySet:
    """Active people who hold one of these grants of the level's role."""
    holders: UserQuerySet = User.objects.filter(
        is_active=True, pk__in=grants.filter(role=level.role).values("user")
    )
    return holders


def inbox(user: User) -> ItemQuerySet:
    """The items that wait for this person: urgent ones first, then the longest waiting."""
    from_levels = Q(pk__in=[])
    for waiting, level in LEVELS.items():
        held = [grant.unit.path for grant in grants_today(user) if grant.role == level.role]
        if held:
            answered = user.decisions.filter(item=OuterRef("pk"), action__in=SIGNING).exclude(source=waiting)
            from_levels |= Q(~Exists(answered), below(held, "unit__path"), status=waiting)
    return (
        Item.objects.filter(from_levels, office=user.office)
        .exclude(submitter=user)
        .exclude(pk__in=user.authorships.values("item"))
        .exclude(pk__in=user.writings.values("item"))
        .order_by("-urgent", "status_since", "pk")
    )


def unattended(office: Unit, now: datetime) -> ItemQuerySet:
    """Items in review at a level where nobody may decide any more, the longest waiting first.

    Filing passes such levels over; an item comes to stand at one when a role ends while it waits.
    """
    this_item = Item.objects.filter(pk=OuterRef(OuterRef("pk")))
    person = OuterRef("pk")
    of_item = ExpressionWrapper(OuterRef(OuterRef("unit__path")), output_field=CharField())
    grants = RoleGrant.objects.on(timezone.localdate(now)).filter(unit__office=office)
    grants = grants.alias(of_item=of_item).filter(of_item__startswith=F("unit__path"))
    wrote = this_item.filter(Q(submitter=person) | Q(authorships__user=person) | Q(writers__user=person))
    from_levels = Q(pk__in=[])
    for waiting, level in LEVELS.items():
        elsewhere = this_item.filter(
            decisions__by=person, decisions__action__in=SIGNING, decisions__source__in=set(LEVELS) - {waiting}
        )
        able = _holders(level, grants).exclude(Exists(wrote) | Exists(elsewhere))
        from_levels |= Q(~Exists(able), status=waiting)
    return Item.objects.filter(from_levels, office=office).order_by("-urgent", "status_since", "pk")
