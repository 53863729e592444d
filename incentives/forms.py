"""A year's targets as a table in which every cell is typed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts.models import Unit, User
from incentives.enums import Measure
from incentives.services import Cells
from kit.numbers import points_text

type Amounts = Mapping[tuple[int, int | None], Mapping[str, Decimal]]

MOST = 999_999


@dataclass(frozen=True, slots=True)
class Row:
    """Whom a line of the table is about: a unit, or one of its people. It may be pasted under its `names`."""

    unit: Unit
    person: User | None = None
    names: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[int, int | None]:
        return self.unit.pk, self.person.pk if self.person else None

    @property
    def name(self) -> str:
        return self.person.display_name if self.person else self.unit.name

    def field(self, measure: str) -> str:
        kind, number = ("person", self.person.pk) if self.person else ("unit", self.unit.pk)
        return f"{kind}-{number}-{measure}"


@dataclass(frozen=True, slots=True)
class Cell:
    """One input: what it shows, and what is stored, so that only what somebody changed is written."""

    name: str
    measure: Measure
    value: str
    stored: str
    errors: Sequence[str]
    step: str


class TargetGrid(forms.Form):
    """Rows × measures. A blank cell is no target.

    A cell that still shows what was stored when the page was made is left alone, whoever has changed it
    since. `offered` are amounts shown in empty cells, such as last year's.
    """

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        rows: Sequence[Row],
        stored: Amounts,
        offered: Amounts | None = None,
    ) -> None:
        super().__init__(data)
        self.rows, self.stored, self.offered = rows, stored, offered or {}
        for row in rows:
            for measure in Measure:
                places = 2 if measure == Measure.POINTS else 0
                self.fields[row.field(measure)] = forms.DecimalField(
                    required=False,
                    min_value=0,
                    max_value=MOST,
                    decimal_places=places,
                    show_hidden_initial=True,
                    label=_("%(name)s, %(measure)s") % {"name": row.name, "measure": measure.label},
                )

    def lines(self) -> Iterator[tuple[Row, list[Cell]]]:
        """The table, row by row."""
        for row in self.rows:
            stored, offered = self.stored.get(row.key, {}), self.offered.get(row.key, {})
            yield row, [self._cell(row, measure, stored, offered) for measure in Measure]

    def _cell(
        self, row: Row, measure: Measure, stored: Mapping[str, Decimal], offered: Mapping[str, Decimal]
    ) -> Cell:
        name = row.field(measure)
        kept = _text(stored.get(measure))
        value = self.data.get(name, "") if self.is_bound else kept or _text(offered.get(measure))
        if self.is_bound:
            kept = self.data.get(f"initial-{name}", kept)
        step = "any" if measure == Measure.POINTS else "1"
        errors = [str(message) for message in self.errors.get(name, [])]
        return Cell(name, measure, value, kept, errors, step)

    def changes(self) -> Cells:
        """The cells that somebody has changed."""
        changed = set(self.changed_data)
        return {
            (row.unit, row.person, measure): self.cleaned_data[row.field(measure)]
            for row in self.rows
            for measure in Measure
            if row.field(measure) in changed
        }

    def problems(self) -> list[tuple[str, str, str]]:
        """(id of the input, what it is, what is wrong) of every error."""
        return [
            (f"id_{name}", str(self.fields[name].label), str(message))
            for name, messages in self.errors.items()
            for message in messages
        ]


def _text(amount: Decimal | None) -> str:
    return "" if amount is None else points_text(amount)
