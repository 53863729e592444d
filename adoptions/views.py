"""Writing in the ledger: register, correct, revoke."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Unit, User
from accounts.reader import reader_of
from adoptions.entries.forms import tell
from adoptions.forms import AdoptionForm, CreditFormSet, FindItemForm, RevokeForm
from adoptions.models import Adoption
from adoptions.rules import may_change, may_register
from adoptions.services import (
    AdoptionChanged,
    AlreadyRegistered,
    edit_adoption,
    register_adoption,
    revoke_adoption,
)
from submissions.enums import Status
from submissions.filters import NUMBER, OFFERED_UNITS
from submissions.models import Item
from submissions.querysets import ItemQuerySet

PAGE_SIZE = 25


@require_safe
def adoption_find(request: HttpRequest) -> HttpResponse:
    """The search for the issued item that was adopted; the newest stand first."""
    user = _registrar(request)
    form = FindItemForm(request.GET, user=user)
    standing = Count("adoptions", filter=Q(adoptions__revoked_at__isnull=True))
    items = _found(user, form).select_related("unit").annotate(adopted=standing)
    context = {
        "form": form,
        "page": Paginator(items.order_by("-issued_at", "-pk"), PAGE_SIZE).get_page(request.GET.get("page")),
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
        items = items.filter(number=asked["q"]) if is_number else items.containing(asked["q"])
    if asked["unit"]:
        items = items.of_unit(asked["unit"])
    if asked["unadopted"]:
        items = items.exclude(Exists(Adoption.objects.standing().filter(item=OuterRef("pk"))))
    return items


@require_http_methods(["GET", "HEAD", "POST"])
def adoption_create(request: HttpRequest, item_pk: int) -> HttpResponse:
    """Register an adoption of an item; “save and register another” comes back for its next outlet."""
    user = _registrar(request)
    items = Item.objects.visible_to(user).select_related("office", "unit")
    item = get_object_or_404(items, pk=item_pk, status=Status.ISSUED)
    if request.method != "POST":
        form = AdoptionForm(item=item, initial={"date": request.GET.get("date", "")})
        return _show_form(request, item, form, CreditFormSet(user=user, item=item))
    form = AdoptionForm(request.POST, request.FILES, item=item)
    parts = CreditFormSet(request.POST, user=user, item=item)
    adoption = _register(form, parts, item, user)
    if not isinstance(adoption, Adoption):
        return _show_form(request, item, form, parts, first=adoption)
    messages.success(request, _("Registered: %(outlet)s.") % {"outlet": adoption.outlet})
    if "again" in request.POST:
        return redirect("adoptions:adoption-create", item.pk)
    return redirect("adoptions:adoption-detail", adoption.pk)


def _register(
    form: AdoptionForm, parts: CreditFormSet, item: Item, user: User
) -> Adoption | AlreadyRegistered | None:
    """The new adoption; or what stands in its way, None when the forms tell it themselves."""
    if not all([form.is_valid(), parts.is_valid()]):
        return None
    try:
        return register_adoption(
            item=item,
            facts=form.facts(parts.shares),
            proof=form.cleaned_data["proof"],
            by=user,
            now=timezone.now(),
        )
    except AlreadyRegistered as known:
        return known
    except ValidationError as error:
        _tell(form, parts, error)
    return None


@require_http_methods(["GET", "HEAD", "POST"])
def adoption_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct an adoption, with the reason; not when somebody else changed it meanwhile."""
    user = reader_of(request)
    adoption = _changeable(user, pk)
    item = adoption.item
    if request.method != "POST":
        form = AdoptionForm(item=item, adoption=adoption)
        parts = CreditFormSet(user=user, item=item, adoption=adoption)
        return _show_form(request, item, form, parts, adoption=adoption)
    form = AdoptionForm(request.POST, request.FILES, item=item, adoption=adoption)
    parts = CreditFormSet(request.POST, user=user, item=item, adoption=adoption)
    try:
        first = _correct(form, parts, adoption, user)
    except AdoptionChanged:
        return _changed(request, adoption)
    if form.errors or parts.non_form_errors() or any(parts.errors) or first:
        return _show_form(request, item, form, parts, adoption=adoption, first=first)
    messages.success(request, _("The correction is saved."))
    return redirect("adoptions:adoption-detail", adoption.pk)


