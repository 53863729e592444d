"""The page on which an administrator keeps the working days and the terms of review."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.enums import Role
from accounts.models import User
from accounts.reader import reader_of
from accounts.rules import has_role
from reviews.deadlines.clocks import deadlines_of
from reviews.deadlines.forms import DayForm, TermsForm
from reviews.deadlines.services import set_day, set_terms, unset_day
from reviews.models import CalendarDay


@require_http_methods(["GET", "HEAD", "POST"])
def clock_settings(request: HttpRequest) -> HttpResponse:
    """The terms of the levels, and the calendar from this year on; POST sets the terms."""
    user = _keeper(request)
    form = TermsForm(request.POST or None, terms=deadlines_of(user.office).terms)
    if request.method == "POST" and form.is_valid():
        set_terms(office=user.office, terms=form.terms, by=user, now=timezone.now())
        messages.success(request, _("The terms of review are saved."))
        return redirect("reviews:clock-settings")
    return _page(request, user, form, DayForm(), 422 if request.method == "POST" else 200)


@require_POST
def day_set(request: HttpRequest) -> HttpResponse:
    """Name a day off, or a weekend day that is worked."""
    user = _keeper(request)
    form = DayForm(request.POST)
    if not form.is_valid():
        return _page(request, user, TermsForm(terms=deadlines_of(user.office).terms), form, 422)
    given = form.cleaned_data
    set_day(
        office=user.office,
        day=given["date"],
        works=given["works"],
        name=given["name"],
        by=user,
        now=timezone.now(),
    )
    messages.success(request, _("%(day)s is saved.") % {"day": given["date"]})
    return redirect("reviews:clock-settings")


@require_POST
def day_unset(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a day be what its weekday says."""
    user = _keeper(request)
    entry = get_object_or_404(CalendarDay.objects.select_related("office"), office=user.office, pk=pk)
    unset_day(entry=entry, by=user, now=timezone.now())
    messages.success(request, _("%(day)s is an ordinary day again.") % {"day": entry.date})
    return redirect("reviews:clock-settings")


def _page(request: HttpRequest, user: User, terms: TermsForm, day: DayForm, status: int) -> HttpResponse:
    today = timezone.localdate()
    days = CalendarDay.objects.filter(office=user.office, date__year__gte=today.year).order_by("date")
    context = {
        "terms": terms,
        "day_form": day,
        "coming": [day for day in days if day.date >= today],
        "past": [day for day in days if day.date < today],
    }
    return render(request, "reviews/deadlines/clock_settings.html", context, status=status)


def _keeper(request: HttpRequest) -> User:
    user = reader_of(request)
    if not has_role(user, Role.OFFICE_ADMIN):
        raise PermissionDenied
    return user
