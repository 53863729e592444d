"""Accounts and the roles they hold, for administrators."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.forms import EndRoleForm, GrantForm, NewPersonForm, PersonForm
from accounts.models import RoleGrant, User
from accounts.reader import administrator_of
from accounts.rules import may_grant, may_manage_person
from accounts.services.people import change_person, create_person, reset_password, set_active
from accounts.services.roles import appoint, end_role
from kit.answers import form_page


def _person(reader: User, pk: int) -> User:
    person: User = get_object_or_404(User.objects.managed_by(reader).select_related("unit"), pk=pk)
    return person


def _managed(reader: User, pk: int) -> User:
    """A person whose account this administrator may change."""
    person = _person(reader, pk)
    if not may_manage_person(reader, person, timezone.localdate()):
        raise PermissionDenied(_("This account is changed by another administrator."))
    return person


@require_http_methods(["GET", "HEAD", "POST"])
def user_create(request: HttpRequest) -> HttpResponse:
    """A new account; its first password is shown on the answer and nowhere else."""
    reader, now = administrator_of(request), timezone.now()
    form = NewPersonForm(request.POST or None, by=reader, day=timezone.localdate(now))
    if request.method == "POST" and form.is_valid():
        try:
            person, password = create_person(by=reader, now=now, **form.cleaned_data)
        except ValidationError as error:
            form.add_error("role", error)
        else:
            return _shown_once(request, person, password)
    return form_page(request, "accounts/people/create.html", {"form": form})


def _shown_once(request: HttpRequest, person: User, password: str) -> HttpResponse:
    """The answer to the POST itself: a redirect would have to keep the password somewhere."""
    return render(request, "accounts/people/first_password.html", {"person": person, "password": password})


@require_http_methods(["GET", "HEAD", "POST"])
def user_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """An account's facts and roles."""
    reader, now = administrator_of(request), timezone.now()
    person = _managed(reader, pk) if request.method == "POST" else _person(reader, pk)
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
    """A role given on the person's page."""
    reader, now = administrator_of(request), timezone.now()
    person = _managed(reader, pk)
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


@require_http_methods(["GET", "HEAD", "POST"])
def grant_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a role, at once or with a last day."""
    reader, now = administrator_of(request), timezone.now()
    standing = RoleGrant.objects.standing(timezone.localdate(now)).select_related("user__unit", "unit")
    grant = get_object_or_404(standing, pk=pk, user__in=User.objects.managed_by(reader))
    if not may_grant(reader, grant.user, grant.role, grant.unit, timezone.localdate(now)):
        raise PermissionDenied(_("This role is given and ended by another administrator."))
    form = EndRoleForm(request.POST if request.method == "POST" else None, initial={"until": grant.until})
    if request.method == "POST" and form.is_valid():
        try:
            end_role(grant=grant, until=form.cleaned_data["until"], by=reader, now=now)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("accounts:user-edit", grant.user_id)
    context = {"grant": grant, "person": grant.user, "form": form}
    return form_page(request, "accounts/people/end_role.html", context)


def _person_page(
    request: HttpRequest,
    reader: User,
    person: User,
    form: PersonForm | None = None,
    grant_form: GrantForm | None = None,
) -> HttpResponse:
    day = timezone.localdate()
    bound = any(each is not None and each.is_bound for each in (form, grant_form))
    everything = RoleGrant.objects.filter(user=person).select_related("unit").order_by("since", "pk")
    former = [grant for grant in everything if grant.until and grant.until < day]
    context = {
        "person": person,
        "former": former,
        "form": form or PersonForm(instance=person, by=reader, day=day),
        "grant_form": grant_form or GrantForm(by=reader, person=person, day=day),
        "may_manage": may_manage_person(reader, person, day),
        "grants": [
            (grant, may_grant(reader, person, grant.role, grant.unit, day))
            for grant in everything
            if grant not in former
        ],
        "day": day,
    }
    return render(request, "accounts/people/edit.html", context, status=422 if bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def user_reset_password(request: HttpRequest, pk: int) -> HttpResponse:
    """A new first password, shown once."""
    reader = administrator_of(request)
    person = _managed(reader, pk)
    if request.method == "POST":
        return _shown_once(request, person, reset_password(person=person, by=reader, now=timezone.now()))
    return render(request, "accounts/people/reset_password.html", {"person": person})


@require_http_methods(["GET", "HEAD", "POST"])
def user_deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    return _set_active(request, pk, active=False)


@require_http_methods(["GET", "HEAD", "POST"])
def user_reactivate(request: HttpRequest, pk: int) -> HttpResponse:
    return _set_active(request, pk, active=True)


def _set_active(request: HttpRequest, pk: int, *, active: bool) -> HttpResponse:
    """Two addresses, not a switch: a request sent twice must not undo itself."""
    reader = administrator_of(request)
    person = _managed(reader, pk)
    if request.method != "POST":
        return render(request, "accounts/people/active.html", {"person": person, "active": active})
    set_active(person=person, active=active, by=reader, now=timezone.now())
    messages.success(request, _("The account is active.") if active else _("The account is deactivated."))
    return redirect("accounts:user-edit", pk)
