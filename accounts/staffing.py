"""Whether the levels of review are manned: what an administrator should know before items get stuck."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.utils.translation import gettext as _

from accounts.enums import OFFICE_WIDE, REVIEWERS, Role
from accounts.models import RoleGrant, Unit, User

#: The levels of every office; a unit's own head is its own affair.
LEVELS = REVIEWERS & OFFICE_WIDE


def staffing_warnings(office: Unit, day: date) -> list[str]:
    """In words: levels of review that nobody holds on `day`, and people who hold several. One query."""
    grants = (
        RoleGrant.objects.on(day)
        .filter(unit=office, role__in=LEVELS, user__is_active=True)
        .select_related("user")
        .order_by("pk")
    )
    held: defaultdict[User, set[str]] = defaultdict(set)
    for grant in grants:
        held[grant.user].add(grant.role)
    manned = set().union(*held.values())
    warnings = [
        _("Nobody is %(role)s: items pass that level as recused. Give the role to somebody.")
        % {"role": role.label}
        for role in Role
        if role in LEVELS - manned
    ]
    for person, roles in held.items():
        if len(roles) > 1:
            names = "、".join(str(role.label) for role in Role if role in roles)
            warnings.append(
                _("%(person)s holds %(roles)s, but decides once on an item: name somebody else as well.")
                % {"person": person.display_name, "roles": names}
            )
    return warnings
