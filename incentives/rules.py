"""Who sets which targets, and who sees those of other people."""

from __future__ import annotations

from django.db.models import Q

from accounts.enums import Role
from accounts.models import Unit, User
from accounts.querysets import UnitQuerySet
from accounts.rules import has_role, may_manage
from stats.authors import paths_of_authors


def may_set_targets(user: User) -> bool:
    """The office's administrators say what its units are to reach."""
    return has_role(user, Role.OFFICE_ADMIN)


def may_set_targets_of_people(user: User, unit: Unit) -> bool:
    """A unit's own administrator, or the office's, says what its people are to reach."""
    return may_manage(user, unit)


def may_see_targets_of_people(user: User, unit: Unit) -> bool:
    """Whoever may see what the authors of a unit have earned."""
    return any(unit.path.startswith(path) for path in paths_of_authors(user))


def ranking_units(user: User) -> UnitQuerySet:
    """The units that have targets, of those a person sees: the direct children of the office."""
    office = user.office
    return Unit.objects.visible_to(user).filter(Q(parent=office, office=office))
