"""Objections to lines of bulletins: raised by units, answered by administrators, kept for both."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import Unit
from accounts.reader import reader_of
from bulletins.forms.objections import AnswerForm, ObjectionForm
from bulletins.models import Objection
from bulletins.rules import may_answer, may_object
from bulletins.services.drafting import BulletinMoved
from bulletins.services.life import objections_run
from bulletins.services.objections import AlreadyRaised, answer_objection, raise_objection
from bulletins.views.showing import visible
from kit.answers import conflict, form_page
from kit.numbers import whole


@require_http_methods(["GET", "POST"])
def objection_raise(request: HttpRequest, pk: int) -> HttpResponse:
    """Object to one line of one's own unit (?unit=&line=), or without a line to what is missing."""
    bulletin, reader, now = visible(request, pk), reader_of(request), timezone.now()
    back = reverse("bulletins:bulletin-detail", args=[pk])
    unit, key = _unit(request), request.GET.get("line", "")
    if not objections_run(bulletin, timezone.localdate(now)):
        return conflict(request, _("This bulletin is not open for objections."), back)
    if not may_object(reader, bulletin, unit):
        raise PermissionDenied(_("A unit objects to its own lines only."))
    line = next((line for line in bulletin.content.lines if (line.unit_id, line.key) == (unit.pk, key)), None)
    if key and line is None:
        raise Http404
    form = ObjectionForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        context = {"bulletin": bulletin, "unit": unit, "line": line, "form": form, "back": back}
        return form_page(request, "bulletins/objections/raise.html", context)
    try:
        reason = form.cleaned_data["reason"]
        raise_objection(bulletin=bulletin, unit=unit, line_key=key, reason=reason, by=reader, now=now)
    except AlreadyRaised:
        return conflict(request, _("An objection to this line already waits for its answer."), back)
    except BulletinMoved:
        return conflict(request, _("This bulletin has changed. Look at it again."), back)
    messages.success(request, _("Raised. The office answers before the bulletin is checked."))
    return redirect(f"{back}#objections")


@require_http_methods(["GET", "POST"])
def objection_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept or refuse, with words."""
    reader = reader_of(request)
    objection = get_object_or_404(Objection.objects.visible_to(reader).with_people(), pk=pk)
    back = reverse("bulletins:bulletin-detail", args=[objection.bulletin_id]) + "#objections"
    if objection.answered_at is not None:
        return conflict(request, _("This objection has been answered already."), back)
    if not may_answer(reader, objection):
        raise PermissionDenied(_("An administrator who did not raise the objection answers it."))
    form = AnswerForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        context = {"objection": objection, "form": form, "back": back}
        return form_page(request, "bulletins/objections/answer.html", context)
    try:
        answer_objection(
            objection=objection,
            accepted=form.cleaned_data["verdict"] == "accepted",
            answer=form.cleaned_data["answer"],
            by=reader,
            now=timezone.now(),
        )
    except BulletinMoved:
        return conflict(request, _("This objection has been answered already."), back)
    messages.success(request, _("Answered. The unit and the office can read it."))
    return redirect(back)


def _unit(request: HttpRequest) -> Unit:
    """The unit that the address names, in the reader's office; else Http404."""
    asked = whole(request.GET.get("unit", ""))
    return get_object_or_404(Unit, pk=asked or 0, office=reader_of(request).office)
