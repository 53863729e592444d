"""The pages of adoptions: finding the item, registering, one adoption, correcting."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Unit, User
from accounts.reader import reader_of
from adoptions.entries.services import AlreadyRegistered
from adoptions.entries.views import changeable, correct, detail, sent, show_form, visible
from adoptions.forms import AdoptionForm, FindItemForm
from adoptions.models import Adoption
from adoptions.reader import registrar_of
from adoptions.services import register_adoption
from kit.paging import page_of
from submissions.enums import Status
from submissions.filters import NUMBER, OFFERED_UNITS
from submissions.models import Item
from submissions.querysets import ItemQuerySet


@require_safe
def adoption_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One adoption: its facts, whom it is credited to, its proof, and how it was corrected."""
    adoption = visible(request, Adoption, pk)
    parts = list(adoption.credits.select_related("unit").order_by("pk"))
    context = {
        **detail(reader_of(request), adoption),
        "item": adoption.item,
        "credits": parts,
        "shares": sum(credit.share for credit in parts),
    }
    return render(request, "adoptions/detail.html", context)


@require_safe
def adoption_find(request: HttpRequest) -> HttpResponse:
    """The search for the issued item that was adopted; the newest stand first."""
    user = registrar_of(request)
    form = FindItemForm(request.GET, user=user)
    standing = Count("adoptions", filter=Q(adoptions__revoked_at__isnull=True))
    items = _found(user, form).select_related("unit").annotate(adopted=standing)
    context = {
        "form": form,
        "page": page_of(request, items.order_by("-issued_at", "-pk")),
        "units": Unit.objects.visible_to(user).in_order()[:OFFERED_UNITS],
    }
    return render(request, "adoptions/find.html", context)


def _found(user: User, form: FindItemForm) -> ItemQuerySet:
    items: ItemQuerySet = Item.objects.visible_to(user).filter(status=Status.ISSUED)
    if not form.is_valid():
        return items.none()
    asked = form.cleaned_data
    if asked["q"]:
        is_number = NUMBER.fullmatch(asked["q"])
        items = items.filter(number=asked["q"]) if is_number else items.containing(asked["q"], user)
    if asked["unit"]:
        items = items.of_unit(asked["unit"])
    if asked["unadopted"]:
        items = items.exclude(Exists(Adoption.objects.standing().filter(item=OuterRef("pk"))))
    return items


@require_http_methods(["GET", "HEAD", "POST"])
def adoption_create(request: HttpRequest, item_pk: int) -> HttpResponse:
    """Register an adoption of an item; “save and register another” comes back for its next outlet."""
    user = registrar_of(request)
    items = Item.objects.visible_to(user).select_related("office", "unit")
    item = get_object_or_404(items, pk=item_pk, status=Status.ISSUED)
    initial = {"date": request.GET.get("date", "")}
    form = AdoptionForm(*sent(request), user=user, item=item, initial=initial)
    first: Adoption | None = None
    if form.is_valid():
        facts, proof = form.facts(), form.cleaned_data["proof"]
        try:
            adoption = register_adoption(item=item, facts=facts, proof=proof, by=user, now=timezone.now())
        except AlreadyRegistered as known:
            first = known.first
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Registered: %(outlet)s.") % {"outlet": adoption.outlet})
            if "again" in request.POST:
                return redirect("adoptions:adoption-create", item.pk)
            return redirect("adoptions:adoption-detail", adoption.pk)
    return _show_form(request, form, item, None, first)


@require_http_methods(["GET", "HEAD", "POST"])
def adoption_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct an adoption, with the reason; not when somebody else changed it meanwhile."""
    adoption = changeable(request, Adoption, pk)
    item = adoption.item
    form = AdoptionForm(*sent(request), user=reader_of(request), item=item, adoption=adoption)
    return correct(request, form, adoption, partial(_show_form, request, form, item, adoption))


def _show_form(
    request: HttpRequest,
    form: AdoptionForm,
    item: Item,
    adoption: Adoption | None,
    first: Adoption | None,
) -> HttpResponse:
    units = [] if form.credits.units else Unit.objects.filter(office=item.office).in_order()[:OFFERED_UNITS]
    return show_form(
        request,
        "adoptions/form.html",
        form,
        entry=adoption,
        first=first,
        item=item,
        credits=form.credits,
        units=units,
        others=item.adoptions.standing().select_related("outlet").order_by("-date", "-pk"),
    )
