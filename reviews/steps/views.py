"""Pages on which items are filed and withdrawn."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.enums import Role
from accounts.models import User
from accounts.reader import reader_of, reader_who
from reviews import wording
from reviews.chain import IllegalStep
from reviews.enums import Action
from reviews.reader import visible_item
from reviews.rules import may_withdraw
from reviews.steps import refusals
from reviews.steps.forms import SeenForm
from reviews.steps.moving import Overtaken, TextChanged
from reviews.steps.services import NobodyCanDecide, NotReady, take_step
from submissions.drafting import BoundDraft, bind_and_save, refusal, render_item_form
from submissions.models import Item
from submissions.rules import is_writer_of, may_file


@require_POST
def item_submit_new(request: HttpRequest) -> HttpResponse:
    reader_who(may_file, request)
    return _file(request, None)


@require_POST
def item_submit(request: HttpRequest, pk: int) -> HttpResponse:
    item, user = visible_item(request, pk), reader_of(request)
    if not (is_writer_of(user, item) and may_file(user)):
        raise PermissionDenied(_("Only its writers file an item."))
    return _file(request, item)


def _file(request: HttpRequest, item: Item | None) -> HttpResponse:
    with transaction.atomic():
        return _save_and_submit(request, item)


def _save_and_submit(request: HttpRequest, item: Item | None) -> HttpResponse:
    """Save the whole form and file it, with nobody's change in between; what was typed stays either way."""
    user, now = reader_of(request), timezone.now()
    bound = bind_and_save(request, item)
    answer = refusal(request, bound)
    if answer is not None:
        return answer
    if bound.item is None:
        return render_item_form(request, bound, status=422)
    seen = (bound.item.status, bound.item.version)
    try:
        take_step(item=bound.item, action=Action.SUBMIT, by=user, source=seen[0], version=seen[1], now=now)
    except NotReady as error:
        return render_item_form(request, bound, error.problems, status=422)
    except NobodyCanDecide as error:
        return _nobody_can_decide(request, bound, error)
    except (Overtaken, TextChanged):
        return refusals.overtaken(request, bound.item, Action.SUBMIT, seen=seen)
    bound.item.refresh_from_db()
    messages.success(request, wording.filed(bound.item))
    return redirect("submissions:item-detail", bound.item.pk)


def _nobody_can_decide(request: HttpRequest, bound: BoundDraft, error: NobodyCanDecide) -> HttpResponse:
    user = reader_of(request)
    administrators = User.objects.holding(Role.OFFICE_ADMIN, user.office, timezone.localdate())
    problem = wording.nobody_can_decide(error.roles, administrators.order_by("pk"))
    return render_item_form(request, bound, {"__all__": problem}, status=422)


@require_http_methods(["GET", "POST"])
def item_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    item, user = visible_item(request, pk), reader_of(request)
    form = SeenForm(request.POST) if request.method == "POST" else SeenForm.of(item)
    if not is_writer_of(user, item):
        raise PermissionDenied(_("Only its writers withdraw an item."))
    if form.is_bound and form.is_valid():
        return _withdraw(request, item, form)
    if not may_withdraw(user, item):
        return refusals.refused(request, item, wording.cannot_withdraw(item))
    context = {"item": item, "form": SeenForm.of(item)}
    return render(request, "reviews/steps/withdraw.html", context, status=422 if form.is_bound else 200)


def _withdraw(request: HttpRequest, item: Item, form: SeenForm) -> HttpResponse:
    user, now = reader_of(request), timezone.now()
    seen = (form.cleaned_data["source"], form.cleaned_data["version"])
    try:
        take_step(item=item, action=Action.WITHDRAW, by=user, source=seen[0], version=seen[1], now=now)
    except (Overtaken, TextChanged):
        return refusals.overtaken(request, item, Action.WITHDRAW, seen=seen)
    except IllegalStep:
        return refusals.refused(request, item, wording.cannot_withdraw(item))
    messages.success(request, _("The item is withdrawn. You can revise it and file it again."))
    return redirect("submissions:item-detail", item.pk)
