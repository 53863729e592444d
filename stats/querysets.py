"""Questions about schemes, tallies and bulletins."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from accounts.enums import OFFICE_WIDE
from accounts.querysets import below, grants_today, scope_of
from stats.enums import AdjustmentStatus, BulletinStatus
from submissions.models import StaleMonth

if TYPE_CHECKING:
    from accounts.models import Unit, User
    from stats.models import Adjustment, Bulletin, SchemeVersion, Tally, TallyRow
    from stats.periods import Period


class SchemeVersionQuerySet(models.QuerySet["SchemeVersion"]):
    def of_office(self, office: Unit) -> SchemeVersionQuerySet:
        return self.filter(office=office)

    def newest_first(self) -> SchemeVersionQuerySet:
        return self.order_by("-effective_from")


class TallyQuerySet(models.QuerySet["Tally"]):
    def of_office(self, office: Unit) -> TallyQuerySet:
        return self.filter(office=office)

    def within(self, period: Period) -> TallyQuerySet:
        return self.filter(month__gte=period.start, month__lt=period.end)

    def closed(self) -> TallyQuerySet:
        return self.filter(closed_at__isnull=False)


class TallyRowQuerySet(models.QuerySet["TallyRow"]):
    def of_office_within(self, office: Unit, period: Period) -> TallyRowQuerySet:
        return self.filter(tally__office=office, tally__month__gte=period.start, tally__month__lt=period.end)


class BulletinQuerySet(models.QuerySet["Bulletin"]):
    def visible_to(self, user: User) -> BulletinQuerySet:
        """Issued bulletins of the own office; those in preparation for whoever works for the whole office."""
        own = self.filter(office=user.office)
        if any(grant.role in OFFICE_WIDE for grant in grants_today(user)):
            return own
        return own.filter(status=BulletinStatus.ISSUED)

    def of_office(self, office: Unit) -> BulletinQuerySet:
        return self.filter(office=office)

    def over(self, period: Period) -> BulletinQuerySet:
        """The bulletin of exactly these months, of each office."""
        return self.filter(first_month=period.first.start, last_month=period.last.start)

    def drafts(self) -> BulletinQuerySet:
        return self.filter(status=BulletinStatus.DRAFT)

    def outdated(self) -> BulletinQuerySet:
        """Drafts that no longer tell what was counted."""
        return self.drafts().filter(outdated=True)

    def newest_first(self) -> BulletinQuerySet:
        """By the period they end with; of one end, the shorter period first."""
        return self.order_by("-last_month", "-first_month")

    def numbered_in(self, office: Unit, year: int) -> BulletinQuerySet:
        return self.filter(Q(office=office, year=year), number__isnull=False).order_by(F("number").desc())


class AdjustmentQuerySet(models.QuerySet["Adjustment"]):
    def visible_to(self, user: User) -> AdjustmentQuerySet:
        """Those that count for the units a person sees; all of the office for whoever works for it.

        What was only proposed, refused or withdrawn is the office's own business.
        """
        scope = scope_of(user)
        own = self.filter(below(scope, "unit__path"), office=user.office)
        if user.office.path in scope:
            return own
        return own.filter(status=AdjustmentStatus.APPROVED)

    def of_office(self, office: Unit) -> AdjustmentQuerySet:
        return self.filter(office=office)

    def counted(self) -> AdjustmentQuerySet:
        """Those that were approved; nothing else counts."""
        return self.filter(status=AdjustmentStatus.APPROVED)

    def proposed(self) -> AdjustmentQuerySet:
        return self.filter(status=AdjustmentStatus.PROPOSED)

    def between(self, first: date, end: date) -> AdjustmentQuerySet:
        """Counting on a day from `first` until the day before `end`."""
        return self.filter(date__gte=first, date__lt=end)

    def newest_first(self) -> AdjustmentQuerySet:
        return self.order_by("-date", "-pk")


def stale_months(office: Unit, period: Period) -> models.QuerySet[StaleMonth]:
    """The months of a period whose stored figures no longer match the facts, in order of time."""
    within = StaleMonth.objects.filter(office=office, month__gte=period.start, month__lt=period.end)
    return within.order_by("month")
