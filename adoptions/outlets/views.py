"""Keeping the list of outlets."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.forms import AliasForm, EndAliasForm
from adoptions.models import Outlet, OutletAlias
from adoptions.outlets.forms import OutletForm
from adoptions.outlets.services import (
    OutletChanged,
    add_outlet_alias,
    create_outlet,
    edit_outlet,
    end_outlet_alias,
)
from adoptions.reader import registrar_of
from kit.answers import conflict
from kit.forms import tell, tell_outcome


@require_http_methods(["GET", "HEAD", "POST"])
def outlet_create(request: HttpRequest) -> HttpResponse:
    """Add an outlet; a link from an import brings the name along."""
    user = registrar_of(request)
    form = OutletForm(request.POST or None, initial={"name": request.GET.get("name", "")[:60]})
    if request.method == "POST" and form.is_valid():
        try:
            outlet = create_outlet(office=user.office, facts=form.facts(), by=user, now=timezone.now())
        except ValidationError as error:
            tell(form, error)
        else:
            messages.success(request, _("The outlet “%(name)s” is saved.") % {"name": outlet})
            return redirect("adoptions:outlet-list")
    return _show(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
def outlet_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct an outlet or end its time; not when somebody else changed it meanwhile."""
    user = registrar_of(request)
    outlet = get_object_or_404(Outlet.objects.of_office(user.office), pk=pk)
    form = OutletForm(request.POST or None, outlet=outlet)
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"]
        try:
            edit_outlet(outlet=outlet, facts=form.facts(), seen=seen, by=user, now=timezone.now())
        except OutletChanged:
            message = _("Somebody else has changed this outlet; your change was not saved.")
            return conflict(request, message, reverse("adoptions:outlet-edit", args=[outlet.pk]))
        except ValidationError as error:
            tell(form, error)
        else:
            messages.success(request, _("The outlet “%(name)s” is saved.") % form.cleaned_data)
            return redirect("adoptions:outlet-list")
    return _show(request, form, outlet)


@require_POST
def outlet_alias_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter a former or other name of an outlet."""
    user, form = registrar_of(request), AliasForm(request.POST)
    outlet = get_object_or_404(Outlet.objects.of_office(user.office), pk=pk)
    if form.is_valid():
        try:
            add_outlet_alias(outlet=outlet, by=user, now=timezone.now(), **form.cleaned_data)
        except ValidationError as error:
            tell(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("adoptions:outlet-edit", pk)
    return _show(request, OutletForm(outlet=outlet), outlet, form)


@require_POST
def outlet_alias_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a name of an outlet be understood up to a day."""
    user, form = registrar_of(request), EndAliasForm(request.POST)
    alias = get_object_or_404(OutletAlias.objects.filter(holder__office=user.office), pk=pk)
    if form.is_valid():
        try:
            end_outlet_alias(alias=alias, by=user, now=timezone.now(), **form.cleaned_data)
        except ValidationError as error:
            tell(form, error)
    tell_outcome(request, form)
    return redirect("adoptions:outlet-edit", alias.holder_id)


def _show(
    request: HttpRequest, form: OutletForm, outlet: Outlet | None, alias_form: AliasForm | None = None
) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "outlet": outlet}
    if outlet:
        context |= {
            "aliases": outlet.aliases.order_by("pk"),
            "alias_form": alias_form or AliasForm(),
            "today": timezone.localdate(),
        }
    status = 422 if form.is_bound or alias_form else 200
    return render(request, "adoptions/outlets/form.html", context, status=status)
