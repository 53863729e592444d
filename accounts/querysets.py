"""Questions about units, people and roles."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.auth.base_user import BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.enums import ADMINISTRATORS, REVIEWERS, Role

if TYPE_CHECKING:
    from accounts.models import AuditEntry, RoleGrant, StandIn, Unit, User


def below(paths: Iterable[str], field: str = "path") -> Q:
    """Rows whose unit stands in one of the subtrees `paths`; none when `paths` is empty."""
    condition = Q(pk__in=[])
    for path in paths:
        condition |= Q(**{f"{field}__startswith": path})
    return condition


class UnitQuerySet(models.QuerySet["Unit"]):
    def under(self, unit: Unit) -> UnitQuerySet:
        """The unit itself and everything below it."""
        return self.filter(path__startswith=unit.path)

    def visible_to(self, user: User) -> UnitQuerySet:
        """The subtrees of the person's own unit and of the units they hold a role for."""
        return self.filter(below(scope_of(user)))

    def active_on(self, day: date) -> UnitQuerySet:
        return self.active_between(day, day)

    def active_between(self, first: date, last: date) -> UnitQuerySet:
        """Units that existed on at least one day from `first` through `last`."""
        return self.filter(Q(active_to__isnull=True) | Q(active_to__gte=first), active_from__lte=last)

    def offices(self) -> UnitQuerySet:
        return self.filter(kind="office")

    def in_order(self) -> UnitQuerySet:
        return self.order_by("position", "code")

    def managed_by(self, user: User) -> UnitQuerySet:
        """Units whose people and sub-units `user` looks after as an administrator."""
        return self.filter(below(managed_paths(user)))


class UserQuerySet(models.QuerySet["User"]):
    def in_office(self, office: Unit) -> UserQuerySet:
        return self.filter(unit__office=office)

    def holding(self, role: Role, office: Unit, day: date) -> UserQuerySet:
        """Active people who hold `role` for `office` on `day`."""
        from_grants = Q(grants__role=role, grants__unit=office, grants__since__lte=day)
        still = Q(grants__until__isnull=True) | Q(grants__until__gte=day)
        return self.filter(from_grants & still, is_active=True).distinct()

    def managed_by(self, user: User) -> UserQuerySet:
        """People whose accounts `user` sees as an administrator."""
        return self.filter(below(managed_paths(user), "unit__path"))

    def with_grants(self, day: date) -> UserQuerySet:
        """Everything a row of a list shows; `standing_grants` holds the roles of `day` and later."""
        grants = apps.get_model("accounts", "RoleGrant").objects  # the model module needs this one first
        standing = grants.standing(day).select_related("unit").order_by("since", "pk")
        return self.select_related("unit").prefetch_related(
            models.Prefetch("grants", queryset=standing, to_attr="standing_grants")
        )


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    def create_user(self, username: str, password: str | None = None, **fields: Any) -> User:
        user: User = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        """The account of that name, however it was typed: full width or capital letters are the same."""
        person: User = self.get(username=self.model.normalize_username(username or ""))
        return person


class RoleGrantQuerySet(models.QuerySet["RoleGrant"]):
    def on(self, day: date) -> RoleGrantQuerySet:
        return self.standing(day).filter(since__lte=day)

    def standing(self, day: date) -> RoleGrantQuerySet:
        """Grants that hold on `day` or begin later: all that has not ended before it."""
        return self.filter(Q(until__isnull=True) | Q(until__gte=day))

    def overlapping(self, since: date, until: date | None) -> RoleGrantQuerySet:
        """Grants that hold on at least one day from `since` through `until` (None: open)."""
        grants = self.standing(since)
        return grants if until is None else grants.filter(since__lte=until)


class StandInQuerySet(models.QuerySet["StandIn"]):
    def at(self, moment: datetime) -> StandInQuerySet:
        """Stand-ins who act at this moment; nobody acts for, or with, an account that is closed."""
        acting = self.filter(since__lte=moment, until__gt=moment)
        return acting.filter(absent__is_active=True, stand_in__is_active=True)

    def overlapping(self, since: datetime, until: datetime) -> StandInQuerySet:
        """Stand-ins who act at some moment from `since` up to `until`."""
        return self.filter(since__lt=until, until__gt=since).exclude(until=F("since"))

    def visible_to(self, user: User) -> StandInQuerySet:
        """An office administrator sees those of the office, everybody else their own."""
        if any(grant.role == Role.OFFICE_ADMIN for grant in grants_today(user)):
            return self.filter(absent__unit__office=user.office)
        return self.filter(Q(absent=user) | Q(stand_in=user))


class AuditEntryQuerySet(models.QuerySet["AuditEntry"]):
    def visible_to(self, user: User) -> AuditEntryQuerySet:
        """The trail of the person's own office."""
        return self.filter(office=user.office)

    def newest_first(self) -> AuditEntryQuerySet:
        return self.select_related("actor").order_by("-at", "-pk")


def grants_today(user: User) -> list[RoleGrant]:
    """The roles a person holds today.

    Read once per user object, and every request loads its own: a change acts on the next request.
    """
    cached: list[RoleGrant] | None = getattr(user, "_grants_today", None)
    if cached is None:
        cached = list(user.grants.on(timezone.localdate()).select_related("unit"))
        user._grants_today = cached  # type: ignore[attr-defined]
    return cached


def acting_grants(user: User, moment: datetime) -> list[RoleGrant]:
    """The reviewer's roles in which a person acts for others who are away at `moment`; one query.

    What somebody does as a stand-in is not handed on: a stand-in's own stand-in has none of these.
    """
    away = apps.get_model("accounts", "StandIn").objects.at(moment).filter(stand_in=user)
    grants = apps.get_model("accounts", "RoleGrant").objects.on(timezone.localdate(moment))
    held = grants.filter(user__in=away.values("absent"), role__in=REVIEWERS)
    return list(held.select_related("unit", "user").order_by("pk"))


def acting_now(user: User) -> list[RoleGrant]:
    """`acting_grants` of this moment, read once per user object as in `grants_today`."""
    cached: list[RoleGrant] | None = getattr(user, "_acting_now", None)
    if cached is None:
        cached = acting_grants(user, timezone.now())
        user._acting_now = cached  # type: ignore[attr-defined]
    return cached


def scope_of(user: User) -> list[str]:
    """Paths of the subtrees a person sees: the own unit's and those of the units they hold a role for, or
    act in for somebody who is away.

    An auditor reads the trail of the office and nothing else, so has none.
    """
    grants = [*grants_today(user), *acting_now(user)]
    if any(grant.role == Role.AUDITOR for grant in grants):
        return []
    return sorted({user.unit.path, *(grant.unit.path for grant in grants)})


def managed_paths(user: User) -> list[str]:
    """Paths of the subtrees whose units and people `user` manages as an administrator."""
    return sorted({grant.unit.path for grant in grants_today(user) if grant.role in ADMINISTRATORS})
