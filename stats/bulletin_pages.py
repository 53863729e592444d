"""What the page of a bulletin shows beside its document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.urls import reverse

from accounts.models import User
from stats import facts, tallies
from stats.bulletins import BulletinDocument, LineRow
from stats.columns import points_text
from stats.enums import BulletinStatus
from stats.links import Links
from stats.models import Bulletin
from stats.querysets import stale_months
from stats.reports import FigureGroup, Terms, tables
from stats.rules import may_check, may_issue, may_reopen
from stats.tables import Table, adoption_table, figure_table
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
        sign = "+" if self.points > 0 else ""
        return sign + points_text(self.points)

    @property
    def is_one(self) -> bool:
        return bool(self.filed or self.issued or self.adopted or self.points)


@dataclass(frozen=True, slots=True)
class BulletinPage:
    """The document with links for this reader, what has changed since, and the steps open to them."""

    document: BulletinDocument
    tables: Sequence[Table]
    differences: Sequence[Difference]
    being_counted: int
    is_over: bool
    may_check: bool
    may_reopen: bool
    may_issue: bool


def bulletin_page(reader: User, bulletin: Bulletin, today: date) -> BulletinPage:
    """Everything the page shows. Differences are told of bulletins that no longer follow the facts."""
    document, office = bulletin.content, bulletin.office
    terms = Terms.of(facts.timetable(office), bulletin.period)
    links = Links.of(reader, bulletin.period, bulletin.period.to_date(terms.year_start_month))
    differences: list[Difference] = []
    if bulletin.status != BulletinStatus.DRAFT:
        tallied = tallies.load(office, terms.span(bulletin.period))
        differences = compare(document.groups, tables(tallied, bulletin.period, terms))
    is_over = bulletin.period.end <= today
    return BulletinPage(
        document=document,
        tables=[figure_table(group, links) for group in document.groups],
        differences=differences,
        being_counted=stale_months(office, terms.span(bulletin.period)).count(),
        is_over=is_over,
        may_check=is_over and may_check(reader, bulletin),
        may_reopen=may_reopen(reader, bulletin),
        may_issue=may_issue(reader, bulletin),
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
