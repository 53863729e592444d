"""Pages on which leaders name who acts for them while they are away (代签)."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import StandIn
from accounts.reader import reader_of, reader_who
from accounts.rules import may_end_stand_in, may_keep_stand_ins
from kit.answers import form_page
from reviews.stand_ins.forms import StandInForm
from reviews.stand_ins.services import end_stand_in, name_stand_in


@require_http_methods(["GET", "HEAD", "POST"])
def stand_in_create(request: HttpRequest) -> HttpResponse:
    """Name a stand-in."""
    refusal = _("Only who decides on items names a stand-in.")
    user, now = reader_who(may_keep_stand_ins, request, refusal), timezone.now()
    form = StandInForm(request.POST or None, user=user, now=now)
    if form.is_bound and form.is_valid():
        try:
            entry = name_stand_in(by=user, now=now, **form.given)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            shown = {"stand_in": entry.stand_in.display_name, "absent": entry.absent.display_name}
            messages.success(request, _("%(stand_in)s will decide for %(absent)s; both are told.") % shown)
            return redirect("reviews:stand-in-list")
    return form_page(request, "reviews/stand_ins/form.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def stand_in_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then end it at once."""
    user, now = reader_of(request), timezone.now()
    entries = StandIn.objects.visible_to(user).select_related("absent__unit", "stand_in")
    entry = get_object_or_404(entries, pk=pk)
    if not may_end_stand_in(user, entry.absent):
        raise PermissionDenied
    if request.method != "POST":
        return render(request, "reviews/stand_ins/end.html", {"entry": entry, "now": now})
    try:
        end_stand_in(entry=entry, by=user, now=now)
    except ValidationError as error:
        messages.info(request, error.messages[0])
    else:
        messages.success(request, _("Ended. From now on %(name)s decides alone.") % {"name": entry.absent})
    return redirect("reviews:stand-in-list")
