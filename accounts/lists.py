"""The lists of people, of units, and of the audit trail."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.enums import Role
from accounts.filters import AuditFilter, PersonFilter, conditions
from accounts.listing import Asked, ListPage
from accounts.models import Unit, User
from accounts.names import former_names
from accounts.reader import administrator_of, reader_who
from accounts.rules import has_role, may_change_unit, may_open_unit, may_read_audit
from accounts.services.audit import record
from accounts.staffing import staffing_warnings
from accounts.tree import UnitRow, in_tree_order
from accounts.wording import AuditLine
from kit.columns import Column, Kind
from kit.paging import LONG
from kit.states import State

#: An export of the audit trail is for a question about days or people, not for the whole of it at once.
EXPORTED = 20_000


def people_columns(_today: date) -> list[Column]:
    """Of people fetched by `with_grants`."""
    return [
        Column(
            "name",
            _("Name"),
            14,
            "display_name",
            order=["display_name"],
            fixed=True,
            link="accounts:user-edit",
        ),
        Column("account", _("Account name"), 16, "username", order=["username"], shown=True),
        Column(
            "unit",
            _("Unit"),
            20,
            "unit.name",
            order=["unit__position", "unit__path"],
            shown=True,
            nowrap=False,
        ),
        Column("post", _("Post"), 18, shown=True, nowrap=False),
        Column("phone", _("Phone"), 16),
        Column("email", _("E-mail address"), 26),
        Column("roles", _("Roles"), 34, _roles, shown=True, nowrap=False),
        Column(
            "login",
            _("Last login"),
            17,
            lambda one: one.last_login or _("never"),
            order=["last_login"],
            descending=True,
            shown=True,
        ),
        Column("state", _("State"), 12, _state, shown=True),
    ]


def audit_columns(_today: date) -> list[Column]:
    """Of lines of the audit trail; times to the second."""
    return [
        Column(
            "at",
            _("Time"),
            20,
            lambda line: f"{timezone.localtime(line.entry.at):%Y-%m-%d %H:%M:%S}",
            fixed=True,
        ),
        Column("person", _("Person"), 12, "actor", shown=True),
        Column("account", _("Account name"), 14, "entry.actor.username"),
        Column("action", _("Action"), 18, shown=True),
        Column("kind", _("Kind of object"), 12, "target", shown=True),
        Column("object", _("Object"), 36, "entry.target_label", shown=True, nowrap=False),
        Column("detail", _("Detail"), 60, _details, shown=True, nowrap=False),
    ]


def unit_columns(today: date) -> list[Column]:
    """Of rows of the tree of units, each unit with `staff`, the number of its active accounts."""
    return [
        Column("name", _("Unit"), 26, "unit.name", fixed=True, nowrap=False),
        Column("short_name", _("Short name"), 16, "unit.short_name", shown=True),
        Column("former", _("Former names"), 20, lambda row: former_names(row.unit), shown=True, nowrap=False),
        Column("kind", _("Kind"), 10, "unit.get_kind_display", shown=True),
        Column("parent", _("Stands below"), 22, "unit.parent.name", nowrap=False),
        Column("code", _("Code"), 16, "unit.code", shown=True),
        Column("region_code", _("Region code"), 12, "unit.region_code"),
        Column("people", _("People"), 8, "unit.staff", kind=Kind.COUNT, shown=True, link=_staff),
        Column("exists", _("Exists"), 20, lambda row: _existence(row.unit, today), shown=True),
        Column("from", _("Active from"), 13, "unit.active_from"),
        Column("to", _("Active to"), 13, "unit.active_to"),
    ]


def _people(request: HttpRequest) -> Asked:
    """The people this administrator looks after."""
    reader, today = administrator_of(request), timezone.localdate()
    found = PersonFilter(request.GET, user=reader, day=today)
    return Asked(reader, found.qs.with_grants(today), found.form)


def _amiss(_request: HttpRequest, asked: Asked, _rows: Sequence[User]) -> dict[str, Any]:
    """What is amiss with the levels of review."""
    office_admin = has_role(asked.reader, Role.OFFICE_ADMIN)
    return {"warnings": staffing_warnings(asked.reader.office, timezone.localdate()) if office_admin else []}


def _units(request: HttpRequest) -> Asked:
    """The managed units as a tree; closed ones only when they are asked for."""
    reader = administrator_of(request)
    managed = Unit.objects.managed_by(reader).select_related("parent").prefetch_related("aliases")
    shown = managed if request.GET.get("closed") else managed.active_between(timezone.localdate(), date.max)
    staff = Count("people", filter=Q(people__is_active=True))
    tree = in_tree_order(shown.annotate(staff=staff).in_order())
    return Asked(
        reader,
        [
            UnitRow(unit, depth, may_change_unit(reader, unit), may_open_unit(reader, unit))
            for depth, unit in tree
        ],
    )


def _closed(_request: HttpRequest, asked: Asked, _rows: Sequence[UnitRow]) -> dict[str, Any]:
    return {
        "actions": True,
        "closed": Unit.objects.managed_by(asked.reader).filter(active_to__lt=timezone.localdate()).count(),
    }


def _audit(request: HttpRequest) -> Asked:
    """What was done in the reader's office, the latest first, for auditors alone."""
    reader = reader_who(may_read_audit, request, _("The audit trail is read by auditors."))
    found = AuditFilter(request.GET, user=reader)
    return Asked(reader, found.qs.newest_first(), found.form)


def _leave_a_row(asked: Asked, page: int | None) -> None:
    """Reading the audit trail leaves a row itself."""
    assert asked.form is not None
    office, told = asked.reader.office, conditions(asked.form)
    action, detail = ("audit.export", told) if page is None else ("audit.read", {"page_number": page, **told})
    record(actor=asked.reader, action=action, target=office, office=office, now=timezone.now(), detail=detail)


PEOPLE = ListPage(
    noun="user",
    template="accounts/people/list.html",
    title=gettext_lazy("People"),
    paper=gettext_lazy("People and roles"),
    ask=_people,
    columns=people_columns,
    order="unit",
    then=["username"],
    number="",
    more=_amiss,
)
UNITS = ListPage(
    noun="unit",
    template="accounts/units/list.html",
    title=gettext_lazy("Units"),
    ask=_units,
    columns=unit_columns,
    number="",
    size=5000,
    more=_closed,
)
AUDIT = ListPage(
    noun="audit",
    template="accounts/audit.html",
    title=gettext_lazy("Audit trail"),
    ask=_audit,
    columns=audit_columns,
    number="",
    size=LONG,
    most=EXPORTED,
    drawn=AuditLine,
    more=lambda *_asked: {"exported": EXPORTED},
    seen=_leave_a_row,
)


def _staff(row: UnitRow) -> str:
    return f"{reverse('accounts:user-list')}?unit={row.unit.pk}"


def _existence(unit: Unit, today: date) -> str:
    if unit.active_to is None:
        return _("since %(day)s") % {"day": unit.active_from}
    said = _("closed on %(day)s") if unit.active_to < today else _("until %(day)s")
    return said % {"day": unit.active_to}


def _roles(person: User) -> str:
    return "、".join(grant.get_role_display() for grant in person.standing_grants)  # type: ignore[attr-defined]


def _state(person: User) -> State:
    if not person.is_active:
        return State(_("Deactivated"), "neutral")
    waiting = person.must_change_password
    return State(_("First password"), "waiting") if waiting else State(_("Active"), "done")


def _details(line: AuditLine) -> str:
    return "；".join(f"{name}：{value}" for name, value in line.details)
