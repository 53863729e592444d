"""The tree of units, for administrators."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.forms import AliasForm, EndAliasForm, UnitForm
from accounts.models import Unit, UnitAlias, User
from accounts.reader import administrator_of
from accounts.rules import may_change_unit, may_open_unit
from accounts.services.units import add_unit_alias, change_unit, end_unit_alias, open_unit
from kit.answers import form_page
from kit.forms import tell, tell_outcome


@require_http_methods(["GET", "HEAD", "POST"])
def unit_create(request: HttpRequest, parent_pk: int) -> HttpResponse:
    reader, now = administrator_of(request), timezone.now()
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
    return form_page(request, "accounts/units/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def unit_edit(request: HttpRequest, pk: int) -> HttpResponse:
    reader, unit = administrator_of(request), _changeable(request, pk)
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
    return _unit_page(request, unit, form, AliasForm())


@require_POST
def unit_alias_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter a former or other name of a unit."""
    unit, form = _changeable(request, pk), AliasForm(request.POST)
    if form.is_valid():
        by, now = administrator_of(request), timezone.now()
        try:
            add_unit_alias(unit=unit, by=by, now=now, **form.cleaned_data)
        except ValidationError as error:
            tell(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("accounts:unit-edit", pk)
    return _unit_page(request, unit, UnitForm(instance=unit), form)


@require_POST
def unit_alias_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a name of a unit be understood up to a day."""
    reader, form = administrator_of(request), EndAliasForm(request.POST)
    managed = Unit.objects.managed_by(reader)
    alias = get_object_or_404(UnitAlias.objects.filter(holder__in=managed), pk=pk)
    _changeable(request, alias.holder_id)
    if form.is_valid():
        try:
            end_unit_alias(alias=alias, by=reader, now=timezone.now(), **form.cleaned_data)
        except ValidationError as error:
            tell(form, error)
    tell_outcome(request, form)
    return redirect("accounts:unit-edit", alias.holder_id)


def _changeable(request: HttpRequest, pk: int) -> Unit:
    """A unit whose entry the reader may change: 404 or 403 otherwise."""
    reader = administrator_of(request)
    unit = get_object_or_404(Unit.objects.managed_by(reader), pk=pk)
    if not may_change_unit(reader, unit):
        raise PermissionDenied(_("This unit is changed by the office administrator."))
    return unit


def _unit_page(request: HttpRequest, unit: Unit, form: UnitForm, alias_form: AliasForm) -> HttpResponse:
    context = {
        "form": form,
        "unit": unit,
        "aliases": unit.aliases.order_by("pk"),
        "alias_form": alias_form,
        "today": timezone.localdate(),
    }
    status = 422 if form.is_bound or alias_form.is_bound else 200
    return render(request, "accounts/units/form.html", context, status=status)


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
