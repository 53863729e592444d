"""The columns of the lists of people, of units and of the audit trail, and the lists as Excel workbooks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import AuditEntry, Unit, User
from accounts.tree import UnitRow
from accounts.wording import AuditLine
from kit.lists import Column, list_workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def people_columns() -> list[Column[User]]:
    """Every column of the list of people, fetched by `with_grants`."""
    return [
        Column(
            "name", _("Name"), 14, lambda person: person.display_name, order="name", shown=True, fixed=True
        ),
        Column(
            "account", _("Account name"), 16, lambda person: person.username, order="username", shown=True
        ),
        Column(
            "unit", _("Unit"), 20, lambda person: person.unit.name, order="unit", shown=True, nowrap=False
        ),
        Column("post", _("Post"), 18, lambda person: person.post, shown=True, nowrap=False),
        Column("phone", _("Phone"), 16, lambda person: person.phone),
        Column("email", _("E-mail address"), 26, lambda person: person.email),
        Column("roles", _("Roles"), 34, _roles, shown=True, nowrap=False),
        Column(
            "login",
            _("Last login"),
            17,
            lambda person: person.last_login or _("never"),
            order="last_login",
            descending=True,
            shown=True,
        ),
        Column("state", _("State"), 12, _state, shown=True),
    ]


def audit_columns() -> list[Column[AuditLine]]:
    """Every column of the audit trail; times to the second."""
    return [
        Column(
            "at",
            _("Time"),
            20,
            lambda line: f"{timezone.localtime(line.entry.at):%Y-%m-%d %H:%M:%S}",
            shown=True,
            fixed=True,
        ),
        Column("person", _("Person"), 12, lambda line: line.actor, shown=True),
        Column(
            "account",
            _("Account name"),
            14,
            lambda line: line.entry.actor.username if line.entry.actor else "",
        ),
        Column("action", _("Action"), 18, lambda line: line.action, shown=True),
        Column("kind", _("Kind of object"), 12, lambda line: line.target, shown=True),
        Column("object", _("Object"), 36, lambda line: line.entry.target_label, shown=True, nowrap=False),
        Column("detail", _("Detail"), 60, _details, shown=True, nowrap=False),
    ]


def unit_columns(today: date) -> list[Column[UnitRow]]:
    """Every column of the tree of units, each with `staff`, the number of its active accounts."""
    return [
        Column("name", _("Unit"), 26, lambda row: row.unit.name, shown=True, fixed=True, nowrap=False),
        Column("short_name", _("Short name"), 16, lambda row: row.unit.short_name, shown=True),
        Column("kind", _("Kind"), 10, lambda row: row.unit.get_kind_display(), shown=True),
        Column("parent", _("Stands below"), 22, _parent, nowrap=False),
        Column("code", _("Code"), 16, lambda row: row.unit.code, shown=True),
        Column("region_code", _("Region code"), 12, lambda row: row.unit.region_code),
        Column(
            "people",
            _("People"),
            8,
            lambda row: row.unit.staff,
            shown=True,
            numeric=True,
        ),
        Column("exists", _("Exists"), 20, lambda row: _existence(row.unit, today), shown=True),
        Column("from", _("Active from"), 13, lambda row: row.unit.active_from),
        Column("to", _("Active to"), 13, lambda row: row.unit.active_to),
    ]


def people_workbook(people: Iterable[User], today: date, columns: Sequence[Column[User]]) -> BytesIO:
    """One row a person, with the roles that hold on `today` or later."""
    heading = _("People and roles (%(day)s)") % {"day": today.isoformat()}
    return list_workbook(sheet_name=_("People"), heading=heading, number="", columns=columns, rows=people)


def audit_workbook(
    entries: Iterable[AuditEntry], today: date, columns: Sequence[Column[AuditLine]]
) -> BytesIO:
    """One row an entry, in the order given."""
    heading = _("Audit trail (%(day)s)") % {"day": today.isoformat()}
    lines = map(AuditLine, entries)
    return list_workbook(sheet_name=_("Audit trail"), heading=heading, number="", columns=columns, rows=lines)


def unit_workbook(rows: Iterable[UnitRow], today: date, columns: Sequence[Column[UnitRow]]) -> BytesIO:
    """One row a unit, each below its parent."""
    heading = _("Units (%(day)s)") % {"day": today.isoformat()}
    return list_workbook(sheet_name=_("Units"), heading=heading, number="", columns=columns, rows=rows)


def _parent(row: UnitRow) -> str:
    return row.unit.parent.name if row.unit.parent else ""


def _existence(unit: Unit, today: date) -> str:
    if unit.active_to is None:
        return _("since %(day)s") % {"day": unit.active_from}
    said = _("closed on %(day)s") if unit.active_to < today else _("until %(day)s")
    return said % {"day": unit.active_to}


def _roles(person: User) -> str:
    return "、".join(grant.get_role_display() for grant in person.standing_grants)  # type: ignore[attr-defined]


def _state(person: User) -> str:
    if not person.is_active:
        return _("Deactivated")
    return _("First password") if person.must_change_password else _("Active")


def _details(line: AuditLine) -> str:
    return "；".join(f"{name}：{value}" for name, value in line.details)
