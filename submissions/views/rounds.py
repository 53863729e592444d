"""Pages of inspection rounds."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.reader import reader_who
from submissions.forms.keeping import RoundForm
from submissions.models import Round
from submissions.rules import may_keep_rounds
from submissions.services.rounds import save_round


@require_http_methods(["GET", "HEAD", "POST"])
def round_create(request: HttpRequest) -> HttpResponse:
    return _edit_round(request, reader_who(may_keep_rounds, request), None)


@require_http_methods(["GET", "HEAD", "POST"])
def round_edit(request: HttpRequest, pk: int) -> HttpResponse:
    user = reader_who(may_keep_rounds, request)
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
    return render(request, "submissions/rounds/form.html", context, status=status)
