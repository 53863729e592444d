"""Questions about stale months, tallies and adjustments."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import models

from accounts.querysets import below, scope_of
from stats.enums import AdjustmentStatus
from submissions.models import StaleMonth

if TYPE_CHECKING:
    from accounts.models import Unit, User
    from scoring.periods.period import Period
    from stats.models import Adjustment, Tally, TallyRow


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
    """The months with a day of the period whose stored figures no longer match the facts, in order."""
    within = StaleMonth.objects.filter(office=office, month__gte=period.first.start, month__lt=period.end)
    return within.order_by("month")
