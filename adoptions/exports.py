"""The columns of the lists of adoptions, events and outlets, and the lists as Excel workbooks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from adoptions.ledger.columns import title_of
from adoptions.models import Adoption, Event, Outlet
from kit.lists import Column, list_workbook
from submissions.enums import Origin
from submissions.lists import names_of_authors


def adoption_columns() -> list[Column[Adoption]]:
    """Every column there is; those of the ledger bear the titles that an import understands."""
    return [
        Column(
            "title",
            title_of("title"),
            42,
            lambda one: one.item.title,
            order="title",
            shown=True,
            fixed=True,
            nowrap=False,
        ),
        Column("published", _("Published title"), 42, lambda one: one.title, nowrap=False),
        Column(
            "unit",
            title_of("unit"),
            18,
            lambda one: one.item.unit.name,
            order="unit",
            shown=True,
            nowrap=False,
        ),
        Column("credits", _("Credited units"), 22, _credits, shown=True, nowrap=False),
        Column("authors", title_of("authors"), 16, lambda one: names_of_authors(one.item), nowrap=False),
        Column("submitter", title_of("submitter"), 10, _submitter),
        Column("filed", title_of("filed"), 13, _filed_on),
        Column("status", title_of("status"), 10, lambda one: one.item.get_status_display()),
        Column(
            "outlet",
            title_of("outlet"),
            20,
            lambda one: one.outlet.name,
            order="outlet",
            shown=True,
            nowrap=False,
        ),
        Column("carrier", title_of("carrier"), 12, lambda one: one.outlet.get_carrier_display()),
        Column(
            "level",
            title_of("level"),
            12,
            lambda one: one.outlet.get_level_display(),
            order="level",
            shown=True,
        ),
        Column("page", title_of("page"), 10, lambda one: one.page),
        Column("position", title_of("position"), 11, lambda one: one.get_position_display()),
        Column("length", title_of("length"), 8, lambda one: one.length, numeric=True),
        Column("genre", title_of("genre"), 11, lambda one: one.item.get_genre_display()),
        Column("mode", title_of("mode"), 12, lambda one: one.get_mode_display(), shown=True),
        Column("date", title_of("date"), 13, lambda one: one.date, order="date", descending=True, shown=True),
        Column("link", title_of("link"), 30, lambda one: one.link, nowrap=False),
        Column("proof", _("Proof"), 20, _proof, nowrap=False),
        Column("counts", _("Whether it counts"), 12, _state, shown=True),
        Column(
            "registered",
            _("Registered on"),
            13,
            lambda one: timezone.localdate(one.registered_at),
            order="registered",
            descending=True,
            shown=True,
        ),
        Column("note", title_of("note"), 24, lambda one: one.note, nowrap=False),
    ]


def event_columns() -> list[Column[Event]]:
    """Every column of the list of events."""
    return [
        Column(
            "kind", _("Kind"), 12, lambda one: one.get_kind_display(), order="kind", shown=True, fixed=True
        ),
        Column("side", _("Earns or costs"), 12, _side),
        Column(
            "item", _("Item"), 42, lambda one: one.item.title if one.item else "", shown=True, nowrap=False
        ),
        Column("number", _("Item number"), 18, lambda one: one.item.number if one.item else ""),
        Column("unit", _("Unit"), 20, lambda one: one.concerns.name, order="unit", shown=True, nowrap=False),
        Column("level", _("Level"), 14, lambda one: one.get_level_display(), order="level", shown=True),
        Column("date", _("Date"), 13, lambda one: one.date, order="date", descending=True, shown=True),
        Column("count", _("Occurrences"), 8, lambda one: one.count, shown=True, numeric=True),
        Column("note", _("Note"), 30, lambda one: one.note, nowrap=False),
        Column("proof", _("Proof"), 20, _event_proof, nowrap=False),
        Column("state", _("State"), 10, _event_state, shown=True),
        Column("registered_by", _("Registered by"), 12, lambda one: one.registered_by.display_name),
        Column(
            "registered",
            _("Registered on"),
            13,
            lambda one: timezone.localdate(one.registered_at),
            order="registered",
            descending=True,
            shown=True,
        ),
    ]


def outlet_columns() -> list[Column[Outlet]]:
    """Every column of the list of outlets, each with `adopted`, the number of its standing adoptions, and
    `latest`, the day of the last of them."""
    return [
        Column(
            "name", _("Outlet"), 30, lambda one: one.name, order="name", shown=True, fixed=True, nowrap=False
        ),
        Column("level", _("Media level"), 14, lambda one: one.get_level_display(), order="level", shown=True),
        Column("carrier", _("Carrier"), 12, lambda one: one.get_carrier_display(), shown=True),
        Column("from", _("Active from"), 13, lambda one: one.active_from, order="from", shown=True),
        Column("to", _("Active to"), 13, lambda one: one.active_to, order="to", shown=True),
        Column(
            "adopted",
            _("Adoptions"),
            8,
            lambda one: one.adopted,  # type: ignore[attr-defined]
            order="adopted",
            descending=True,
            shown=True,
            numeric=True,
        ),
        Column("latest", _("Last adopted on"), 13, lambda one: one.latest),  # type: ignore[attr-defined]
    ]


def adoption_workbook(
    adoptions: Iterable[Adoption], count: int, today: date, columns: Sequence[Column[Adoption]]
) -> BytesIO:
    """The ledger as it is on screen, of all pages; with all columns an import takes it back."""
    heading = _("Adoptions (%(day)s, %(count)s in all)") % {
        "day": date_format(today, "Y年n月j日"),
        "count": count,
    }
    return list_workbook(
        sheet_name=_("Adoptions"), heading=heading, number=title_of("number"), columns=columns, rows=adoptions
    )


def event_workbook(
    events: Iterable[Event], count: int, today: date, columns: Sequence[Column[Event]]
) -> BytesIO:
    """The list of events as it is on screen, of all pages."""
    heading = _("Events for points (%(day)s, %(count)s in all)") % {
        "day": date_format(today, "Y年n月j日"),
        "count": count,
    }
    return list_workbook(
        sheet_name=_("Events for points"),
        heading=heading,
        number=title_of("number"),
        columns=columns,
        rows=events,
    )


def outlet_workbook(outlets: Iterable[Outlet], today: date, columns: Sequence[Column[Outlet]]) -> BytesIO:
    """The outlets as they are on screen, of all pages."""
    heading = _("Outlets (%(day)s)") % {"day": date_format(today, "Y年n月j日")}
    number = title_of("number")
    return list_workbook(
        sheet_name=_("Outlets"), heading=heading, number=number, columns=columns, rows=outlets
    )


def _credits(adoption: Adoption) -> str:
    parts = sorted(adoption.credits.all(), key=lambda credit: (-credit.share, credit.pk))
    shared = len({credit.share for credit in parts}) > 1
    return "、".join(f"{credit.unit.name}×{credit.share}" if shared else credit.unit.name for credit in parts)


def _submitter(adoption: Adoption) -> str:
    """An item from the old ledger was entered by whoever imported it, not filed by them."""
    return adoption.item.submitter.display_name if adoption.item.origin == Origin.FILED else ""


def _filed_on(adoption: Adoption) -> date | None:
    moment = adoption.item.submitted_at
    return timezone.localdate(moment) if moment else None


def _proof(adoption: Adoption) -> str:
    kinds = [
        (adoption.proof_file, adoption.proof_name),
        (adoption.link, _("Link")),
        (adoption.ledger_id, _("Imported ledger")),
    ]
    return "、".join(str(name) for there, name in kinds if there)


def _state(adoption: Adoption) -> str:
    if adoption.revoked_at:
        return _("Revoked")
    return _("Counted") if adoption.proven else _("Waiting for proof")


def _side(event: Event) -> str:
    return _("Costs points") if event.costs else _("Earns points")


def _event_proof(event: Event) -> str:
    return "、".join(proof for proof in (event.proof_name, event.link) if proof)


def _event_state(event: Event) -> str:
    return _("Revoked") if event.revoked_at else _("Counted")
