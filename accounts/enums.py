"""Kinds of units and the roles people hold."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class UnitKind(models.TextChoices):
    OFFICE = "office", _("Office")
    SECTION = "section", _("Section")
    TEAM = "team", _("Inspection team")
    COUNTY = "county", _("County")
    DEPARTMENT = "department", _("Department")


class Role(models.TextChoices):
    AUTHOR = "author", _("Author")
    UNIT_HEAD = "unit_head", _("Unit head")
    SECTION_HEAD = "section_head", _("Section head")
    SUPERVISING_LEADER = "supervising_leader", _("Supervising leader")
    PRINCIPAL_LEADER = "principal_leader", _("Principal leader")
    GROUP_MEMBER = "group_member", _("Leading-group member")
    SECRECY_REVIEWER = "secrecy_reviewer", _("Secrecy reviewer")
    OFFICE_ADMIN = "office_admin", _("Office administrator")
    COUNTY_ADMIN = "county_admin", _("County administrator")
    AUDITOR = "auditor", _("Auditor")


#: Deciding on items, running the office and its accounts, and watching over both are three duties.
REVIEWERS = frozenset(
    {
        Role.UNIT_HEAD,
        Role.SECTION_HEAD,
        Role.SUPERVISING_LEADER,
        Role.PRINCIPAL_LEADER,
        Role.GROUP_MEMBER,
    }
)
ADMINISTRATORS = frozenset({Role.OFFICE_ADMIN, Role.COUNTY_ADMIN})
#: Roles that are held for the whole office.
OFFICE_WIDE = REVIEWERS - {Role.UNIT_HEAD} | {Role.SECRECY_REVIEWER, Role.OFFICE_ADMIN, Role.AUDITOR}
#: Which units may stand below a unit of a kind.
KINDS_BELOW: dict[UnitKind, tuple[UnitKind, ...]] = {
    UnitKind.OFFICE: (UnitKind.COUNTY, UnitKind.SECTION, UnitKind.TEAM, UnitKind.DEPARTMENT),
    UnitKind.COUNTY: (UnitKind.SECTION, UnitKind.TEAM, UnitKind.DEPARTMENT),
    UnitKind.SECTION: (),
    UnitKind.TEAM: (),
    UnitKind.DEPARTMENT: (),
}


def compatible(first: str, second: str) -> bool:
    """Whether one person may hold both roles at a time.

    Whoever decides on items does not administer accounts and figures, and an auditor holds nothing else.
    """
    roles = {Role(first), Role(second)}
    if len(roles) == 1:
        return True
    return Role.AUDITOR not in roles and not (roles & REVIEWERS and roles & ADMINISTRATORS)
