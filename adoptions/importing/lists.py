"""The list of imports of ledgers."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.listing import Asked, ListPage, searched
from adoptions.models import LedgerImport
from adoptions.reader import registrar_of
from kit.columns import Column, Kind
from kit.states import State


def import_columns(_today: date) -> list[Column]:
    """What became of the rows of each ledger."""
    return [
        Column("name", _("Ledger file"), 30, order=["name"], fixed=True, nowrap=False, link=_page),
        Column("state", _("State"), 14, _state, shown=True),
        Column("accepted", _("Accepted"), 8, shown=True, kind=Kind.COUNT),
        Column("duplicate", _("Duplicate"), 8, shown=True, kind=Kind.COUNT),
        Column("refused", _("Refused"), 8, shown=True, kind=Kind.COUNT),
        Column("by", _("Uploaded by"), 12, "by.display_name", shown=True),
        Column("at", _("Uploaded at"), 17, order=["at"], descending=True, shown=True, kind=Kind.MOMENT),
        Column("confirmed_at", _("Imported at"), 17, kind=Kind.MOMENT),
    ]


def _page(stored: LedgerImport) -> str:
    return reverse(f"adoptions:import-{'detail' if stored.confirmed_at else 'preview'}", args=[stored.pk])


def _state(stored: LedgerImport) -> State:
    confirmed = stored.confirmed_at
    return State(_("Imported"), "done") if confirmed else State(_("Waiting for confirmation"), "waiting")


def _imports(request: HttpRequest) -> Asked:
    """Imports of the office."""
    reader = registrar_of(request)
    imports = LedgerImport.objects.filter(office=reader.office).select_related("by").defer("fates")
    return searched(request, reader, imports, "name", label=_("Ledger file"), day="at__date")


IMPORTS = ListPage(
    noun="import",
    template="adoptions/importing/list.html",
    title=gettext_lazy("Ledger imports"),
    ask=_imports,
    columns=import_columns,
    order="-at",
)
