"""What pages of units and outlets ask about schemes."""

from __future__ import annotations

from django import template

from accounts.models import Unit
from adoptions.models import Outlet
from scoring.models import SchemeVersion

register = template.Library()


@register.simple_tag
def versions_naming(thing: Unit | Outlet) -> list[int]:
    """The numbers of the versions of the office's scheme that name a unit or an outlet; one query."""
    kind = "units" if isinstance(thing, Unit) else "outlets"
    versions = SchemeVersion.objects.filter(office=thing.office).order_by("version")
    return [
        number
        for number, meant in versions.values_list("version", "meant")
        if any(thing.pk in ids for ids in meant.get(kind, {}).values())
    ]
