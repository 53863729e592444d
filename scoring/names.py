"""What a scheme of an office may name: the units that are ranked, their kinds, the outlets of its list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Q

from accounts.enums import UnitKind
from accounts.models import AuditEntry, Unit
from adoptions.models import Outlet
from scoring.schemes.names import Names, Register


def names_of(office: Unit) -> Names:
    """The names as they are today, of closed units and outlets too; four queries."""
    units = Unit.objects.filter(Q(parent=office, office=office) | Q(pk=office.pk))
    unit_names = {pk: (name, code) for pk, name, code in units.values_list("pk", "name", "code")}
    outlets = dict(Outlet.objects.of_office(office).values_list("pk", "name"))
    return Names(
        units=Register(
            frozenset(spelling for pair in unit_names.values() for spelling in pair),
            _former("unit.change", {pk: name for pk, (name, _code) in unit_names.items()}, _unit_before),
        ),
        groups=Register(frozenset(str(kind) for kind in UnitKind)),
        outlets=Register(frozenset(outlets.values()), _former("outlet.edit", outlets, _outlet_before)),
    )


def _former(
    action: str, present: Mapping[int, str], before: Callable[[dict[str, Any]], Any]
) -> dict[str, str]:
    """The present name for each that the audit trail tells of."""
    kind = "accounts.unit" if action.startswith("unit.") else "adoptions.outlet"
    changes = AuditEntry.objects.filter(
        action=action, target_type=kind, target_id__in=[str(pk) for pk in present]
    )
    told = changes.order_by("pk").values_list("target_id", "detail")
    return {old: present[int(pk)] for pk, detail in told if isinstance(old := before(detail), str)}


def _unit_before(detail: dict[str, Any]) -> Any:
    return detail.get("name", [None])[0]


def _outlet_before(detail: dict[str, Any]) -> Any:
    return detail.get("before", {}).get("name")