def _correct(
    form: AdoptionForm, parts: CreditFormSet, adoption: Adoption, user: User
) -> AlreadyRegistered | None:
    """Save a valid correction; else the forms tell what is wrong, or the adoption it would double does."""
    if not all([form.is_valid(), parts.is_valid()]):
        return None
    try:
        edit_adoption(
            adoption=adoption,
            facts=form.facts(parts.shares),
            proof=form.cleaned_data["proof"],
            drop_proof=form.cleaned_data.get("drop_proof", False),
            reason=form.cleaned_data["reason"],
            revision=form.cleaned_data["revision"],
            by=user,
            now=timezone.now(),
        )
    except AlreadyRegistered as known:
        return known
    except ValidationError as error:
        _tell(form, parts, error)
    return None


@require_http_methods(["GET", "HEAD", "POST"])
def adoption_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the reason, then take the adoption out of the count."""
    user = reader_of(request)
    adoption = _changeable(user, pk)
    form = RevokeForm(request.POST or None, initial={"revision": adoption.revision})
    if request.method == "POST" and form.is_valid():
        try:
            revoke_adoption(adoption=adoption, by=user, now=timezone.now(), **form.cleaned_data)
        except AdoptionChanged:
            return _changed(request, adoption)
        messages.success(request, _("The adoption is revoked and counts no more."))
        return redirect("adoptions:adoption-detail", adoption.pk)
    context = {"adoption": adoption, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "adoptions/revoke.html", context, status=status)


def _registrar(request: HttpRequest) -> User:
    user = reader_of(request)
    if not may_register(user):
        raise PermissionDenied
    return user


def _changeable(user: User, pk: int) -> Adoption:
    """An adoption this person may change: 404 when they may not see it, 403 when it is not theirs to keep."""
    adoptions = Adoption.objects.visible_to(user).select_related("item__office", "item__unit", "outlet")
    adoption = get_object_or_404(adoptions, pk=pk)
    if not may_change(user, adoption):
        raise PermissionDenied(
            _("This adoption cannot be changed: it was revoked.") if adoption.revoked_at else ""
        )
    return adoption


def _tell(form: AdoptionForm, parts: CreditFormSet, error: ValidationError) -> None:
    by_field = error.update_error_dict({})
    for problem in by_field.pop("credits", []):
        parts.refuse("；".join(problem.messages))
    if by_field:
        tell(form, ValidationError(by_field))


def _show_form(
    request: HttpRequest,
    item: Item,
    form: AdoptionForm,
    parts: CreditFormSet,
    *,
    adoption: Adoption | None = None,
    first: AlreadyRegistered | None = None,
) -> HttpResponse:
    context = {
        "item": item,
        "form": form,
        "credits": parts,
        "units": [] if parts.units else Unit.objects.filter(office=item.office).in_order()[:OFFERED_UNITS],
        "adoption": adoption,
        "first": first.first if first else None,
        "file_again": form.is_bound and bool(form.files.get("proof")),
        "others": item.adoptions.standing().select_related("outlet").order_by("-date", "-pk"),
    }
    status = 422 if form.is_bound else 200
    return render(request, "adoptions/form.html", context, status=status)


def _changed(request: HttpRequest, adoption: Adoption) -> HttpResponse:
    context = {
        "message": _("Somebody else has changed or revoked this adoption; your change was not saved."),
        "back_url": reverse("adoptions:adoption-detail", args=[adoption.pk]),
    }
    return render(request, "409.html", context, status=409)
