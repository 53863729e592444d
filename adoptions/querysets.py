"""Questions about outlets, adoptions and events."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, When
from django.db.models.functions import Coalesce

from accounts.querysets import below, scope_of
from adoptions.entries.querysets import EntryQuerySet
from adoptions.enums import PENALTIES, OutletLevel

if TYPE_CHECKING:
    from accounts.models import Unit, User
    from adoptions.models import Adoption, Event, Outlet


def level_order(field: str) -> Case:
    """The place of a level, from the centre down."""
    return Case(*(When(**{field: level}, then=place) for place, level in enumerate(OutletLevel)))


class OutletQuerySet(models.QuerySet["Outlet"]):
    def of_office(self, office: Unit) -> OutletQuerySet:
        return self.filter(office=office)

    def active_on(self, day: date) -> OutletQuerySet:
        return self.filter(Q(active_to__isnull=True) | Q(active_to__gte=day), active_from__lte=day)

    def during(self, first: date, end: date) -> OutletQuerySet:
        """Those active on a day from `first` to before `end`."""
        return self.filter(Q(active_to__isnull=True) | Q(active_to__gte=first), active_from__lt=end)

    def in_order(self) -> OutletQuerySet:
        """From the centre down, by name; of one name the present one first."""
        return self.order_by(level_order("level"), "name", "-active_from")

    def with_level_order(self) -> OutletQuerySet:
        """`level_order`: 0 for central outlets, then down."""
        return self.alias(level_order=level_order("level"))


class AdoptionQuerySet(EntryQuerySet["Adoption"]):
    def visible_to(self, user: User) -> AdoptionQuerySet:
        """Adoptions of the own office that are credited to a unit the person sees, or of an item from one."""
        scope = scope_of(user)
        credited = self.model.objects.filter(below(scope, "credits__unit__path"), pk=OuterRef("pk"))
        return self.filter(Exists(credited) | below(scope, "item__unit__path"), item__office=user.office)

    def of_office(self, office: Unit) -> AdoptionQuerySet:
        return self.filter(item__office=office)

    def counted(self) -> AdoptionQuerySet:
        """Adoptions that count: standing, and proven by a link, a file or the imported ledger."""
        return self.standing().exclude(link="", proof_file="", ledger__isnull=True)

    def unproven(self) -> AdoptionQuerySet:
        """Standing adoptions that do not count yet: no link, no file, no ledger."""
        return self.standing().filter(link="", proof_file="", ledger__isnull=True)

    def with_order(self) -> AdoptionQuerySet:
        """`level_order`: 0 for central outlets, then down."""
        return self.alias(level_order=level_order("outlet__level"))

    def with_parts(self) -> AdoptionQuerySet:
        """Everything a row of a list shows, in a fixed number of queries."""
        items = self.select_related("item__unit", "item__submitter", "outlet")
        return items.prefetch_related("credits__unit", "item__authorships")

    def in_full(self) -> AdoptionQuerySet:
        """Everything that the page of one adoption shows but credits and corrections, in one query."""
        return self.select_related(
            "item__office", "item__unit", "outlet", "ledger", "registered_by", "revoked_by"
        )


class EventQuerySet(EntryQuerySet["Event"]):
    def visible_to(self, user: User) -> EventQuerySet:
        """Events of the own office on a unit the person sees, or on an item of one or credited to one."""
        scope = scope_of(user)
        credited = self.model.objects.filter(
            below(scope, "item__adoptions__credits__unit__path"),
            item__adoptions__revoked_at__isnull=True,
            pk=OuterRef("pk"),
        )
        theirs = below(scope, "unit__path") | below(scope, "item__unit__path") | Exists(credited)
        return self.filter(theirs, office=user.office)

    def of_office(self, office: Unit) -> EventQuerySet:
        return self.filter(office=office)

    def counted(self) -> EventQuerySet:
        """Events that count: all that were not revoked, also when their item was withdrawn since."""
        return self.standing()

    def costing(self) -> EventQuerySet:
        """Events that cost points, or may."""
        return self.filter(kind__in=sorted(PENALTIES))

    def earning(self) -> EventQuerySet:
        return self.exclude(kind__in=sorted(PENALTIES))

    def with_parts(self) -> EventQuerySet:
        """Everything a row of a list shows, in one query."""
        return self.select_related("item__unit", "unit", "registered_by")

    def in_full(self) -> EventQuerySet:
        """Everything that the page of one event shows but corrections, in one query."""
        return self.select_related("office", "item__unit", "unit", "registered_by", "revoked_by")

    def with_order(self) -> EventQuerySet:
        """`level_order` (0 for the centre, then down; null without a level), and the place and code of the
        unit concerned, which is the item's where the event is of one."""
        return self.alias(
            level_order=level_order("level"),
            unit_position=Coalesce("unit__position", "item__unit__position"),
            unit_code=Coalesce("unit__code", "item__unit__code"),
        )
