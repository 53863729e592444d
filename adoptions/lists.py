"""The list of adoptions; with all of its columns, an import takes its workbook back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.listing import ListPage
from adoptions.entries.lists import asked, beside, registered
from adoptions.filters import AdoptionFilter
from adoptions.ledger.columns import title_of
from adoptions.models import Adoption
from kit.columns import Column, Kind
from submissions.enums import Origin
from submissions.lists import names_of_authors


def adoption_columns(_today: date) -> list[Column]:
    """Every column there is; those of the ledger bear the titles that an import understands."""
    return [
        _ledger(
            "title",
            42,
            lambda one: str(one.item),
            order=["item__filed_title"],
            fixed=True,
            nowrap=False,
            link="adoptions:adoption-detail",
        ),
        Column("published", _("Published title"), 42, "title", nowrap=False),
        _ledger(
            "unit",
            18,
            "item.unit.name",
            order=["item__unit__position", "item__unit__code"],
            shown=True,
            nowrap=False,
        ),
        Column("credits", _("Credited units"), 22, _credits, shown=True, nowrap=False),
        _ledger("authors", 16, lambda one: names_of_authors(one.item), nowrap=False),
        _ledger("submitter", 10, _submitter),
        _ledger("filed", 13, _filed_on),
        _ledger("status", 10, "item.get_status_display"),
        _ledger("outlet", 20, "outlet.name", order=["outlet__name"], shown=True, nowrap=False),
        _ledger("carrier", 12, "outlet.get_carrier_display"),
        _ledger("level", 12, "outlet.get_level_display", order=["level_order", "outlet__name"], shown=True),
        _ledger("page", 10),
        _ledger("position", 11, "get_position_display"),
        _ledger("length", 8, kind=Kind.COUNT),
        _ledger("genre", 11, genre_told),
        _ledger("mode", 12, "get_mode_display", shown=True),
        _ledger("date", 13, order=["date"], descending=True, shown=True),
        _ledger("link", 30, nowrap=False),
        Column("proof", _("Proof"), 20, _proof, nowrap=False),
        Column("counts", _("Whether it counts"), 12, "state", shown=True),
        registered(),
        _ledger("note", 24, nowrap=False),
    ]


def _ledger(field: str, width: float, value: Callable[[Adoption], Any] | str = "", **how: Any) -> Column:
    """A column of the ledger, under the title that an import understands."""
    return Column(field, title_of(field), width, value, **how)


def _credits(adoption: Adoption) -> str:
    parts = sorted(adoption.credits.all(), key=lambda credit: (-credit.share, credit.pk))
    shared = len({credit.share for credit in parts}) > 1
    return "、".join(f"{credit.unit.name}×{credit.share}" if shared else credit.unit.name for credit in parts)


def genre_told(adoption: Adoption) -> str:
    """The genre that counts for the adoption: as its ledger tells it, or as the item was filed."""
    return str((adoption.item if adoption.genre is None else adoption).get_genre_display())


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


ADOPTIONS = ListPage(
    noun="adoption",
    template="adoptions/list.html",
    title=gettext_lazy("Adoptions"),
    paper=gettext_lazy("Ledger of adoptions"),
    ask=asked(AdoptionFilter),
    columns=adoption_columns,
    order="-date",
    number=title_of("number"),
    more=beside,
)
