"""The first page after login (工作台), and the page that gathers what administrators keep in order."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from accounts.rules import has_role, may_manage_people, may_read_audit
from adoptions.models import Adoption
from bulletins.waiting import bulletins_waiting
from incentives.progress import my_targets
from publicity.mine import drafts_of, returned_lines, waiting_lines
from reviews.deadlines.clocks import deadlines_of, first_things_first
from reviews.querysets import inbox, unattended
from reviews.rules import is_reviewer
from reviews.secrecy.rules import is_secrecy_reviewer, secrecy_inbox
from scoring.periods.month import Month
from scoring.waiting import schemes_waiting
from stats.desk import adjustments_waiting, last_closed_month, months_being_counted, unit_standing
from submissions.enums import Status
from submissions.models import Item
from submissions.rules import may_file

SHOWN = 5


def desk(request: HttpRequest) -> HttpResponse:
    """What waits for me, what of mine moved, where my unit stands; each part only for whom it concerns."""
    user, now = request.user, timezone.now()
    today = timezone.localdate(now)
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
        deadlines = deadlines_of(user.office)
        waiting = first_things_first(inbox(user), deadlines, today)
        context |= {
            "reviewer": True,
            "waiting": waiting.with_people()[:SHOWN],
            "waiting_count": waiting.count(),
        }
    if is_secrecy_reviewer(user):
        unjudged = secrecy_inbox(user, now)
        context |= {
            "secrecy_reviewer": True,
            "unjudged": unjudged.with_people()[:SHOWN],
            "unjudged_count": unjudged.count(),
        }
    if may_file(user):
        context |= _own_items(user, now)
    if has_role(user, Role.OFFICE_ADMIN):
        context |= _office_in_order(user, today)
    return render(request, "desk.html", context)


def _own_items(user: User, now: datetime) -> dict[str, object]:
    """The person's own items that need somebody's hand, and their target; the rest stands on their page."""
    targets, own = my_targets(user, timezone.localdate(now))
    return {
        "returned": returned_lines(user, timezone.localdate(now), SHOWN),
        "on_the_way": [line.item for line in waiting_lines(user, now, SHOWN)],
        "drafts": drafts_of(user, SHOWN),
        "targets": targets,
        "own_target": own,
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
