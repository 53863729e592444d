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
    SECTION_HEAD = "section_head", _("Section head")
    SUPERVISING_LEADER = "supervising_leader", _("Supervising leader")
    PRINCIPAL_LEADER = "principal_leader", _("Principal leader")
    GROUP_MEMBER = "group_member", _("Leading-group member")
    OFFICE_ADMIN = "office_admin", _("Office administrator")
    COUNTY_ADMIN = "county_admin", _("County administrator")
    AUDITOR = "auditor", _("Auditor")


#: Roles that decide on items or run the office are held for the whole office.
OFFICE_WIDE = frozenset(
    {
        Role.SECTION_HEAD,
        Role.SUPERVISING_LEADER,
        Role.PRINCIPAL_LEADER,
        Role.GROUP_MEMBER,
        Role.OFFICE_ADMIN,
        Role.AUDITOR,
    }
)
REVIEWERS = frozenset({Role.SECTION_HEAD, Role.SUPERVISING_LEADER, Role.PRINCIPAL_LEADER, Role.GROUP_MEMBER})
