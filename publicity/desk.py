"""The first page after login (工作台), and the page that gathers what administrators keep in order."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from accounts.rules import has_role, may_manage_people, may_read_audit
from adoptions.models import Adoption
from reviews.clocks import first_things_first, terms_of
from reviews.enums import Action
from reviews.models import Decision
from reviews.querysets import inbox, unattended
from reviews.rules import is_reviewer
from stats.periods import Month
from stats.summaries import (
    adjustments_waiting,
    bulletins_waiting,
    last_closed_month,
    months_being_counted,
    schemes_waiting,
    unit_standing,
)
from submissions.enums import IN_REVIEW, RETURNED, Status
from submissions.models import Item
from submissions.rules import may_file

SHOWN = 5


def desk(request: HttpRequest) -> HttpResponse:
    """What waits for me, what of mine moved, where my unit stands; each part only for whom it concerns."""
    user, today = request.user, timezone.localdate()
    assert isinstance(user, User)
    context: dict[str, object] = {
        "today": today,
        "standing": unit_standing(user.unit, Month.of(today)),
        "bulletins": bulletins_waiting(user, today),
        "adjustments": adjustments_waiting(user),
        "schemes": schemes_waiting(user),
        "may_read_audit": may_read_audit(user),
        "may_file": may_file(user),
    }
    if is_reviewer(user):
        terms = terms_of(user.office)
        waiting = first_things_first(inbox(user), terms, today)
        context |= {
            "reviewer": True,
            "waiting": waiting.with_people()[:SHOWN],
            "waiting_count": waiting.count(),
        }
    if may_file(user):
        context |= _own_items(user)
    if has_role(user, Role.OFFICE_ADMIN):
        context |= _office_in_order(user, today)
    return render(request, "desk.html", context)


def _own_items(user: User) -> dict[str, object]:
    """The person's own items: returned ones with the reason, those on their way, issued ones, drafts."""
    mine = Item.objects.filter(Q(submitter=user) | Q(pk__in=user.authorships.values("item"))).with_people()
    returned = list(mine.filter(status__in=RETURNED).order_by("-status_since")[:SHOWN])
    reasons = (
        Decision.objects.filter(item__in=returned, action=Action.RETURN).select_related("by").order_by("at")
    )
    latest = {decision.item_id: decision for decision in reasons}
    return {
        "returned": [(item, latest.get(item.pk)) for item in returned],
        "on_the_way": mine.filter(status__in=IN_REVIEW).order_by("-status_since")[:SHOWN],
        "issued": mine.filter(status=Status.ISSUED).order_by("-issued_at")[:SHOWN],
        "drafts": mine.filter(status__in=[Status.DRAFT, Status.WITHDRAWN]).order_by("-changed_at")[:SHOWN],
    }


def _office_in_order(user: User, today: date) -> dict[str, object]:
    """What an office administrator has to see to."""
    month = Month.of(today)
    adoptions = Adoption.objects.of_office(user.office)
    return {
        "administrator": True,
        "unattended": unattended(user.office, timezone.now())[:SHOWN],
        "unproven": adoptions.unproven().count(),
        "adopted_this_month": adoptions.counted().between(month.start, month.end).count(),
        "issued_not_adopted": Item.objects.filter(office=user.office, status=Status.ISSUED)
        .exclude(adoptions__revoked_at__isnull=True, adoptions__isnull=False)
        .count(),
        "last_closed_month": last_closed_month(user.office),
        "months_being_counted": months_being_counted(user.office),
    }


def administration(request: HttpRequest) -> HttpResponse:
    """Links to everything administrators keep in order."""
    assert isinstance(request.user, User)
    if not may_manage_people(request.user):
        raise PermissionDenied
    return render(request, "administration.html", {"for_office": has_role(request.user, Role.OFFICE_ADMIN)})
