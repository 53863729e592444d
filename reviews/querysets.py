"""Questions about decisions, and about who has to make them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, Subquery
from django.utils import timezone

from accounts.models import RoleGrant, StandIn, Unit, User
from accounts.querysets import RoleGrantQuerySet, UserQuerySet, acting_now, below, grants_today
from reviews.chain import LEVELS
from reviews.enums import SIGNING
from reviews.involvement import Involvement
from submissions.models import Item
from submissions.querysets import ItemQuerySet

if TYPE_CHECKING:
    from reviews.chain import Level
    from reviews.models import Decision


class DecisionQuerySet(models.QuerySet["Decision"]):
    def signed(self) -> DecisionQuerySet:
        """Decisions by which a person answers for a level: filing, withdrawing and recusal are none, and
        what was undone answers for nothing."""
        return self.filter(action__in=SIGNING, undone_by__isnull=True)

    def answered_by(self, person: User | OuterRef) -> DecisionQuerySet:
        """Signed by this person, or in their name by a stand-in."""
        return self.signed().filter(Q(by=person) | Q(acting_for=person))

    def last_by(self, person: User) -> Decision | None:
        """The latest decision this person answers for, with the version it was made on."""
        return self.signed().filter(by=person).select_related("version").order_by("at", "pk").last()

    def newest_first(self) -> DecisionQuerySet:
        return self.select_related("item__unit", "version", "acting_for").order_by("-at", "-pk")

    def in_order(self) -> DecisionQuerySet:
        decisions = self.select_related("by", "acting_for", "version", "undone_by")
        decisions = decisions.prefetch_related("points", "marked_files")
        return decisions.order_by("at", "pk")


# One rule asked from three sides: who decides here, what waits for me, what waits for nobody.
# In are the holders of the level's role for the item's unit: a unit head's reaches the units below the own
# one, the others are held for the whole office. Out is whoever has an `Involvement` in the item other than at
# this very level. Whoever stands in for one of those who remain may decide as well, unless they are out
# themselves; so a level is empty when nobody may decide there in their own right.


def deciders(
    item: Item, level: Level, now: datetime, *, signing: Iterable[User] = (), at_once: bool = False
) -> UserQuerySet:
    """The people who may decide on `item` at `level` at this moment, stand-ins among them.

    `signing` are people about to answer for another level, who are out as if they had. Asked in small steps,
    which costs far less than one query with all of it inside; `at_once` makes that one query, for a union
    over many items.
    """
    people: UserQuerySet
    able = _able(item, level, now, signing)
    acting = StandIn.objects.at(now)
    if at_once:
        people = User.objects.filter(
            Q(pk__in=able) | Q(pk__in=acting.filter(absent__in=able).values("stand_in"))
        )
        return people.exclude(_out(item, level, signing))
    ids = list(able.values_list("pk", flat=True))
    stand_ins = list(acting.filter(absent__in=ids).values_list("stand_in", flat=True)) if ids else []
    people = User.objects.filter(pk__in=[*ids, *stand_ins])
    return people.exclude(_out(item, level, signing)) if stand_ins else people


def anybody_decides(item: Item, level: Level, now: datetime, *, signing: Iterable[User] = ()) -> bool:
    """Whether there are `deciders`, in one query: without people in their own right there are no others."""
    return _able(item, level, now, signing).exists()


def in_whose_name(item: Item, level: Level, person: User, now: datetime) -> User | None:
    """In whose name this person may decide: their own, that of somebody they stand in for, or, None, in
    nobody's."""
    able = _able(item, level, now, ())
    if able.filter(pk=person.pk).exists():
        return person
    acting = StandIn.objects.at(now).filter(absent__in=able, stand_in=person).select_related("absent")
    first = acting.order_by("pk").first()
    if first is None or User.objects.filter(_out(item, level, ()), pk=person.pk).exists():
        return None
    return first.absent


def _able(item: Item, level: Level, now: datetime, signing: Iterable[User]) -> UserQuerySet:
    grants = RoleGrant.objects.on(timezone.localdate(now)).filter(unit__in=item.unit.line)
    return _holders(level, grants).exclude(_out(item, level, signing))


