"""Adjustments of points: seen, proposed, decided on by a second person, withdrawn."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.reader import reader_of, reader_who
from kit.answers import conflict, download, form_page
from kit.forms import tell
from stats.forms.adjustments import (
    AdjustmentDecisionForm,
    AdjustmentForm,
)
from stats.models import Adjustment
from stats.rules import may_approve_adjustment, may_propose_adjustment, may_withdraw_adjustment
from stats.services.adjustments import (
    AdjustmentMoved,
    approve_adjustment,
    propose_adjustment,
    refuse_adjustment,
    withdraw_adjustment,
)


@require_http_methods(["GET", "HEAD", "POST"])
def adjustment_propose(request: HttpRequest) -> HttpResponse:
    """Put points before a second person."""
    reader = reader_who(
        may_propose_adjustment, request, _("Only an office administrator proposes an adjustment.")
    )
    if request.method != "POST":
        asked = {name: request.GET.get(name, "") for name in ("unit", "date")}
        return _form(request, AdjustmentForm(office=reader.office, initial=asked))
    form = AdjustmentForm(request.POST, request.FILES, office=reader.office)
    if not form.is_valid():
        return _form(request, form)
    file = form.cleaned_data["file"]
    try:
        made = propose_adjustment(facts=form.facts(), file=file, by=reader, now=timezone.now())
    except ValidationError as error:
        tell(form, error)
        return _form(request, form)
    messages.success(request, _("Proposed. It counts as soon as a second person approves it."))
    return redirect("stats:adjustment-detail", made.pk)


@require_safe
def adjustment_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One adjustment with its reason, basis, and who decided."""
    reader, adjustment = reader_of(request), _visible(request, pk)
    context = {
        "adjustment": adjustment,
        "may_decide": may_approve_adjustment(reader, adjustment),
        "may_withdraw": may_withdraw_adjustment(reader, adjustment),
    }
    return render(request, "stats/adjustments/detail.html", context)


@require_safe
def adjustment_evidence(request: HttpRequest, pk: int) -> FileResponse:
    """The evidence file; never shown inside the site."""
    adjustment = _visible(request, pk)
    return download(adjustment.evidence_file, adjustment.evidence_name)


@require_http_methods(["GET", "HEAD", "POST"])
def adjustment_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve, or refuse with a reason."""
    reader, adjustment = reader_of(request), _visible(request, pk)
    form = AdjustmentDecisionForm(request.POST or None)
    try:
        if request.method == "POST" and form.is_valid() and _decide(adjustment, form, request):
            return redirect("stats:adjustment-detail", pk)
    except AdjustmentMoved:
        return _moved(request, pk)
    if not may_approve_adjustment(reader, adjustment):
        raise PermissionDenied(
            _("A leader or an administrator other than the one who proposed it decides on an adjustment.")
        )
    context = {"adjustment": adjustment, "form": form}
    return form_page(request, "stats/adjustments/decide.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def adjustment_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """The last question before a proposal is taken back."""
    reader, adjustment = reader_of(request), _visible(request, pk)
    if request.method == "POST":
        try:
            withdraw_adjustment(adjustment=adjustment, by=reader, now=timezone.now())
        except AdjustmentMoved:
            return _moved(request, pk)
        messages.success(request, _("The proposal is withdrawn."))
        return redirect("stats:adjustment-detail", pk)
    if not may_withdraw_adjustment(reader, adjustment):
        raise PermissionDenied(_("Only an office administrator withdraws an adjustment."))
    return render(request, "stats/adjustments/withdraw.html", {"adjustment": adjustment})


def _decide(adjustment: Adjustment, form: AdjustmentDecisionForm, request: HttpRequest) -> bool:
    """Carry out what a valid form says; False when the form tells what is missing."""
    reader, now = reader_of(request), timezone.now()
    if form.cleaned_data["decision"] == "approve":
        approve_adjustment(adjustment=adjustment, by=reader, now=now)
        messages.success(request, _("Approved. Its month is being counted again."))
        return True
    try:
        remark = form.cleaned_data["remark"]
        refuse_adjustment(adjustment=adjustment, remark=remark, by=reader, now=now)
    except ValidationError as error:
        tell(form, error)
        return False
    messages.success(request, _("Refused. It counts for nothing."))
    return True


def _form(request: HttpRequest, form: AdjustmentForm) -> HttpResponse:
    context = {"form": form, "file_again": form.is_bound and bool(form.files.get("file"))}
    return form_page(request, "stats/adjustments/form.html", context)


def _visible(request: HttpRequest, pk: int) -> Adjustment:
    adjustments = Adjustment.objects.visible_to(reader_of(request)).select_related(
        "office", "unit", "proposed_by", "decided_by"
    )
    return get_object_or_404(adjustments, pk=pk)


def _moved(request: HttpRequest, pk: int) -> HttpResponse:
    message = _("Somebody else has decided on this adjustment already. Look at it again.")
    return conflict(request, message, reverse("stats:adjustment-detail", args=[pk]))
