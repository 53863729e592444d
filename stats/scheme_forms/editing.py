"""One section of a scheme on its way between the JSON and the page.

What was typed is kept row by row, blank or not: rows are added, moved and taken away without being saved.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.forms.renderers import get_default_renderer
from django.http import QueryDict

from stats.scheme_forms.cells import Cell, Kind
from stats.scheme_forms.parts import Card, Part, Row, Rules
from stats.scheme_forms.shared import Section
from stats.scheme_terms import Terms
from stats.schemes import Problem

MOST_ROWS = 300


class RowForm(forms.Form):
    """The fields of one row. Nothing is required; whether it makes sense is the scheme's reader's matter."""

    def __init__(self, *args: Any, cells: Sequence[Cell], offers: Mapping[str, Terms], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for cell in cells:
            value = (self.initial or {}).get(cell.name, "")
            if self.is_bound:
                value = self.data.get(self.add_prefix(cell.name), "")
            field = cell.field(value, offers)
            look = (
                "form-select form-select-sm" if cell.kind is Kind.CHOICE else "form-control form-control-sm"
            )
            field.widget.attrs.update({"class": look, "aria-label": cell.label})
            self.fields[cell.name] = field
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True


class RowFormSet(forms.BaseFormSet):  # type: ignore[type-arg]
    """The rows of a part."""

    form = RowForm
    renderer = get_default_renderer()
    extra, min_num, max_num, absolute_max = 0, 0, MOST_ROWS, MOST_ROWS
    validate_min, validate_max = False, True
    can_order = can_delete = can_delete_extra = False


@dataclass(frozen=True, slots=True)
class Field:
    """A field with what is wrong with it."""

    cell: Cell
    bound: forms.BoundField
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class RowView:
    """A row as it is drawn."""

    fields: list[Field]
    hidden: list[forms.BoundField]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class PartView:
    """A card or a table as it is drawn; `more` says that columns are left out that could be asked for."""

    part: Part
    formset: RowFormSet
    columns: list[Cell]
    rows: list[RowView]
    problems: tuple[Problem, ...]
    more: bool

    @property
    def is_card(self) -> bool:
        return isinstance(self.part, Card)


@dataclass(slots=True)
class SectionForm:
    """The rows of every part of a section as typed, or as stored at first."""

    section: Section
    offers: Mapping[str, Terms]
    rows: dict[str, list[Row]]
    errors: list[str]
    wide: bool = False

    @classmethod
    def of(cls, section: Section, rules: Rules, offers: Mapping[str, Terms]) -> SectionForm:
        """As stored."""
        return cls(section, offers, {part.id: part.rows(rules) for part in section.parts}, [])

    @classmethod
    def typed(cls, section: Section, data: QueryDict, offers: Mapping[str, Terms]) -> SectionForm:
        """As typed; `errors` says what cannot even be stored."""
        form = cls(section, offers, {}, [], wide="wide" in data)
        for part in section.parts:
            rows = form._formset(part, data=data)
            form.errors += [str(error) for error in rows.non_form_errors()]
            form.errors += [
                f"{row.fields[name].label}：{error}"
                for row in rows.forms
                for name, errors in row.errors.items()
                for error in errors
            ]
            typed = [
                {cell.name: row.data.get(row.add_prefix(cell.name), "") for cell in part.cells}
                for row in rows.forms
            ]
            form.rows[part.id] = typed[:1] or [{}] if isinstance(part, Card) else typed
        return form

    def step(self, asked: str) -> None:
        """Do what a button asks: `add rules`, `up rules 3`, `down rules 3`, `drop rules 3`, `wide`."""
        action, _space, rest = asked.partition(" ")
        name, _space, place = rest.partition(" ")
        if action == "wide":
            self.wide = True
        rows = self.rows.get(name)
        if rows is None:
            return
        at = int(place) if place.isdecimal() else -1
        if action == "add" and len(rows) < MOST_ROWS:
            rows.append({})
        elif action == "drop" and 0 <= at < len(rows):
            del rows[at]
        elif action == "up" and 0 < at < len(rows):
            rows[at - 1], rows[at] = rows[at], rows[at - 1]
        elif action == "down" and 0 <= at < len(rows) - 1:
            rows[at + 1], rows[at] = rows[at], rows[at + 1]

    def rules(self, rules: Rules) -> Rules:
        """The scheme with this section as typed."""
        for part in self.section.parts:
            rules = part.put(rules, self.rows[part.id])
        return rules

    def parts(self, rules: Rules, problems: Sequence[Problem]) -> list[PartView]:
        """The parts to be drawn, each problem of `rules` beside its field."""
        return [self._view(part, rules, problems) for part in self.section.parts]

    def _view(self, part: Part, rules: Rules, problems: Sequence[Problem]) -> PartView:
        rows = self.rows[part.id]
        found = [(spot, problem) for problem in problems if (spot := part.spot(problem.path, rules))]
        # The scheme knows no blank rows, the page does.
        filled = [index for index, row in enumerate(rows) if isinstance(part, Card) or not part.is_blank(row)]
        placed: dict[tuple[int | None, str | None], list[Problem]] = {}
        for spot, problem in found:
            row = filled[spot.row] if spot.row is not None and spot.row < len(filled) else None
            placed.setdefault((row, spot.cell and spot.cell.name), []).append(problem)
        formset = self._formset(part, initial=rows)
        columns = [cell for cell in part.cells if self.wide or not cell.rare or _used(cell, rows)]
        return PartView(
            part=part,
            formset=formset,
            columns=columns,
            rows=[
                RowView(
                    fields=[
                        Field(cell, form[cell.name], tuple(placed.get((index, cell.name), ())))
                        for cell in columns
                    ],
                    hidden=[form[cell.name] for cell in part.cells if cell not in columns],
                    problems=tuple(placed.get((index, None), ())),
                )
                for index, form in enumerate(formset.forms)
            ],
            problems=tuple(
                problem for (row, _cell), those in placed.items() if row is None for problem in those
            ),
            more=len(columns) < len(part.cells),
        )

    def _formset(
        self, part: Part, data: QueryDict | None = None, initial: Sequence[Row] | None = None
    ) -> RowFormSet:
        return RowFormSet(
            data,
            prefix=part.id,
            initial=initial,
            form_kwargs={"cells": part.cells, "offers": self.offers},
        )


def _used(cell: Cell, rows: Sequence[Row]) -> bool:
    return any(row.get(cell.name, "").strip() for row in rows)