def _out(item: Item, level: Level, signing: Iterable[User]) -> Q:
    """Who may not decide on the item at the level, whatever they hold."""
    elsewhere = Involvement.objects.filter(item=item).exclude(level=level.waiting)
    return Q(pk__in=elsewhere.values("user")) | Q(pk__in=[person.pk for person in signing])


def _holders(level: Level, grants: RoleGrantQuerySet) -> UserQuerySet:
    """Active people who hold one of these grants of the level's role."""
    holders: UserQuerySet = User.objects.filter(
        is_active=True, pk__in=grants.filter(role=level.role).values("user")
    )
    return holders


def inbox(user: User) -> ItemQuerySet:
    """The items that wait for this person: urgent ones first, then the longest waiting.

    An item that was assigned to one of several holders of its level waits for nobody else.
    """
    items = _open_to(user).filter(Q(assigned__isnull=True) | ~_with_others(user))
    return items.order_by("-urgent", "status_since", "pk")


def handed_to_others(user: User) -> ItemQuerySet:
    """The items that would wait for this person, had they not been assigned to somebody else."""
    items = _open_to(user).filter(_with_others(user) & Q(assigned__isnull=False))
    return items.annotate(assignee=_assignee()).order_by("status_since", "pk")


def _open_to(user: User) -> ItemQuerySet:
    acting = acting_now(user)
    waiting = _at_levels_of(grants_today(user)) & _unhindered(user)
    for absent in {grant.user for grant in acting}:
        held = [grant for grant in acting if grant.user == absent]
        waiting |= _at_levels_of(held) & _unhindered(user) & _unhindered(absent)
    return Item.objects.filter(waiting, office=user.office).alias(assigned=_assignee())


def _with_others(user: User) -> Q:
    mine = {user.pk, *(grant.user_id for grant in acting_now(user))}
    return ~Q(assigned__in=mine) & _taken_by_assignee(user.office, timezone.now())


def _at_levels_of(grants: Iterable[RoleGrant]) -> Q:
    """At a level whose role one of these grants gives for the item's unit."""
    grants, at_levels = list(grants), Q(pk__in=[])
    for waiting, level in LEVELS.items():
        held = [grant.unit.path for grant in grants if grant.role == level.role]
        if held:
            at_levels |= Q(below(held, "unit__path"), status=waiting)
    return at_levels


def _unhindered(person: User) -> Q:
    """Items in which the person has no part but at the level where they wait."""
    elsewhere = Involvement.objects.filter(item=OuterRef("pk"), user=person)
    return Q(~Exists(elsewhere.exclude(level=OuterRef("status"))))


def _assignee() -> Subquery:
    """To whom the item was handed at the level where it stands, since it arrived there."""
    rows = apps.get_model("reviews", "Assignment").objects.filter(
        item=OuterRef("pk"), level=OuterRef("status"), at__gte=OuterRef("status_since")
    )
    return Subquery(rows.order_by("-at", "-pk").values("person")[:1])


def _taken_by_assignee(office: Unit, now: datetime) -> Q:
    """The assignee still holds the level's role: nobody else needs to look after the item."""
    grants = RoleGrant.objects.on(timezone.localdate(now)).filter(unit__office=office)
    taken = Q(pk__in=[])
    for waiting, level in LEVELS.items():
        taken |= Q(status=waiting, assigned__in=_holders(level, grants).values("pk"))
    return taken


def unattended(office: Unit, now: datetime) -> ItemQuerySet:
    """Items in review at a level where nobody may decide any more, the longest waiting first.

    Filing passes such levels over; an item comes to stand at one when a role ends while it waits.
    """
    of_item = ExpressionWrapper(OuterRef(OuterRef("unit__path")), output_field=CharField())
    grants = RoleGrant.objects.on(timezone.localdate(now)).filter(unit__office=office)
    grants = grants.alias(of_item=of_item).filter(of_item__startswith=F("unit__path"))
    involved = Involvement.objects.filter(item=OuterRef(OuterRef("pk")), user=OuterRef("pk"))
    from_levels = Q(pk__in=[])
    for waiting, level in LEVELS.items():
        able = _holders(level, grants).exclude(Exists(involved.exclude(level=waiting)))
        from_levels |= Q(~Exists(able), status=waiting)
    return Item.objects.filter(from_levels, office=office).order_by("-urgent", "status_since", "pk")
