"""Questions about units, people and roles."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib.auth.base_user import BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.enums import Role

if TYPE_CHECKING:
    from accounts.models import RoleGrant, Unit, User


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


class UserQuerySet(models.QuerySet["User"]):
    def in_office(self, office: Unit) -> UserQuerySet:
        return self.filter(unit__office=office)

    def holding(self, role: Role, office: Unit, day: date) -> UserQuerySet:
        """Active people who hold `role` for `office` on `day`."""
        from_grants = Q(grants__role=role, grants__unit=office, grants__since__lte=day)
        still = Q(grants__until__isnull=True) | Q(grants__until__gte=day)
        return self.filter(from_grants & still, is_active=True).distinct()


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    def create_user(self, username: str, password: str | None = None, **fields: Any) -> User:
        user: User = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class RoleGrantQuerySet(models.QuerySet["RoleGrant"]):
    def on(self, day: date) -> RoleGrantQuerySet:
        return self.filter(Q(until__isnull=True) | Q(until__gte=day), since__lte=day)


def grants_today(user: User) -> list[RoleGrant]:
    """The roles a person holds today.

    Read once per user object, and every request loads its own: a change acts on the next request.
    """
    cached: list[RoleGrant] | None = getattr(user, "_grants_today", None)
    if cached is None:
        cached = list(user.grants.on(timezone.localdate()).select_related("unit"))
        user._grants_today = cached  # type: ignore[attr-defined]
    return cached


def scope_of(user: User) -> list[str]:
    """Paths of the subtrees a person sees: the own unit's and those of the units held a role for."""
    return sorted({user.unit.path, *(grant.unit.path for grant in grants_today(user))})
