"""One kind of fact after the other, read from its table. Days are local, ends are not included."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from itertools import groupby
from operator import attrgetter, itemgetter

from django.db.models import IntegerField, Q, TextField, Value
from django.db.models.functions import Coalesce, Length, NullIf

from accounts.models import Unit
from adoptions.models import Adoption, Credit, Event
from scoring.figures.facts import AdjustmentFact, AdoptionFact, CreditFact, EventFact, FilingFact, IssueFact
from scoring.periods.month import ZONE, local_date
from stats.models import Adjustment
from submissions.filed import as_filed
from submissions.models import Item


def ranking_unit_id(path: str, office: Unit) -> int:
    """The ranking unit above the unit at `path`. ValueError when it is not below the office."""
    ids = [int(part) for part in path.strip("/").split("/")]
    return ids[min(ids.index(office.pk) + 1, len(ids) - 1)]


def filings(office: Unit, first: date, end: date, *, with_length: bool) -> Iterable[FilingFact]:
    """Lengths are read only where a scheme asks for them: they cost a look into every text."""
    items = Item.objects.filter(office=office).filed_between(_midnight(first), _midnight(end))
    length = (
        Coalesce(NullIf(Length(as_filed("body")), Value(0)), "told_length", output_field=IntegerField())
        if with_length
        else Value(None, output_field=IntegerField())
    )
    rows = items.values_list("pk", "unit__path", "submitted_at", as_filed("title"), as_filed("genre"), length)
    for item_id, path, moment, title, genre, characters in rows:
        assert moment is not None, "an item filed between two moments has its own"
        unit_id = ranking_unit_id(path, office)
        yield FilingFact(item_id, unit_id, local_date(moment), title, genre, characters)


def issues(office: Unit, first: date, end: date) -> Iterable[IssueFact]:
    items = Item.objects.filter(office=office).issued_between(_midnight(first), _midnight(end))
    for item_id, path, moment in items.values_list("pk", "unit__path", "issued_at"):
        assert moment is not None, "an item issued between two moments has its own"
        yield IssueFact(item_id, ranking_unit_id(path, office), local_date(moment))


def items_touched(office: Unit, first: date, end: date) -> list[int]:
    """The items with an adoption or an event in that time.

    Asked on its own, before the facts: one nested query took minutes when PostgreSQL had not yet learned
    how large the tables are, as after an import.
    """
    adopted = Adoption.objects.of_office(office).counted().between(first, end)
    happened = Event.objects.of_office(office).counted().between(first, end).filter(item__isnull=False)
    found = adopted.values_list("item").union(happened.values_list("item"))
    return [item_id for (item_id,) in found]


def adoptions(office: Unit, items: list[int], end: date) -> Iterable[AdoptionFact]:
    """Adoptions with their credits come from one query: one moment, whatever is edited meanwhile."""
    counted = Adoption.objects.of_office(office).counted()
    rows = (
        Credit.objects.filter(adoption__in=counted.filter(item__in=items, date__lt=end))
        .order_by("adoption_id", "pk")
        .values_list(
            "adoption_id",
            "adoption__item_id",
            as_filed("title", "adoption__item"),
            Coalesce("adoption__genre", as_filed("genre", "adoption__item"), output_field=TextField()),
            "adoption__outlet__name",
            "adoption__outlet__level",
            "adoption__outlet__carrier",
            "adoption__mode",
            "adoption__position",
            "adoption__length",
            "adoption__date",
            "unit__path",
            "share",
        )
    )
    for adoption, credited in groupby(rows, key=itemgetter(slice(11))):
        number, item, title, genre, outlet, level, carrier, mode, position, length, day = adoption
        yield AdoptionFact(
            id=number,
            item_id=item,
            item_title=title,
            outlet_name=outlet,
            level=level,
            carrier=carrier,
            mode=mode,
            date=day,
            credits=tuple(CreditFact(ranking_unit_id(row[11], office), row[12]) for row in credited),
            genre=genre,
            position=position,
            length=length,
        )


def events(
    office: Unit, items: list[int], adoptions: Iterable[AdoptionFact], first: date, end: date
) -> Iterable[EventFact]:
    """Events of units in that time, and all events of these items before its end.

    An item's event concerns whom the item's first adoption up to that day is credited to, with the same
    shares; before any adoption it concerns the filing unit.
    """
    credited = _first_credits(adoptions)
    events = Event.objects.of_office(office).counted().filter(date__lt=end)
    events = events.filter(Q(item__in=items) | Q(item__isnull=True, date__gte=first))
    rows = events.order_by("pk").values_list(
        "pk",
        "kind",
        "date",
        "item_id",
        as_filed("title", "item"),
        as_filed("genre", "item"),
        "item__unit__path",
        "unit__path",
        "level",
        "count",
    )
    for number, kind, day, item, title, genre, item_path, unit_path, level, times in rows:
        own = CreditFact(ranking_unit_id(item_path or unit_path, office))
        since, shared = credited.get(item, (date.max, ()))
        yield EventFact(
            id=number,
            kind=kind,
            date=day,
            credits=shared if since <= day else (own,),
            item_id=item,
            item_title=title or "",
            level=level,
            genre=genre or "",
            count=times,
        )


def _first_credits(
    adoptions: Iterable[AdoptionFact],
) -> Mapping[int | None, tuple[date, tuple[CreditFact, ...]]]:
    """Of every item the day and the credits of its first adoption."""
    latest_first = sorted(adoptions, key=attrgetter("precedence"), reverse=True)
    return {adoption.item_id: (adoption.date, adoption.credits) for adoption in latest_first}


def adjustments(office: Unit, first: date, end: date) -> Iterable[AdjustmentFact]:
    approved = Adjustment.objects.of_office(office).counted().between(first, end).order_by("pk")
    for number, path, day, points, reason in approved.values_list(
        "pk", "unit__path", "date", "points", "reason"
    ):
        yield AdjustmentFact(number, ranking_unit_id(path, office), day, points, reason)


def _midnight(day: date) -> datetime:
    """When the day begins, in local time."""
    return datetime.combine(day, time.min, tzinfo=ZONE)
