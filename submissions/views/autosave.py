"""What the form of an item saves by itself while somebody writes; its other end is static/js/autosave/."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from submissions.drafting import BoundDraft, Outcome, bind_and_save
from submissions.models import Item
from submissions.rules import is_writer_of, may_file

STATUS = {Outcome.SAVED: 200, Outcome.INVALID: 422}
REASON = {
    Outcome.INVALID: "invalid",
    Outcome.SUPERSEDED: "superseded",
    Outcome.LOCKED: "locked",
    Outcome.ALREADY_FILED: "filed",
}


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def item_autosave(request: HttpRequest, pk: int | None = None) -> JsonResponse:
    """Store what was typed as a draft is stored, and say in JSON what became of it; files are left out.

    Stored: ``pk``, ``read``, ``saved_at`` (14:03) and the addresses of this item. Not, or not all of it:
    ``reason`` is signed_out (401, rather than the login page), other_person (409: somebody else signed in
    since), gone (404), filed, locked or superseded (409), or invalid (422, with ``unsaved`` field → messages;
    the other fields are stored if there is an item). A GET says who is signed in, and gives a CSRF token.
    """
    user = request.user
    if not isinstance(user, User):
        return JsonResponse({"reason": "signed_out"}, status=401)
    if request.method != "POST":
        return JsonResponse({"writer": user.pk, "token": get_token(request)})
    if request.POST.get("writer") != str(user.pk):
        return JsonResponse({"reason": "other_person"}, status=409)
    if pk is None and not may_file(user):
        raise PermissionDenied
    item = _item(user, pk) if pk else None
    if pk is not None and item is None:
        return JsonResponse({"reason": "gone"}, status=404)
    request.FILES.clear()
    return _answer(bind_and_save(request, item))


def _item(user: User, pk: int) -> Item | None:
    """The item, if this person writes it."""
    item = Item.objects.visible_to(user).select_related("unit", "submitter").filter(pk=pk).first()
    return item if item is not None and is_writer_of(user, item) else None


def _answer(bound: BoundDraft) -> JsonResponse:
    answer: dict[str, Any] = {}
    if bound.outcome in REASON:
        answer["reason"] = REASON[bound.outcome]
    if bound.outcome == Outcome.INVALID:
        answer["unsaved"] = _unsaved(bound)
    item = bound.item
    if item is not None and bound.outcome in STATUS:
        answer |= {
            "pk": item.pk,
            "read": item.changed_at.isoformat(),
            "saved_at": f"{timezone.localtime():%H:%M}",
            "save_url": reverse("submissions:item-autosave", args=[item.pk]),
            "edit_url": reverse("submissions:item-edit", args=[item.pk]),
            "file_url": reverse("reviews:item-submit", args=[item.pk]),
        }
    return JsonResponse(answer, status=STATUS.get(bound.outcome, 409))


def _unsaved(bound: BoundDraft) -> dict[str, list[str]]:
    """Label of a field → why it was left out."""
    faults = {
        str(bound.form.fields[name].label): [str(message) for message in errors]
        for name, errors in bound.form.errors.items()
        if name in bound.form.fields
    }
    messages = [
        str(message) for row in bound.authors.forms for errors in row.errors.values() for message in errors
    ]
    messages += [str(message) for message in bound.authors.non_form_errors()]
    return faults | ({_("Authors"): messages} if messages else {})
