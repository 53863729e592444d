"""Questions about bulletins, the objections to them and their wording."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from accounts.enums import OFFICE_WIDE
from accounts.querysets import grants_today
from bulletins.enums import BulletinStatus, ObjectionStatus
from stats.models import Tally

if TYPE_CHECKING:
    from accounts.models import Unit, User
    from bulletins.models import Bulletin, HistoricBulletin, Objection, TextTemplate
    from scoring.periods.period import Period

#: The figures of these still follow the facts.
FOLLOWING = (BulletinStatus.DRAFT, BulletinStatus.OBJECTIONS)


class BulletinQuerySet(models.QuerySet["Bulletin"]):
    def visible_to(self, user: User) -> BulletinQuerySet:
        """Of the own office: all for whoever works for the whole of it.

        Others see issued ones, and those to which their unit may object.
        """
        own = self.filter(office=user.office)
        if any(grant.role in OFFICE_WIDE for grant in grants_today(user)):
            return own
        return own.filter(status__in=[BulletinStatus.OBJECTIONS, BulletinStatus.ISSUED])

    def of_office(self, office: Unit) -> BulletinQuerySet:
        return self.filter(office=office)

    def over(self, period: Period) -> BulletinQuerySet:
        """The bulletins of exactly these days, corrections included."""
        return self.filter(first_day=period.start, last_day=period.end - timedelta(days=1))

    def with_people(self) -> BulletinQuerySet:
        """Everything that its page shows of people, and what it corrects or is corrected by."""
        return self.select_related(
            "office",
            "edited_by",
            "opened_by",
            "checked_by",
            "signed_by",
            "issued_by",
            "corrects",
            "corrected_by",
        )

    def drafts(self) -> BulletinQuerySet:
        """Those whose figures follow the facts."""
        return self.filter(status__in=FOLLOWING)

    def outdated(self) -> BulletinQuerySet:
        """Drafts that no longer tell what was counted, or no longer as it would be told."""
        return self.drafts().filter(Q(outdated=True) | ~Q(counted=counted_times()))

    def issued(self) -> BulletinQuerySet:
        return self.filter(status=BulletinStatus.ISSUED)

    def in_order_of_issue(self) -> BulletinQuerySet:
        return self.issued().order_by("year", "number")

    def newest_first(self) -> BulletinQuerySet:
        """By the period they end with; of one end, the shorter period first, corrections before."""
        return self.order_by("-last_day", "-first_day", "-pk")

    def numbered_in(self, office: Unit, year: int) -> BulletinQuerySet:
        return self.filter(Q(office=office, year=year), number__isnull=False).order_by(F("number").desc())


def counted_times() -> Coalesce:
    """How often the months that the bulletin of the outer query looks at have been counted in all."""
    looked_at = Tally.objects.filter(
        office=OuterRef("office"), month__gte=OuterRef("looks_from"), month__lte=OuterRef("last_day")
    )
    in_all = looked_at.order_by().values("office").annotate(in_all=Sum("times")).values("in_all")
    return Coalesce(Subquery(in_all), 0)


class ObjectionQuerySet(models.QuerySet["Objection"]):
    def visible_to(self, user: User) -> ObjectionQuerySet:
        """All of the office for whoever works for the whole of it; for others those of their own unit."""
        own = self.filter(bulletin__office=user.office)
        if any(grant.role in OFFICE_WIDE for grant in grants_today(user)):
            return own
        above = [int(part) for part in user.unit.path.strip("/").split("/")]
        return own.filter(unit__in=above)

    def open(self) -> ObjectionQuerySet:
        return self.filter(status=ObjectionStatus.OPEN)

    def with_people(self) -> ObjectionQuerySet:
        """Everything a row of a list shows."""
        return self.select_related("unit", "raised_by", "answered_by", "bulletin__office")

    def in_order(self) -> ObjectionQuerySet:
        return self.order_by("raised_at", "pk")


class TextTemplateQuerySet(models.QuerySet["TextTemplate"]):
    def of_office(self, office: Unit) -> TextTemplateQuerySet:
        return self.filter(office=office)

    def current(self, office: Unit) -> dict[str, str]:
        """The wording in force by section; sections that the office left as shipped are missing."""
        found = self.of_office(office).order_by("section", "version")
        return {template.section: template.wording for template in found}


class HistoricBulletinQuerySet(models.QuerySet["HistoricBulletin"]):
    def visible_to(self, user: User) -> HistoricBulletinQuerySet:
        """Those of the own office, once somebody has confirmed that they stand as printed."""
        return self.filter(office=user.office, confirmed_at__isnull=False)

    def of_office(self, office: Unit) -> HistoricBulletinQuerySet:
        """Previews too."""
        return self.filter(office=office)

    def newest_first(self) -> HistoricBulletinQuerySet:
        return self.order_by("-end", "-start", "-pk")
