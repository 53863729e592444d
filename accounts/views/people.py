"""Accounts and the roles they hold, for administrators."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.enums import REVIEWERS, Role
from accounts.forms import GrantForm, PersonFilter, PersonForm
from accounts.models import RoleGrant, Unit, User
from accounts.querysets import UserQuerySet
from accounts.reader import reader_of
from accounts.rules import has_role, may_grant, may_manage_people, may_manage_person
from accounts.services import appoint, change_person, create_person, end_role, reset_password, set_active

PAGE_SIZE = 25


def _administrator(request: HttpRequest) -> User:
    reader = reader_of(request)
    if not may_manage_people(reader):
        raise PermissionDenied(_("People and units are kept by administrators."))
    return reader


def _person(reader: User, pk: int) -> User:
    person: User = get_object_or_404(User.objects.managed_by(reader).select_related("unit"), pk=pk)
    return person


@require_safe
def user_list(request: HttpRequest) -> HttpResponse:
    """The people this administrator looks after, and the roles of the chain that nobody holds."""
    reader, today = _administrator(request), timezone.localdate()
    form = PersonFilter(request.GET or None)
    people = _narrowed(User.objects.managed_by(reader), form).with_grants(today)
    context = {
        "page": Paginator(people.order_by("unit__position", "unit__path", "username"), PAGE_SIZE).get_page(
            request.GET.get("page")
        ),
        "filter_form": form,
        "missing_roles": _missing_roles(reader.office, today) if has_role(reader, Role.OFFICE_ADMIN) else [],
    }
    return render(request, "accounts/user_list.html", context)


def _narrowed(people: UserQuerySet, form: PersonFilter) -> UserQuerySet:
    wanted = form.cleaned_data if form.is_bound and form.is_valid() else {}
    if words := wanted.get("q", "").strip():
        people = people.filter(Q(display_name__icontains=words) | Q(username__icontains=words))
    if role := wanted.get("role"):
        held = RoleGrant.objects.on(timezone.localdate()).filter(role=role)
        people = people.filter(pk__in=held.values("user"))
    if wanted.get("state") != "all":
        people = people.filter(is_active=wanted.get("state") != "inactive")
    return people


def _missing_roles(office: Unit, day: date) -> list[str]:
    """Labels of the reviewers' roles that no active person of the office holds."""
    held = set(
        RoleGrant.objects.on(day).filter(unit=office, user__is_active=True).values_list("role", flat=True)
    )
    return [str(role.label) for role in Role if role in REVIEWERS - held]


@require_http_methods(["GET", "POST"])
def user_create(request: HttpRequest) -> HttpResponse:
    """A new account; its first password is shown on the answer and nowhere else."""
    reader, now = _administrator(request), timezone.now()
    form = PersonForm(request.POST or None, by=reader, day=timezone.localdate(now))
    if request.method == "POST" and form.is_valid():
        person, password = create_person(by=reader, now=now, **form.cleaned_data)
        return _shown_once(request, person, password)
    status = 422 if form.is_bound else 200
    return render(request, "accounts/user_create.html", {"form": form}, status=status)


def _shown_once(request: HttpRequest, person: User, password: str) -> HttpResponse:
    return render(request, "accounts/first_password.html", {"person": person, "password": password})


@require_http_methods(["GET", "POST"])
def user_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """An account's facts and roles."""
    reader, now = _administrator(request), timezone.now()
    person = _person(reader, pk)
    form = PersonForm(
        request.POST or None, instance=_person(reader, pk), by=reader, day=timezone.localdate(now)
    )
    if request.method == "POST" and form.is_valid():
        fields = {name: value for name, value in form.cleaned_data.items() if name != "username"}
        ended = change_person(person=person, by=reader, now=now, **fields)
        messages.success(request, _("Saved."))
        if ended:
            messages.warning(request, _("Roles held for the former unit have ended; give new ones below."))
        return redirect("accounts:user-edit", pk)
    return _person_page(request, reader, person, form=form)


@require_POST
def grant_create(request: HttpRequest, pk: int) -> HttpResponse:
    reader, now = _administrator(request), timezone.now()
    person = _person(reader, pk)
    form = GrantForm(request.POST, by=reader, person=person, day=timezone.localdate(now))
    if form.is_valid():
        try:
            appoint(person=person, by=reader, now=now, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The role has been given."))
            return redirect("accounts:user-edit", pk)
    return _person_page(request, reader, person, grant_form=form)


@require_POST
def grant_end(request: HttpRequest, pk: int) -> HttpResponse:
    reader = _administrator(request)
    managed = User.objects.managed_by(reader)
    grant = get_object_or_404(RoleGrant.objects.select_related("user__unit", "unit"), pk=pk, user__in=managed)
    end_role(grant=grant, until=None, by=reader, now=timezone.now())
    messages.success(request, _("The role has ended."))
    return redirect("accounts:user-edit", grant.user_id)


def _person_page(
    request: HttpRequest,
    reader: User,
    person: User,
    form: PersonForm | None = None,
    grant_form: GrantForm | None = None,
) -> HttpResponse:
    day = timezone.localdate()
    bound = any(each is not None and each.is_bound for each in (form, grant_form))
    grants = (
        RoleGrant.objects.filter(user=person).standing(day).select_related("unit").order_by("since", "pk")
    )
    context = {
        "person": person,
        "form": form or PersonForm(instance=person, by=reader, day=day),
        "grant_form": grant_form or GrantForm(by=reader, person=person, day=day),
        "may_manage": may_manage_person(reader, person, day),
        "grants": [(grant, may_grant(reader, person, grant.role, grant.unit, day)) for grant in grants],
        "day": day,
    }
    return render(request, "accounts/user_edit.html", context, status=422 if bound else 200)


@require_http_methods(["GET", "POST"])
def user_reset_password(request: HttpRequest, pk: int) -> HttpResponse:
    reader = _administrator(request)
    person = _person(reader, pk)
    if request.method == "POST":
        return _shown_once(request, person, reset_password(person=person, by=reader, now=timezone.now()))
    return render(request, "accounts/user_reset_password.html", {"person": person})


@require_http_methods(["GET", "POST"])
def user_deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    """Deactivate an account, or bring a deactivated one back."""
    reader = _administrator(request)
    person = _person(reader, pk)
    if request.method == "POST":
        set_active(person=person, active=not person.is_active, by=reader, now=timezone.now())
        messages.success(request, _("Saved."))
        return redirect("accounts:user-edit", pk)
    return render(request, "accounts/user_deactivate.html", {"person": person})
