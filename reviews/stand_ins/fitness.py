"""Who is fit to sign for a reviewer who is away: by the office they work in, and by rank where so set."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.db.models import Q

from accounts.enums import Role, UnitKind
from accounts.models import RoleGrant, User
from accounts.querysets import RoleGrantQuerySet, UserQuerySet
from reviews.enums import FitToSign

#: Of the levels of an office, from the lowest up.
RANKS: Final = {
    Role.SECTION_HEAD: 1,
    Role.SUPERVISING_LEADER: 2,
    Role.PRINCIPAL_LEADER: 3,
    Role.GROUP_MEMBER: 4,
}


def fit_to_sign(roles: Iterable[RoleGrant], held: RoleGrantQuerySet, rule: FitToSign) -> UserQuerySet:
    """The people who may stand in for whoever holds these reviewer's `roles`, given what everybody `held`.

    Each is signed in by the unit where it is held: by people of that unit itself, not of units below it that
    file to it, or by who signs there. What the office has set, `rule`, goes for its own levels; a unit's
    head may have nobody else who signs.
    """
    people: UserQuerySet = User.objects.filter(is_active=True)
    for grant in roles:
        signers = held.filter(unit=grant.unit, role__in=RANKS)
        rank = RANKS.get(Role(grant.role))
        if rank is None or rule == FitToSign.STAFF:
            own = Q(unit=grant.unit_id)
            own |= Q(unit__parent=grant.unit_id, unit__kind__in=(UnitKind.SECTION, UnitKind.TEAM))
            people = people.filter(own | Q(pk__in=signers.values("user")))
            continue
        if rule == FitToSign.RANK:
            signers = signers.filter(role__in=[role for role, other in RANKS.items() if other >= rank - 1])
        people = people.filter(pk__in=signers.values("user"))
    return people
