"""Pages on which items are filed, withdrawn and decided."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.enums import Role
from accounts.models import User
from accounts.reader import reader_of
from reviews import conflicts, wording
from reviews.chain import IllegalStep
from reviews.clocks import first_things_first, terms_of
from reviews.enums import Action
from reviews.forms import DecisionForm, HistoryFilter, SeenForm
from reviews.models import Decision
from reviews.querysets import inbox
from reviews.reading import read, side_by_side
from reviews.rules import is_reviewer, may_decide, may_withdraw
from reviews.services import NobodyCanDecide, NotReady, Overtaken, TextChanged, take_step
from submissions.drafting import BoundDraft, bind_and_save, refusal, render_item_form
from submissions.models import Item
from submissions.reading import reading_for
from submissions.rules import is_writer_of, may_file

PER_PAGE = 20


def visible_item(request: HttpRequest, pk: int) -> Item:
    items = Item.objects.visible_to(reader_of(request)).select_related("unit", "office", "submitter", "round")
    return get_object_or_404(items, pk=pk)


# Filing and withdrawing


@require_POST
def item_submit_new(request: HttpRequest) -> HttpResponse:
    if not may_file(reader_of(request)):
        raise PermissionDenied
    return _file(request, None)


@require_POST
def item_submit(request: HttpRequest, pk: int) -> HttpResponse:
    item, user = visible_item(request, pk), reader_of(request)
    if not (is_writer_of(user, item) and may_file(user)):
        raise PermissionDenied(_("Only its writers file an item."))
    return _file(request, item)


def _file(request: HttpRequest, item: Item | None) -> HttpResponse:
    try:
        with conflicts.waiting_in_vain(), transaction.atomic():
            return _save_and_submit(request, item)
    except conflicts.Busy:
        return conflicts.busy(request)


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
        return conflicts.overtaken(request, bound.item, Action.SUBMIT, seen=seen)
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
        return conflicts.refused(request, item, wording.cannot_withdraw(item))
    context = {"item": item, "form": SeenForm.of(item)}
    return render(request, "reviews/withdraw.html", context, status=422 if form.is_bound else 200)


def _withdraw(request: HttpRequest, item: Item, form: SeenForm) -> HttpResponse:
    user, now = reader_of(request), timezone.now()
    seen = (form.cleaned_data["source"], form.cleaned_data["version"])
    try:
        with conflicts.waiting_in_vain():
            take_step(item=item, action=Action.WITHDRAW, by=user, source=seen[0], version=seen[1], now=now)
    except (Overtaken, TextChanged):
        return conflicts.overtaken(request, item, Action.WITHDRAW, seen=seen)
    except IllegalStep:
        return conflicts.refused(request, item, wording.cannot_withdraw(item))
    except conflicts.Busy:
        return conflicts.busy(request)
    messages.success(request, _("The item is withdrawn. You can revise it and file it again."))
    return redirect("submissions:item-detail", item.pk)


# Reviewing


@require_GET
def inbox_page(request: HttpRequest) -> HttpResponse:
    """What waits for this reviewer (待我审核)."""
    user = reviewer(request)
    today, terms = timezone.localdate(), terms_of(user.office)
    waiting = first_things_first(inbox(user), terms, today).with_people()
    page = Paginator(waiting, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": [(item, terms.clock(item, today)) for item in page],
        "today": today,
        "waiting_count": page.paginator.count,
    }
    return render(request, "reviews/inbox.html", context)


@require_GET
def history(request: HttpRequest) -> HttpResponse:
    """What this reviewer has decided (我已审核), the latest first."""
    user = reviewer(request)
    form = HistoryFilter(request.GET or None)
    signed = form.apply(Decision.objects.signed().filter(by=user, item__office=user.office))
    page = Paginator(signed.newest_first(), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "form": form,
        "today": timezone.localdate(),
        "waiting_count": inbox(user).count(),
    }
    return render(request, "reviews/history.html", context)


def reviewer(request: HttpRequest) -> User:
    user = reader_of(request)
    if not is_reviewer(user):
        raise PermissionDenied(_("Only reviewers see this page."))
    return user


@require_http_methods(["GET", "POST"])
def item_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """The decision page of one item (审核)."""
    item, user = visible_item(request, pk), reviewer(request)
    form = DecisionForm(request.POST or None, initial={"source": item.status, "version": item.version})
    if form.is_bound and form.is_valid():
        return _decide(request, item, form)
    today = timezone.localdate()
    if not may_decide(user, item, today):
        return conflicts.refused(request, item, wording.refusal(user, item))
    base = request.GET.get("base", "")
    context = {
        "reading": read(item, user, today, base=int(base) if base.isdecimal() else None),
        "item": item,
        "chosen": base,
        "form": form,
        "today": today,
    }
    return render(request, "reviews/decide.html", context, status=422 if form.is_bound else 200)


def _decide(request: HttpRequest, item: Item, form: DecisionForm) -> HttpResponse:
    user, now, said = reader_of(request), timezone.now(), form.cleaned_data
    action, seen = Action(said["action"]), (said["source"], said["version"])
    in_order = first_things_first(inbox(user), terms_of(user.office), timezone.localdate(now))
    waiting = list(in_order.values_list("pk", flat=True))
    try:
        with conflicts.waiting_in_vain():
            decision = take_step(
                item=item,
                action=action,
                by=user,
                source=seen[0],
                version=seen[1],
                comment=said["comment"],
                checked=said["checked"],
                now=now,
            )
    except Overtaken:
        return conflicts.overtaken(request, item, action, seen=seen, comment=said["comment"])
    except TextChanged as error:
        return conflicts.text_changed(request, item, error, comment=said["comment"])
    except IllegalStep:
        return conflicts.refused(request, item, _("This step does not exist where the item stands."))
    except conflicts.Busy:
        return conflicts.busy(request, said["comment"])
    steps = item.decisions.filter(at=now, pk__gte=decision.pk).order_by("pk")
    messages.success(request, wording.outcome(item, list(steps)))
    return _go_on(user, item, waiting)


def _go_on(user: User, done: Item, waited: list[int]) -> HttpResponse:
    """To the item after this one among those that `waited`, or to the inbox when none is left."""
    waiting = set(inbox(user).values_list("pk", flat=True))
    place = waited.index(done.pk) if done.pk in waited else 0
    for pk in waited[place:] + waited[:place]:
        if pk in waiting:
            return redirect("reviews:item-decide", pk)
    return redirect("reviews:inbox")


@require_GET
def item_compare(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Two items side by side, each as the reader may read it."""
    items = [visible_item(request, pk), visible_item(request, other)]
    contents = [reading_for(reader_of(request), item).content for item in items]
    sides = side_by_side(*(content["body"] for content in contents))
    columns = list(zip(items, contents, (sides.left, sides.right), strict=True))
    return render(request, "reviews/compare.html", {"columns": columns, "first": items[0]})
