"""Lists of people and of the audit trail as Excel workbooks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from io import BytesIO

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import AuditEntry, User
from accounts.wording import AuditLine
from publicity.lib.lists import Column, list_workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def people_workbook(people: Iterable[User], today: date) -> BytesIO:
    """One row a person, with the roles that hold on `today` or later."""
    columns: list[Column[User]] = [
        Column("name", _("Name"), 14, lambda person: person.display_name),
        Column("account", _("Account name"), 16, lambda person: person.username),
        Column("unit", _("Unit"), 20, lambda person: person.unit.name),
        Column("post", _("Post"), 18, lambda person: person.post),
        Column("phone", _("Phone"), 16, lambda person: person.phone),
        Column("roles", _("Roles"), 34, _roles),
        Column("state", _("State"), 10, lambda person: _("Active") if person.is_active else _("Deactivated")),
        Column("login", _("Last login"), 17, lambda person: person.last_login),
    ]
    heading = _("People and roles (%(day)s)") % {"day": today.isoformat()}
    return list_workbook(sheet_name=_("People"), heading=heading, number="", columns=columns, rows=people)


def audit_workbook(entries: Iterable[AuditEntry], today: date) -> BytesIO:
    """One row an entry, in the order given; times to the second."""
    columns: list[Column[AuditLine]] = [
        Column("at", _("Time"), 20, lambda line: f"{timezone.localtime(line.entry.at):%Y-%m-%d %H:%M:%S}"),
        Column("person", _("Person"), 12, lambda line: line.actor),
        Column(
            "account",
            _("Account name"),
            14,
            lambda line: line.entry.actor.username if line.entry.actor else "",
        ),
        Column("action", _("Action"), 18, lambda line: line.action),
        Column("kind", _("Kind of object"), 12, lambda line: line.target),
        Column("object", _("Object"), 36, lambda line: line.entry.target_label),
        Column("detail", _("Detail"), 60, _details),
    ]
    heading = _("Audit trail (%(day)s)") % {"day": today.isoformat()}
    lines = (AuditLine(entry) for entry in entries)
    return list_workbook(sheet_name=_("Audit trail"), heading=heading, number="", columns=columns, rows=lines)


def _roles(person: User) -> str:
    return "、".join(grant.get_role_display() for grant in person.standing_grants)  # type: ignore[attr-defined]


def _details(line: AuditLine) -> str:
    return "；".join(f"{name}：{value}" for name, value in line.details)
