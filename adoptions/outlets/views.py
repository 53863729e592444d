"""Keeping the list of outlets."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from adoptions.models import Outlet
from adoptions.outlets.forms import OutletForm
from adoptions.outlets.services import OutletChanged, create_outlet, edit_outlet
from adoptions.reader import registrar_of
from kit.answers import conflict, form_page
from kit.forms import tell


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


def _show(request: HttpRequest, form: OutletForm, outlet: Outlet | None) -> HttpResponse:
    context = {"form": form, "outlet": outlet}
    return form_page(request, "adoptions/outlets/form.html", context)
