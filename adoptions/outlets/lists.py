"""The list of outlets, from the centre down, with the number of their adoptions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Count, Max, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.listing import Asked, ListPage
from accounts.names import former_names
from adoptions.models import Outlet
from adoptions.outlets.forms import OutletSearch
from adoptions.querysets import level_order
from adoptions.reader import registrar_of
from kit.columns import Column, Kind
from kit.paging import LONG


def outlet_columns(_today: date) -> list[Column]:
    """Every column of the list of outlets, each with `adopted`, the number of its standing adoptions, and
    `latest`, the day of the last of them."""
    return [
        Column(
            "name", _("Outlet"), 30, order=["name"], fixed=True, nowrap=False, link="adoptions:outlet-edit"
        ),
        Column("former", _("Former names"), 20, former_names, shown=True, nowrap=False),
        Column("level", _("Media level"), 14, "get_level_display", order=["level_order"], shown=True),
        Column("carrier", _("Carrier"), 12, "get_carrier_display", shown=True),
        Column("from", _("Active from"), 13, "active_from", order=["active_from"], shown=True),
        Column("to", _("Active to"), 13, "active_to", order=["active_to"], shown=True),
        Column(
            "adopted",
            _("Adoptions"),
            8,
            order=["adopted"],
            descending=True,
            shown=True,
            kind=Kind.COUNT,
            link=_adoptions,
        ),
        Column("latest", _("Last adopted on"), 13),
    ]


def _adoptions(outlet: Outlet) -> str:
    return f"{reverse('adoptions:adoption-list')}?outlet={outlet.pk}" if outlet.adopted else ""  # type: ignore[attr-defined]


def _outlets(request: HttpRequest) -> Asked:
    """The outlets asked for, each with the number of its standing adoptions and the day of the last."""
    user, form = registrar_of(request), OutletSearch(request.GET)
    standing = Q(adoptions__revoked_at__isnull=True)
    outlets = Outlet.objects.of_office(user.office).annotate(
        adopted=Count("adoptions", filter=standing), latest=Max("adoptions__date", filter=standing)
    )
    found = form.narrow(outlets.prefetch_related("aliases"), timezone.localdate())
    return Asked(user, found.with_level_order(), form)


def _beside(_request: HttpRequest, asked: Asked, _rows: Sequence[Outlet]) -> Mapping[str, Any]:
    """Whether there are any at all; the filter is short enough to stand open on phones."""
    return {"any": Outlet.objects.of_office(asked.reader.office).exists(), "always_open": True}


#: Among equals from the centre down, by name; of one name the present one first.
OUTLETS = ListPage(
    noun="outlet",
    template="adoptions/outlets/list.html",
    title=gettext_lazy("Outlets"),
    paper=gettext_lazy("List of outlets"),
    ask=_outlets,
    columns=outlet_columns,
    order="level",
    then=[level_order("level"), "name", "-active_from"],
    size=LONG,
    more=_beside,
)
