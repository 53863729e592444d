"""Writes to targets."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from accounts.models import Unit, User
from accounts.services.audit import record
from incentives.enums import Measure
from incentives.models import Target

#: (unit, person or None, measure) → the amount, None for no target.
type Cells = Mapping[tuple[Unit, User | None, str], Decimal | None]


@transaction.atomic
def set_targets(*, office: Unit, year: int, cells: Cells, by: User, now: datetime) -> int:
    """Set these targets of a year, and take away those whose amount is None or nothing.

    Cells that are not named stay. Returns how many targets changed; each is in the audit trail with what it
    was before, one row a unit or person.
    """
    Unit.objects.select_for_update(of=["self"]).get(pk=office.pk)  # two administrators, one after the other
    present = {
        (target.unit_id, target.person_id, target.measure): target
        for target in Target.objects.of_year(office, year)
    }
    changes: dict[tuple[Unit, User | None], dict[str, list[str]]] = {}
    for (unit, person, measure), amount in cells.items():
        target = present.get((unit.pk, person.pk if person else None, measure))
        before, after = (target.amount if target else None), (amount or None)
        if before == after:
            continue
        if after is None:
            assert target is not None, "what neither is nor was is no change"
            target.delete()
        else:
            Target.objects.update_or_create(
                unit=unit,
                person=person,
                year=year,
                measure=measure,
                defaults={"amount": after, "set_by": by, "set_at": now},
            )
        name = str(Measure(measure).label)
        changes.setdefault((unit, person), {})[name] = [_written(before), _written(after)]
    for (unit, person), changed in changes.items():
        detail = {"year": year, "unit_name": unit.name, **changed}
        record(actor=by, action="target.set", target=person or unit, office=office, now=now, detail=detail)
    return sum(map(len, changes.values()))


def _written(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount.normalize():f}"
