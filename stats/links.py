"""The lists behind the numbers, for those who may see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Self
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse

from accounts.models import Unit, User
from scoring.periods.period import Period, PeriodKind
from scoring.schemes.words import LEVELS
from stats.reports import HasUnitId


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses for the ranking units of which a person sees the subtree; other numbers stay plain.

    `codes` are those units' codes by id. The office's own row has its explanation only, because a list of
    the office's items would be one of everybody's.
    """

    period: Period
    to_date: Period
    codes: Mapping[int, str]
    office_id: int

    @classmethod
    def of(cls, user: User, period: Period, to_date: Period) -> Self:
        office = user.office
        ranked = Q(parent=office, office=office) | Q(pk=office.pk)
        codes = dict(Unit.objects.visible_to(user).filter(ranked).values_list("pk", "code"))
        return cls(period, to_date, codes, office.pk)

    def __call__(self, row: HasUnitId, key: str) -> str:
        """The address behind the value `key` of a row, empty when this person has none."""
        unit_id = row.unit_id
        if unit_id is None or unit_id not in self.codes:
            return ""
        if key == "points_to_date":
            return unit_page(unit_id, self.to_date)
        if key in {"name", "items_adopted", "rate", "points"}:
            return unit_page(unit_id, self.period)
        if unit_id == self.office_id:
            return ""
        if key in {"filed", "issued"}:
            return item_list(key, self.period, self.codes[unit_id])
        if key in {*LEVELS, "adopted"}:
            return adoption_list(self.period, unit_id, level=key if key in LEVELS else "")
        return adoption_list(self.to_date, unit_id) if key == "adopted_to_date" else ""


def item_list(key: str, period: Period, unit_code: str = "") -> str:
    """Items filed or issued in the period, by the unit and all below it, or by everybody."""
    first, last = _days(period)
    asked = {"status": key, f"{key}_from": first, f"{key}_to": last, "unit": unit_code}
    return _address("submissions:item-list", asked)


def adoption_list(period: Period, unit_id: int | None = None, level: str = "") -> str:
    """Adoptions that count, dated in the period and credited to the unit or one below it, or to anybody."""
    first, last = _days(period)
    unit = "" if unit_id is None else str(unit_id)
    asked = {"counted": "1", "date_from": first, "date_to": last, "unit": unit, "level": level}
    return _address("adoptions:adoption-list", asked)


def unit_page(unit_id: int, period: Period) -> str:
    """Why a unit has its points in the period."""
    return f"{reverse('stats:unit', args=[unit_id])}?{urlencode({'period': period})}"


def author_list(period: Period, unit_id: int | None = None) -> str:
    """What the authors of a unit, or of all that a person may see, earned in the period."""
    asked = {"period": str(period), "unit": "" if unit_id is None else str(unit_id)}
    return _address("stats:author-list", asked)


def author_page(user_id: int | None, unit_id: int, name: str, period: Period) -> str:
    """Why an author has their points: by account, or by the name that items of a unit bear."""
    if user_id is not None:
        return f"{reverse('stats:author', args=[user_id])}?{urlencode({'period': period})}"
    return _address("stats:author-named", {"unit": str(unit_id), "name": name, "period": str(period)})


def period_page(period: Period) -> str:
    """The page of a month, or of a longer period."""
    if period.kind is PeriodKind.MONTH:
        return reverse("stats:month", args=[period.first])
    return reverse("stats:period", args=[period])


def _address(view: str, asked: Mapping[str, str]) -> str:
    return f"{reverse(view)}?{urlencode({name: value for name, value in asked.items() if value})}"


def _days(period: Period) -> tuple[str, str]:
    """The first and the last day."""
    return period.start.isoformat(), (period.end - timedelta(days=1)).isoformat()
