"""What the page of a bulletin shows: its document, where it stands, what has changed since, what is next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Unit, User
from bulletins.composing import span_of
from bulletins.document.document import BulletinDocument
from bulletins.document.rows import LineRow
from bulletins.enums import BulletinStatus
from bulletins.models import Bulletin, Objection
from bulletins.reading import TextLine, TotalsRow, text_lines, totals_table, zeros_by_group
from bulletins.rules import (
    may_check,
    may_correct,
    may_edit,
    may_issue,
    may_open,
    may_reopen,
    may_sign,
    own_unit,
)
from bulletins.services.drafting import is_outdated
from bulletins.services.life import objections_run
from bulletins.tables import adoption_table
from kit.numbers import signed_or_zero
from scoring.timetables import timetable_of
from stats import tallies
from stats.charts import PageCharts, page_charts
from stats.facts.loading import load_facts
from stats.links import Links
from stats.querysets import stale_months
from stats.remarks import remarks_on_all
from stats.reports import FigureGroup, Terms, tables
from stats.tables import Table, figure_table
from submissions.models import Item


@dataclass(frozen=True, slots=True)
class Difference:
    """What a unit has more (or, negative, less) today than the bulletin says."""

    name: str
    filed: int
    issued: int
    adopted: int
    points: Decimal

    @property
    def points_text(self) -> str:
        return signed_or_zero(self.points)

    @property
    def is_one(self) -> bool:
        return bool(self.filed or self.issued or self.adopted or self.points)


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of the bulletin's life: `state` is done, now or ahead."""

    label: str
    state: str
    who: str = ""
    when: date | datetime | None = None


@dataclass(frozen=True, slots=True)
class BulletinPage:
    """The document with links for this reader, what has changed since, and the steps open to them.

    `blocks` are reasons why it cannot be checked yet, in words.
    """

    document: BulletinDocument
    stages: Sequence[Stage]
    text: Sequence[TextLine]
    totals: Sequence[TotalsRow]
    remarks: Sequence[str]
    zeros: Sequence[tuple[str, list[tuple[str, str, str]]]]
    tables: Sequence[Table]
    charts: PageCharts
    differences: Sequence[Difference]
    objections: Sequence[Objection]
    own_unit: Unit | None
    own_lines: Sequence[LineRow]
    blocks: Sequence[str]
    being_counted: int
    is_over: bool
    objecting: bool
    may_edit: bool
    may_open: bool
    may_check: bool
    may_sign: bool
    may_issue: bool
    may_reopen: bool
    may_correct: bool
    sees_correction: bool


def bulletin_page(reader: User, bulletin: Bulletin, today: date) -> BulletinPage:
    """Everything the page shows. Differences are told of bulletins that no longer follow the facts."""
    document, office = bulletin.content, bulletin.office
    timetable = timetable_of(office)
    terms = Terms.of(timetable, bulletin.period)
    links = Links.of(reader, bulletin.period, bulletin.period.to_date(terms.year_start_month))
    following = bulletin.status in Bulletin.FOLLOWING
    differences: list[Difference] = []
    if not following:
        span = terms.span(bulletin.period)
        counted = tallies.load(office, span) if span.whole_months else load_facts(office, span, as_of=today)
        differences = compare(document.groups, tables(counted, bulletin.period, terms))
    being_counted = stale_months(office, span_of(timetable, bulletin.period)).count() if following else 0
    corrections = Bulletin.objects.filter(corrects=bulletin)
    objecting = objections_run(bulletin, today)
    unit = own_unit(reader)
    objections = Objection.objects.visible_to(reader).filter(bulletin=bulletin).with_people().in_order()
    return BulletinPage(
        document=document,
        stages=list(_stages(bulletin)),
        text=text_lines(document),
        totals=totals_table(document),
        remarks=remarks_on_all(document.groups, document.whole),
        zeros=zeros_by_group(document),
        tables=[figure_table(group, links) for group in document.groups],
        charts=page_charts(document.groups, document.history, links, months=document.months),
        differences=differences,
        objections=list(objections),
        own_unit=unit,
        own_lines=[line for line in document.lines if unit and line.unit_id == unit.pk] if objecting else [],
        blocks=list(_blocks(bulletin, document, being_counted, today)) if following else [],
        being_counted=being_counted,
        is_over=bulletin.period.end <= today,
        objecting=objecting,
        may_edit=may_edit(reader, bulletin),
        may_open=may_open(reader, bulletin) and bulletin.period.end <= today,
        may_check=may_check(reader, bulletin),
        may_sign=may_sign(reader, bulletin),
        may_issue=may_issue(reader, bulletin),
        may_reopen=may_reopen(reader, bulletin),
        may_correct=may_correct(reader, bulletin) and not corrections.exists(),
        sees_correction=corrections.visible_to(reader).exists(),
    )


