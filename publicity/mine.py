"""My page (我的): a person's own items in plain words, what they have to do next, their points and target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import Exists, Max, OuterRef, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.reader import reader_who
from adoptions.models import Adoption
from incentives.enums import Measure
from incentives.progress import my_targets, reached_by_people, year_gone, year_period
from kit.numbers import rate_text
from reviews.deadlines.clocks import Clock, deadlines_of
from reviews.people import awaited
from reviews.returns.returned import Returned, returns_of
from reviews.secrecy.rules import waiting_for_secrecy_review
from stats import links
from stats.author_points import AuthorPoints
from stats.facts.authors import person_of
from submissions.enums import IN_REVIEW, RETURNED, Status
from submissions.models import Item
from submissions.querysets import ItemQuerySet
from submissions.rules import may_file

SHOWN: Final = 6
#: All that waits for the person, or for a reviewer, is shown up to so many.
UNFINISHED: Final = 40
LINES: Final = 30


@dataclass(frozen=True, slots=True)
class Line:
    """An item of the person's: `days` since it came where it is, counted from 1; whom it waits for by name
    and until when, and whether for its secrecy review first; or why it came back; or where it was adopted."""

    item: Item
    days: int
    names: Sequence[str] = ()
    clock: Clock | None = None
    secrecy: bool = False
    returned: Returned | None = None
    adoptions: Sequence[Adoption] = ()


def items_of(user: User) -> ItemQuerySet:
    return Item.objects.written_by(user).with_people()


def returned_lines(user: User, today: date, most: int) -> list[Line]:
    """What came back to the person and why, the latest first."""
    items = items_of(user).filter(status__in=RETURNED).order_by("-status_since", "-pk")[:most]
    returns = returns_of(items)
    return [Line(item, _days(item, today), returned=returns.get(item.pk)) for item in items]


def waiting_lines(user: User, now: datetime, most: int) -> list[Line]:
    """What is with reviewers: whose turn it is and how long already, the longest waiting first."""
    today, deadlines = timezone.localdate(now), deadlines_of(user.office)
    in_review = items_of(user).filter(status__in=IN_REVIEW)
    items = list(in_review.order_by("status_since", "pk").select_related("office")[:most])
    names, secrecy = awaited(items, now), waiting_for_secrecy_review(items)
    return [
        Line(
            item,
            _days(item, today),
            names=names.get(item.pk, ()),
            clock=deadlines.clock(item, today),
            secrecy=item.pk in secrecy,
        )
        for item in items
    ]


def drafts_of(user: User, most: int) -> ItemQuerySet:
    drafts = items_of(user).filter(status__in=[Status.DRAFT, Status.WITHDRAWN])
    return drafts.order_by("-changed_at", "-pk")[:most]


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Everything of mine on one page; as many queries for many items as for few."""
    user, now = reader_who(may_file, request), timezone.now()
    today = timezone.localdate(now)
    adopted = Adoption.objects.standing().filter(item=OuterRef("pk"))
    done = items_of(user).filter(status__in=[Status.ISSUED, Status.MERGED])
    context = {
        "today": today,
        "returned": returned_lines(user, today, UNFINISHED),
        "waiting": waiting_lines(user, now, UNFINISHED),
        "drafts": drafts_of(user, UNFINISHED),
        "issued": done.exclude(Exists(adopted)).order_by("-issued_at", "-pk")[:SHOWN],
        "adopted": _adopted(done.filter(Exists(adopted)), today),
    }
    return render(request, "mine.html", context | _of_this_year(user, today))


def _adopted(items: ItemQuerySet, today: date) -> list[Line]:
    """Where items appeared, the latest first."""
    rows = Adoption.objects.standing().select_related("outlet").order_by("-date", "-pk")
    latest = items.alias(last=Max("adoptions__date")).order_by("-last", "-pk")
    shown = latest.prefetch_related(Prefetch("adoptions", queryset=rows, to_attr="standing_adoptions"))
    return [
        Line(item, _days(item, today), adoptions=item.standing_adoptions)  # type: ignore[attr-defined]
        for item in shown[:SHOWN]
    ]


def _of_this_year(user: User, today: date) -> dict[str, object]:
    """Counts with the lists behind them, points line by line, the target."""
    period = year_period(today.year)
    points = AuthorPoints.of(person_of(user), user.office, period, today)
    counted = {Measure.FILED, Measure.ISSUED, Measure.ADOPTED}
    reached = reached_by_people([user], user.office, today.year, today, measures=counted)[user.pk]
    targets, own = my_targets(user, today, points.earned)
    lists = {
        Measure.FILED: links.item_list("filed", period),
        Measure.ISSUED: links.item_list("issued", period),
        Measure.ADOPTED: links.adoption_list(period),
    }
    lines = points.lines()
    return {
        "year": today.year,
        "counts": [(measure, reached.get(measure, 0), f"{url}&mine=on") for measure, url in lists.items()],
        "row": points.row,
        "subtotals": points.subtotals(),
        "explained": points.explained(lines[:LINES], user),
        "lines_left": max(len(lines) - LINES, 0),
        "points_url": links.author_page(user.pk, user.unit_id, user.display_name, period),
        "targets": targets,
        "own_target": own,
        "gone": rate_text(year_gone(today.year, today)),
    }


def _days(item: Item, today: date) -> int:
    return max((today - timezone.localdate(item.status_since)).days, 0) + 1
