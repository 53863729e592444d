"""The tree of units, for administrators."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.forms import UnitForm
from accounts.models import Unit, User
from accounts.reader import administrator_of
from accounts.rules import may_change_unit, may_open_unit
from accounts.services.units import change_unit, open_unit
from kit.answers import form_page


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
    reader = administrator_of(request)
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
    return form_page(request, "accounts/units/form.html", context)


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
