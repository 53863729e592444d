"""Approving several items at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from kit.answers import form_page
from kit.faults import Busy, patiently
from kit.numbers import whole, wholes
from reviews.batches.candidates import MOST, Candidate, Problem, candidates, in_words
from reviews.batches.forms import BatchForm
from reviews.chain import IllegalStep, approval, road_of
from reviews.models import Decision
from reviews.reader import reviewer
from reviews.steps.moving import Overtaken, TextChanged
from reviews.steps.services import NobodyCanDecide, SecrecyPending, take_step
from reviews.undoing.rules import undoable
from reviews.wording import outcome, whereto
from submissions.models import Item


class Result(NamedTuple):
    """What became of one item of a batch: the decision, or why there is none."""

    item: Item
    decision: Decision | None
    words: str


@require_http_methods(["GET", "HEAD", "POST"])
def batch_confirm(request: HttpRequest) -> HttpResponse:
    """The list of what is about to be approved, with what happens to each; POST approves one by one."""
    user, now = reviewer(request), timezone.now()
    wanted = wholes(request.GET.getlist("item")[:MOST])
    found = candidates(user, wanted, now)
    ready = [each for each in found if not each.problem]
    form = BatchForm(request.POST or None, candidates=ready)
    if form.is_bound and form.is_valid():
        return _approve(request, user, form)
    if not found:
        messages.info(request, _("Tick the items first that you have opened and want to approve."))
        return redirect("reviews:inbox")
    context = {
        "form": form,
        "ready": ready,
        "left_out": _by_reason(found),
    }
    return form_page(request, "reviews/batches/confirm.html", context)


def _by_reason(found: Sequence[Candidate]) -> list[tuple[str, list[Item]]]:
    """Why items stay out of the batch, and which, in the order in which the reasons come up."""
    reasons: dict[str, list[Item]] = {}
    for each in found:
        if each.problem:
            reasons.setdefault(in_words(each.problem), []).append(each.item)
    return list(reasons.items())


def _approve(request: HttpRequest, user: User, form: BatchForm) -> HttpResponse:
    """Each item on its own: what cannot be approved keeps nothing else from it."""
    outcomes: list[tuple[str, str]] = []
    for seen in form.seen:
        pk, status, _version = seen
        checked = form.checked_at(status)
        result = _approve_one(user, seen, checked=checked, comment=form.cleaned_data["comment"])
        if isinstance(result, Decision):
            outcomes.append(("done", str(result.pk)))
        else:
            outcomes.append(("not", f"{pk}-{result}"))
    return redirect(f"{reverse('reviews:batch-result')}?{urlencode(outcomes)}")


def _approve_one(
    user: User, seen: tuple[int, str, int], *, checked: Sequence[str], comment: str
) -> Decision | Problem:
    pk, status, version = seen
    item = Item.objects.visible_to(user).filter(pk=pk).first()
    if item is None:
        return Problem.NOT_MINE
    now = timezone.now()
    problem = next((each.problem for each in candidates(user, [pk], now)), Problem.MOVED)
    if problem:
        return problem
    try:
        return patiently(
            lambda: take_step(
                item=item,
                action=approval(road_of(item), status),
                by=user,
                source=status,
                version=version,
                comment=comment,
                checked=checked,
                now=now,
            )
        )
    except (Overtaken, IllegalStep):
        return Problem.MOVED
    except NobodyCanDecide:
        return Problem.NOBODY
    except TextChanged:
        return Problem.CHANGED
    except PermissionDenied:
        return Problem.NOT_MINE
    except SecrecyPending:
        return Problem.SECRECY
    except Busy:
        return Problem.BUSY


@require_safe
def batch_result(request: HttpRequest) -> HttpResponse:
    """Which items went on, and which did not and why; the former can be undone for five minutes."""
    user, now = reviewer(request), timezone.now()
    done = wholes(request.GET.getlist("done")[:MOST])
    own = Decision.objects.filter(pk__in=done, by=user).exclude(action="undo")
    decisions = list(own.select_related("item__unit", "version", "by", "acting_for").order_by("pk"))
    results = [Result(each.item, each, _became(each)) for each in decisions]
    results += _refused(user, request.GET.getlist("not")[:MOST])
    open_ones = undoable(decisions, user, now)
    context = {
        "results": results,
        "undoable": open_ones,
        "went": len(decisions),
        "stayed": len(results) - len(decisions),
    }
    return render(request, "reviews/batches/result.html", context)


def _became(decision: Decision) -> str:
    """Where the item went; in full when levels without anybody were passed over on the way."""
    steps = decision.item.decisions.filter(at=decision.at, pk__gte=decision.pk).exclude(action="undo")
    taken = list(steps.order_by("pk"))
    return outcome(decision.item, taken) if taken[1:] else whereto(decision.target)


def _refused(user: User, told: Sequence[str]) -> list[Result]:
    codes = {whole(pk) or 0: code for pk, _dash, code in (line.partition("-") for line in told)}
    items = Item.objects.visible_to(user).filter(pk__in=codes).select_related("unit")
    return [Result(item, None, in_words(codes[item.pk])) for item in items]
