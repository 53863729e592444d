"""The office's list of outlets."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Max, Q
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.saved_lists import opens_as_saved
from adoptions.models import Outlet
from adoptions.outlets.columns import outlet_columns, outlet_workbook
from adoptions.outlets.filters import DEFAULT_ORDER, in_order
from adoptions.outlets.forms import OutletForm, OutletSearch
from adoptions.outlets.services import OutletChanged, create_outlet, edit_outlet
from adoptions.querysets import OutletQuerySet
from adoptions.reader import registrar_of
from kit.answers import conflict
from kit.forms import tell
from kit.lists import chosen, on_screen
from paper.answers import XLSX

PAGE_SIZE = 50


@require_safe
@opens_as_saved
def outlet_list(request: HttpRequest) -> HttpResponse:
    """Outlets from the centre down, with the number of their adoptions."""
    user = registrar_of(request)
    form = OutletSearch(request.GET)
    outlets = in_order(_found(user, form), request.GET.get("o"))
    page = Paginator(outlets, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        **on_screen(outlet_columns(), page, request.GET),
        "default_order": DEFAULT_ORDER,
        "any": Outlet.objects.of_office(user.office).exists(),
    }
    return render(request, "adoptions/outlets/list.html", context)


@require_safe
def outlet_export(request: HttpRequest) -> FileResponse:
    """The same outlets as the list shows, of all pages, as an Excel workbook."""
    user, today = registrar_of(request), timezone.localdate()
    outlets = in_order(_found(user, OutletSearch(request.GET)), request.GET.get("o"))
    book = outlet_workbook(outlets, today, chosen(outlet_columns(), request.GET))
    name = _("Outlets %(day)s.xlsx") % {"day": f"{today:%Y%m%d}"}
    return FileResponse(book, as_attachment=True, filename=name, content_type=XLSX)


def _found(user: User, form: OutletSearch) -> OutletQuerySet:
    """The outlets asked for, each with the number of its standing adoptions and the day of the last."""
    standing = Q(adoptions__revoked_at__isnull=True)
    outlets: OutletQuerySet = Outlet.objects.of_office(user.office).annotate(
        adopted=Count("adoptions", filter=standing), latest=Max("adoptions__date", filter=standing)
    )
    if not form.is_valid():
        return outlets
    today, asked = timezone.localdate(), form.cleaned_data
    if asked["q"]:
        outlets = outlets.filter(name__icontains=asked["q"])
    if asked["state"] == "ended":
        return outlets.filter(active_to__lt=today)
    return outlets if asked["state"] == "all" else outlets.exclude(active_to__lt=today)


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
    status = 422 if form.is_bound else 200
    return render(request, "adoptions/outlets/form.html", context, status=status)
