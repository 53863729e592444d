"""The tree of units, for administrators."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, Max, Q
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.exports import XLSX, unit_columns, unit_workbook
from accounts.forms import UnitForm
from accounts.lists import opens_as_saved
from accounts.models import Unit, User
from accounts.reader import reader_of
from accounts.rules import may_change_unit, may_manage_people, may_open_unit
from accounts.services import change_unit, open_unit
from accounts.tree import UnitRow, in_tree_order
from kit.lists import chosen, on_screen


def _administrator(request: HttpRequest) -> User:
    reader = reader_of(request)
    if not may_manage_people(reader):
        raise PermissionDenied(_("People and units are kept by administrators."))
    return reader


@require_safe
@opens_as_saved
def unit_list(request: HttpRequest) -> HttpResponse:
    """The managed units as a tree; closed ones only when they are asked for."""
    reader, today = _administrator(request), timezone.localdate()
    rows = [
        UnitRow(unit, depth, may_change_unit(reader, unit), may_open_unit(reader, unit))
        for depth, unit in _tree(request)
    ]
    context = {
        **on_screen(unit_columns(today), rows, request.GET),
        "closed": Unit.objects.managed_by(reader).filter(active_to__lt=today).count(),
    }
    return render(request, "accounts/unit_list.html", context)


@require_safe
def unit_export(request: HttpRequest) -> FileResponse:
    """The same units as the list shows, as an Excel workbook."""
    _administrator(request)
    today = timezone.localdate()
    rows = [UnitRow(unit, depth) for depth, unit in _tree(request)]
    book = unit_workbook(rows, today, chosen(unit_columns(today), request.GET))
    name = _("Units %(day)s.xlsx") % {"day": f"{today:%Y%m%d}"}
    return FileResponse(book, as_attachment=True, filename=name, content_type=XLSX)


def _tree(request: HttpRequest) -> list[tuple[int, Unit]]:
    """The units asked for with their depth; each with `staff`, the number of its active accounts."""
    managed = Unit.objects.managed_by(reader_of(request)).select_related("parent")
    shown = managed if request.GET.get("closed") else managed.active_between(timezone.localdate(), date.max)
    staff = Count("people", filter=Q(people__is_active=True))
    return in_tree_order(shown.annotate(staff=staff).in_order())


@require_http_methods(["GET", "HEAD", "POST"])
def unit_create(request: HttpRequest, parent_pk: int) -> HttpResponse:
    reader, now = _administrator(request), timezone.now()
    parent = get_object_or_404(Unit.objects.managed_by(reader), pk=parent_pk)
    if not may_open_unit(reader, parent):
        raise PermissionDenied(_("No unit can be opened below this one."))
    last = Unit.objects.filter(parent=parent).aggregate(Max("position"))["position__max"] or 0
    initial = {"active_from": timezone.localdate(now), "position": last + 1}
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


@require_http_methods(["GET", "HEAD", "POST"])
def unit_edit(request: HttpRequest, pk: int) -> HttpResponse:
    reader = _administrator(request)
    unit = get_object_or_404(Unit.objects.managed_by(reader), pk=pk)
    if not may_change_unit(reader, unit):
        raise PermissionDenied(_("This unit is changed by the office administrator."))
    form = UnitForm(request.POST or None, instance=Unit.objects.get(pk=pk))
    if request.method == "POST" and form.is_valid():
        fields = {name: value for name, value in form.cleaned_data.items() if name not in {"kind", "code"}}
        try:
            changed = change_unit(unit=unit, by=reader, now=timezone.now(), **fields)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved."))
            _remind_of_people(request, changed)
            return redirect("accounts:unit-list")
    context = {"form": form, "unit": unit}
    return render(request, "accounts/unit_form.html", context, status=422 if form.is_bound else 200)


def _remind_of_people(request: HttpRequest, unit: Unit) -> None:
    """A unit that was closed should not keep people who can still log in."""
    left = User.objects.filter(unit=unit, is_active=True).count() if unit.active_to else 0
    if left:
        messages.warning(
            request,
            ngettext(
                "%(count)d person still has an account in this unit: move or deactivate it.",
                "%(count)d people still have an account in this unit: move or deactivate them.",
                left,
            )
            % {"count": left},
        )
