"""What the desk and the navigation show of figures: a unit's place, what is being counted, what waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from accounts.models import Unit, User
from stats import facts, tallies
from stats.enums import BulletinStatus, ObjectionStatus
from stats.links import period_page
from stats.models import Adjustment, Bulletin, SchemeDraft, Tally
from stats.numbers import DASH, points_text
from stats.periods import Month, Period
from stats.reports import Terms, tables
from stats.rules import (
    may_approve_adjustment,
    may_check,
    may_confirm_scheme,
    may_edit,
    may_issue,
    may_sign,
    own_unit,
)
from stats.services import objections_run
from stats.wording import group_label
from submissions.models import StaleMonth


@dataclass(frozen=True, slots=True)
class Waiting:
    """A bulletin and the next step, in words, that somebody may take."""

    bulletin: Bulletin
    step: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit's place in its group in one month; `change` is in ranks gained, None without comparison.

    `rank` is None as long as the whole group has nothing.
    """

    unit: Unit
    month: Month
    rank: int | None
    tied: bool
    among: int
    points: Decimal
    change: int | None
    filed: int
    adopted: int
    group_label: str
    url: str

    @property
    def unit_name(self) -> str:
        return self.unit.name

    @property
    def rank_text(self) -> str:
        return DASH if self.rank is None else str(self.rank)

    @property
    def points_text(self) -> str:
        return points_text(self.points)


def unit_standing(unit: Unit, month: Month) -> Standing | None:
    """The place of the ranking unit at or above `unit`; None for the office itself and its people."""
    office = unit.office
    if office is None or unit.pk == office.pk:
        return None
    return unit_standings(office, month).get(facts.ranking_unit_id(unit.path, office))


def unit_standings(office: Unit, month: Month) -> dict[int, Standing]:
    """The places of all ranking units of an office, by their ids; see `facts.ranking_unit_id`."""
    period = Period.of(month)
    terms = Terms.of(facts.timetable(office), period)
    groups = tables(tallies.load(office, terms.span(period)), period, terms)
    units = Unit.objects.in_bulk([row.unit_id for group in groups for row in group.rows])
    return {
        row.unit_id: Standing(
            unit=units[row.unit_id],
            month=month,
            rank=row.rank,
            tied=row.tied,
            among=len(group.rows),
            points=row.points,
            change=row.change,
            filed=row.filed,
            adopted=row.adopted,
            group_label=group_label(group.kind),
            url=period_page(period),
        )
        for group in groups
        for row in group.rows
        if row.unit_id is not None
    }


def last_closed_month(office: Unit) -> Month | None:
    """The latest month with a closed count sheet."""
    tally = Tally.objects.of_office(office).closed().order_by("-month").first()
    return Month.of(tally.month) if tally else None


def months_being_counted(office: Unit) -> int:
    """How many months wait to be counted again."""
    return StaleMonth.objects.filter(office=office).count()


def bulletins_waiting(user: User, today: date) -> list[Waiting]:
    """Bulletins of which this person may take the next step today, the oldest period first."""
    bulletins = (
        Bulletin.objects.of_office(user.office)
        .exclude(status=BulletinStatus.ISSUED)
        .annotate(unanswered=Count("objections", filter=Q(objections__status=ObjectionStatus.OPEN)))
        .select_related("office")
        .prefetch_related("editors")
        .defer("document")
        .order_by("last_day", "pk")
    )
    found = list(bulletins)
    unit = own_unit(user) if any(objections_run(bulletin, today) for bulletin in found) else None
    steps = ((bulletin, _next_step(user, bulletin, today, unit)) for bulletin in found)
    return [Waiting(bulletin, words) for bulletin, words in steps if words is not None]


def _next_step(user: User, bulletin: Bulletin, today: date, unit: Unit | None) -> str | None:
    """What the person may do with it today; None when it is for others, or for another day."""
    if bulletin.status in Bulletin.FOLLOWING:
        return _while_drafted(user, bulletin, today, unit)
    if may_sign(user, bulletin):
        return _("Sign")
    return _("Put out") if may_issue(user, bulletin) else None


def _while_drafted(user: User, bulletin: Bulletin, today: date, unit: Unit | None) -> str | None:
    """Objections first, then the check; reviewers are not bothered with what is not ready for it."""
    if today < bulletin.period.end:
        return None
    administers, running = may_edit(user, bulletin), objections_run(bulletin, today)
    unanswered: int = getattr(bulletin, "unanswered")  # noqa: B009  annotated above
    if administers and unanswered:
        return _("Answer objections: %(number)s") % {"number": unanswered}
    if running and unit:
        told = {"unit": unit, "day": bulletin.objections_until}
        return _("Look at the lines of %(unit)s until %(day)s") % told
    if running or unanswered:
        return None
    if administers and bulletin.status == BulletinStatus.DRAFT:
        return _("Look through, then open for objections")
    opened = bulletin.status == BulletinStatus.OBJECTIONS
    return _("Check") if opened and may_check(user, bulletin) else None


def schemes_waiting(user: User) -> list[SchemeDraft]:
    """Proposed scoring schemes that this person may put in force."""
    drafts = SchemeDraft.objects.visible_to(user).proposed().select_related("office", "proposed_by")
    return [draft for draft in drafts.newest_first() if may_confirm_scheme(user, draft)]


def adjustments_waiting(user: User) -> list[Adjustment]:
    """Adjustments of points that this person may approve or refuse now, the oldest proposal first."""
    proposed = Adjustment.objects.of_office(user.office).proposed().exclude(proposed_by=user)
    waiting = proposed.select_related("office", "unit", "proposed_by").order_by("proposed_at")
    return [adjustment for adjustment in waiting if may_approve_adjustment(user, adjustment)]