def listed_adoptions(reader: User, rows: Sequence[LineRow]) -> Table:
    """A stretch of the list of adoptions; the items that this person may read are links."""
    visible = Item.objects.visible_to(reader).filter(pk__in={row.item_id for row in rows})
    addresses = {
        pk: reverse("submissions:item-detail", args=[pk]) for pk in visible.values_list("pk", flat=True)
    }
    return adoption_table(rows, addresses)


def compare(printed: Sequence[FigureGroup], today: Sequence[FigureGroup]) -> list[Difference]:
    """Unit by unit, what today's figures have more than the printed ones; only where they differ."""
    before = {row.unit_id: row for group in printed for row in group.rows}
    after = {row.unit_id: row for group in today for row in group.rows}
    differences = []
    for unit_id in after | before:
        old, new = before.get(unit_id), after.get(unit_id)
        named = new or old
        assert named is not None
        difference = Difference(
            name=named.name,
            filed=(new.filed if new else 0) - (old.filed if old else 0),
            issued=(new.issued if new else 0) - (old.issued if old else 0),
            adopted=(new.adopted if new else 0) - (old.adopted if old else 0),
            points=(new.points if new else Decimal(0)) - (old.points if old else Decimal(0)),
        )
        if difference.is_one:
            differences.append(difference)
    return differences


def _stages(bulletin: Bulletin) -> Iterator[Stage]:
    order = [BulletinStatus(value) for value in BulletinStatus.values]
    reached = order.index(BulletinStatus(bulletin.status))
    people: dict[str, tuple[User | None, date | datetime | None]] = {
        BulletinStatus.DRAFT: (bulletin.edited_by, bulletin.cutoff),
        BulletinStatus.OBJECTIONS: (bulletin.opened_by, bulletin.opened_at),
        BulletinStatus.CHECKED: (bulletin.checked_by, bulletin.checked_at),
        BulletinStatus.SIGNED: (bulletin.signed_by, bulletin.signed_at),
        BulletinStatus.ISSUED: (bulletin.issued_by, bulletin.issued_at),
    }
    for place, status in enumerate(order):
        person, when = people[status]
        # A bulletin that was never opened for objections went past that step.
        passed = place <= reached and not (status == BulletinStatus.OBJECTIONS and bulletin.opened_at is None)
        state = "now" if place == reached else "done" if passed else "ahead" if place > reached else "skipped"
        yield Stage(
            label=str(status.label),
            state=state,
            who=person.display_name if person and passed else "",
            when=when if passed else None,
        )


def _blocks(bulletin: Bulletin, document: BulletinDocument, being_counted: int, today: date) -> Iterator[str]:
    """Why nobody can check it at the moment."""
    if today < bulletin.period.end:
        yield _("The period has not ended: its figures will change.")
    if being_counted or is_outdated(bulletin):
        yield _("Facts have changed; the figures are being counted anew.")
    if objections_run(bulletin, today):
        yield _("Units may object until %(day)s.") % {"day": bulletin.objections_until}
    if waiting := bulletin.objections.open().count():
        yield _("Objections without an answer: %(number)s.") % {"number": waiting}
    if stale := sum(paragraph.stale for paragraph in document.text):
        yield _("Edited paragraphs whose figures have moved: %(number)s. Look at them and save them.") % {
            "number": stale
        }
