"""The Monday digest (周一汇总): for each person one notice a week of what waits, what came back, what became
of their items and where their unit stands.

It is owed from the first working day of a week through Wednesday, to everybody who has not been told in that
week: a sweep that was down on Monday makes up for it, and one that runs twice tells nobody twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final, Self

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import RoleGrant, Unit, User
from adoptions.models import Adoption
from notices.enums import Kind
from notices.models import Notice
from notices.services import tell
from reviews.deadlines.clocks import Deadlines, deadlines_of
from reviews.deadlines.workdays import Calendar
from reviews.querysets import inbox
from reviews.rules import is_reviewer
from reviews.secrecy.rules import secrecy_inbox
from scoring.periods.month import Month
from stats.desk import Standing, unit_standings
from stats.facts.rows import ranking_unit_id
from submissions.enums import RETURNED
from submissions.models import Item

WEDNESDAY: Final = timedelta(days=2)
WEEK: Final = timedelta(days=7)


def write_digest(*, office: Unit, now: datetime) -> int:
    """Tell everybody in the office who holds a role and has had no digest this week; returns how many."""
    today, deadlines = timezone.localdate(now), deadlines_of(office)
    if not is_owed(deadlines.calendar, today):
        return 0
    year, week, _weekday = today.isocalendar()
    key = f"digest:{year}-W{week:02}"
    people = list(_untold(office, key, today))
    news = News.of(office, deadlines, now) if people else None
    for person in people:
        assert news is not None
        tell(
            [person],
            kind=Kind.DIGEST,
            subject="digest",
            text=news.for_person(person),
            link=reverse("desk"),
            key=key,
            now=now,
        )
    return len(people)


def is_owed(calendar: Calendar, today: date) -> bool:
    """Whether the digest of this week may still be written today: on a working day through Wednesday, and
    when holidays take all of these, on the first that is worked."""
    monday = today - timedelta(days=today.weekday())
    worked = [day for day in (monday + timedelta(days=count) for count in range(7)) if calendar.works(day)]
    return calendar.works(today) and today <= max(monday + WEDNESDAY, worked[0])


def _untold(office: Unit, key: str, today: date) -> QuerySet[User]:
    """Auditors watch over the others' work and have no part in it."""
    grants = RoleGrant.objects.on(today).exclude(role=Role.AUDITOR)
    told = Notice.objects.filter(recipient=OuterRef("pk"), key=key)
    people: QuerySet[User] = User.objects.in_office(office).filter(
        ~Exists(told), is_active=True, pk__in=grants.values("user")
    )
    return people.select_related("unit__office").order_by("pk")


@dataclass(frozen=True, slots=True)
class News:
    """What a digest is written from, read once for the whole office. Counters go by person."""

    deadlines: Deadlines
    now: datetime
    month: Month
    returned: Counter[int]
    issued: Counter[int]
    adopted: Counter[int]
    standings: dict[int, Standing]

    @classmethod
    def of(cls, office: Unit, deadlines: Deadlines, now: datetime) -> Self:
        today = timezone.localdate(now)
        monday = today - timedelta(days=today.weekday())
        end = timezone.make_aware(datetime.combine(monday, time.min))
        month = Month.of(monday - timedelta(days=1))
        items = Item.objects.filter(office=office)
        # What was imported from an old ledger is no news.
        adopted = Adoption.objects.of_office(office).counted().filter(ledger__isnull=True)
        return cls(
            deadlines=deadlines,
            now=now,
            month=month,
            standings=unit_standings(office, month),
            returned=_by_writer(items.filter(status__in=RETURNED)),
            issued=_by_writer(items.issued_between(end - WEEK, end)),
            adopted=_by_writer(
                adopted.filter(registered_at__gte=end - WEEK, registered_at__lt=end), "item__"
            ),
        )

    def for_person(self, person: User) -> str:
        """The digest in one sentence; what is nothing is left out."""
        parts = [*self._waiting(person)]
        counted = [
            (self.returned, _("%(count)s came back to you")),
            (self.issued, _("%(count)s of yours issued last week")),
            (self.adopted, _("%(count)s adoptions of yours last week")),
        ]
        parts += [words % {"count": found[person.pk]} for found, words in counted if found[person.pk]]
        standing = self.standings.get(ranking_unit_id(person.unit.path, person.office))
        if not parts:
            parts.append(_("nothing waits for you"))
        if standing and standing.rank is not None:
            parts.append(
                _("%(unit)s stands at place %(rank)s of %(among)s in month %(month)s")
                % {
                    "unit": standing.unit_name,
                    "rank": standing.rank,
                    "among": standing.among,
                    "month": self.month.start.month,
                }
            )
        return _("This week: %(parts)s") % {"parts": "；".join(parts)}

    def _waiting(self, person: User) -> Iterator[str]:
        if unjudged := secrecy_inbox(person, self.now).count():
            yield _("%(count)s wait for your secrecy review") % {"count": unjudged}
        if not is_reviewer(person):
            return
        waiting, overdue = inbox(person), self.deadlines.overdue(timezone.localdate(self.now))
        shown = {"count": waiting.count(), "late": waiting.alias(late=overdue).filter(late=True).count()}
        if shown["late"]:
            yield _("%(count)s wait for your review, %(late)s of them overdue") % shown
        elif shown["count"]:
            yield _("%(count)s wait for your review") % shown


def _by_writer(rows: QuerySet[Any], item: str = "") -> Counter[int]:
    """How many of these rows each person has a part in, as the submitter of the item or as an author."""
    pairs = set(rows.values_list("pk", f"{item}submitter_id"))
    pairs |= set(rows.values_list("pk", f"{item}authorships__user_id"))
    return Counter(person for _row, person in pairs if person is not None)
