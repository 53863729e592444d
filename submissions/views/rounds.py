"""Pages of inspection rounds."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.reader import reader_of
from submissions.enums import NOT_FILED
from submissions.forms.keeping import RoundForm
from submissions.models import Round
from submissions.rules import may_keep_rounds
from submissions.services.rounds import save_round

PAGE_SIZE = 25


@require_safe
def round_list(request: HttpRequest) -> HttpResponse:
    """The rounds of the office, newest first, with the number of items filed in each."""
    user = _round_keeper(request)
    rounds = Round.objects.filter(office=user.office).order_by("-starts", "-pk")
    filed = Count("items", filter=~Q(items__status__in=NOT_FILED))
    context = {"page": Paginator(rounds.annotate(filed=filed), PAGE_SIZE).get_page(request.GET.get("page"))}
    return render(request, "submissions/round_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def round_create(request: HttpRequest) -> HttpResponse:
    return _edit_round(request, _round_keeper(request), None)


@require_http_methods(["GET", "HEAD", "POST"])
def round_edit(request: HttpRequest, pk: int) -> HttpResponse:
    user = _round_keeper(request)
    return _edit_round(request, user, get_object_or_404(Round, office=user.office, pk=pk))


def _edit_round(request: HttpRequest, user: User, inspection_round: Round | None) -> HttpResponse:
    form = RoundForm(request.POST or None, user=user, instance=inspection_round)
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        save_round(inspection_round=inspection_round, by=user, now=timezone.now(), **fields)
        messages.success(request, _("The round “%(name)s” is saved.") % fields)
        return redirect("submissions:round-list")
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "inspection_round": inspection_round}
    return render(request, "submissions/round_form.html", context, status=status)


def _round_keeper(request: HttpRequest) -> User:
    user = reader_of(request)
    if not may_keep_rounds(user):
        raise PermissionDenied
    return user
