"""The columns of the tables of figures."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy

from adoptions.enums import OutletLevel
from kit.columns import Column, Kind, over

FIGURES: Final = (
    Column("rank", gettext_lazy("Rank"), 6, kind=Kind.RANK, stays=True),
    Column("name", gettext_lazy("Unit"), 24, stays=True),
    Column("filed", gettext_lazy("Filed"), kind=Kind.COUNT, summed=True),
    Column("issued", gettext_lazy("Issued"), kind=Kind.COUNT, summed=True),
    over(
        gettext_lazy("Adoptions"),
        *(Column(level.value, level.label, kind=Kind.COUNT, summed=True) for level in OutletLevel),
        Column("adopted", gettext_lazy("All levels"), kind=Kind.COUNT, summed=True),
    ),
    Column("items_adopted", gettext_lazy("Items adopted"), 10, kind=Kind.COUNT, summed=True),
    Column("rate", gettext_lazy("Adoption rate"), 9, kind=Kind.RATE, summed=True),
    Column("points", gettext_lazy("Points"), 10, kind=Kind.POINTS, summed=True),
    Column("change", gettext_lazy("Change of rank"), 9, kind=Kind.CHANGE),
    over(
        gettext_lazy("Year to date"),
        Column("adopted_to_date", gettext_lazy("Adoptions"), kind=Kind.COUNT, summed=True),
        Column("points_to_date", gettext_lazy("Points"), 10, kind=Kind.POINTS, summed=True),
    ),
)
