"""The tree of units, for administrators."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.forms import UnitForm
from accounts.models import Unit, User
from accounts.reader import reader_of
from accounts.rules import may_change_unit, may_manage_people, may_open_unit
from accounts.services import change_unit, open_unit


def _administrator(request: HttpRequest) -> User:
    reader = reader_of(request)
    if not may_manage_people(reader):
        raise PermissionDenied(_("People and units are kept by administrators."))
    return reader


@require_safe
def unit_list(request: HttpRequest) -> HttpResponse:
    """The managed units as a tree: every unit below the one it belongs to, in standing order."""
    reader = _administrator(request)
    people = Count("people", filter=Q(people__is_active=True))
    units = list(Unit.objects.managed_by(reader).annotate(staff=people).in_order())
    shallowest = min((unit.path.count("/") for unit in units), default=0)
    rows = [
        (unit, range(unit.path.count("/") - shallowest), may_open_unit(reader, unit))
        for unit in _as_tree(units)
    ]
    return render(request, "accounts/unit_list.html", {"rows": rows, "today": timezone.localdate()})


def _as_tree(units: list[Unit]) -> list[Unit]:
    """Parents before their children; siblings stay in the order given."""
    order = {unit.pk: place for place, unit in enumerate(units)}

    def place(unit: Unit) -> list[int]:
        return [order.get(int(pk), -1) for pk in unit.path.strip("/").split("/")]

    return sorted(units, key=place)


@require_http_methods(["GET", "POST"])
def unit_create(request: HttpRequest, parent_pk: int) -> HttpResponse:
    reader, now = _administrator(request), timezone.now()
    parent = get_object_or_404(Unit.objects.managed_by(reader), pk=parent_pk)
    if not may_open_unit(reader, parent):
        raise PermissionDenied(_("No unit can be opened below this one."))
    initial = {"active_from": timezone.localdate(now)}
    form = UnitForm(request.POST or None, parent=parent, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            open_unit(parent=parent, by=reader, now=now, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The unit has been opened."))
            return redirect("accounts:unit-list")
    context = {"form": form, "parent": parent}
    return render(request, "accounts/unit_form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def unit_edit(request: HttpRequest, pk: int) -> HttpResponse:
    reader = _administrator(request)
    unit = get_object_or_404(Unit.objects.managed_by(reader), pk=pk)
    if not may_change_unit(reader, unit):
        raise PermissionDenied(_("This unit is changed by the office administrator."))
    form = UnitForm(request.POST or None, instance=Unit.objects.get(pk=pk))
    if request.method == "POST" and form.is_valid():
        fields = {name: value for name, value in form.cleaned_data.items() if name not in {"kind", "code"}}
        try:
            change_unit(unit=unit, by=reader, now=timezone.now(), **fields)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("accounts:unit-list")
    context = {"form": form, "unit": unit}
    return render(request, "accounts/unit_form.html", context, status=422 if form.is_bound else 200)
