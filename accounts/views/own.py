"""Signing in, and what a person changes about themselves."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _

from accounts.forms import ContactForm, LoginForm, OwnPasswordForm
from accounts.models import User
from accounts.querysets import grants_today
from accounts.reader import reader_of
from accounts.rules import may_keep_stand_ins
from accounts.services.audit import record
from accounts.services.people import change_own_contacts, change_own_password
from kit.answers import form_page


@method_decorator(login_not_required, name="dispatch")
class SignIn(LoginView):
    """The login page; successes, and failures on an account that exists, go into the audit trail."""

    template_name = "accounts/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        response = super().form_valid(form)
        person = reader_of(self.request)
        record(actor=person, action="login", target=person, office=person.office, now=timezone.now())
        return response

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        name = User.objects.model.normalize_username(form.data.get("username", ""))
        person = User.objects.filter(username=name).select_related("unit__office").first()
        if person:
            record(actor=None, action="login.failed", target=person, office=person.office, now=timezone.now())
        response = super().form_invalid(form)
        response.status_code = 422
        return response


class SignOut(LogoutView):
    """Ends the session and leaves a row in the audit trail."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        person = reader_of(request)
        record(actor=person, action="logout", target=person, office=person.office, now=timezone.now())
        return super().post(request, *args, **kwargs)


def profile(request: HttpRequest) -> HttpResponse:
    """The person's own facts and roles; telephone number and e-mail address are theirs to change."""
    person = reader_of(request)
    form = ContactForm(request.POST or None, instance=User.objects.get(pk=person.pk))
    if request.method == "POST" and form.is_valid():
        change_own_contacts(person=person, **form.cleaned_data, now=timezone.now())
        messages.success(request, _("Saved."))
        return redirect("accounts:profile")
    context = {"form": form, "grants": grants_today(person), "may_keep_stand_ins": may_keep_stand_ins(person)}
    return form_page(request, "accounts/profile.html", context)


def password_change(request: HttpRequest) -> HttpResponse:
    person = reader_of(request)
    form = OwnPasswordForm(person, request.POST or None)
    if request.method == "POST" and form.is_valid():
        change_own_password(person=person, password=form.cleaned_data["new_password1"], now=timezone.now())
        update_session_auth_hash(request, person)
        messages.success(request, _("Your password has been changed."))
        return redirect("desk")
    return form_page(request, "accounts/password_change.html", {"form": form})
