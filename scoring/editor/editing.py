"""One section of a scheme on its way between the JSON and the page.

What was typed is kept row by row, blank or not: rows are added, moved and taken away without being saved.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from kit.forms import Rows
from kit.numbers import whole
from scoring.editor.cells import Cell, Kind
from scoring.editor.parts import Card, Part, Row, Rules
from scoring.editor.shared import Section
from scoring.schemes.names import regrouped
from scoring.schemes.nodes import Flaw, Problem
from scoring.terms import Terms
from scoring.wording import FLAWS

MOST_ROWS = 300


class RowForm(forms.Form):
    """The fields of one row. Nothing is required; whether it makes sense is the scheme's reader's matter."""

    def __init__(self, *args: Any, cells: Sequence[Cell], offers: Mapping[str, Terms], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for cell in cells:
            value = (self.initial or {}).get(cell.name, "")
            if self.is_bound:
                value = self.data.get(self.add_prefix(cell.name), "")
            self.fields[cell.name] = cell.field(value, offers)


class RowFormSet(Rows):
    """The rows of a part."""

    form = RowForm
    max_num = absolute_max = MOST_ROWS


@dataclass(frozen=True, slots=True)
class Field:
    """A field with what is wrong with it."""

    cell: Cell
    bound: forms.BoundField
    problems: list[str]
    labelled: bool

    @property
    def html(self) -> str:
        """The control; where no label stands beside it, it carries one itself."""
        css = (
            "form-select form-select-sm" if self.cell.kind is Kind.CHOICE else "form-control form-control-sm"
        )
        attrs: dict[str, Any] = {"class": f"{css} is-invalid" if self.problems else css}
        if self.problems:
            attrs["aria-invalid"] = "true"
        if not self.labelled:
            attrs["aria-label"] = self.cell.label
        described = [self.problems_id] if self.problems else []
        if self.labelled and self.cell.help:
            described.append(self.help_id)
        if described:
            attrs["aria-describedby"] = " ".join(described)
        return self.bound.as_widget(attrs=attrs)

    @property
    def problems_id(self) -> str:
        return f"{self.bound.auto_id}_problems"

    @property
    def help_id(self) -> str:
        return f"{self.bound.auto_id}_help"

    @property
    def css(self) -> str:
        """How wide its column is."""
        return f"cell-{self.cell.kind.value}"


@dataclass(frozen=True, slots=True)
class RowView:
    """A row as it is drawn."""

    fields: list[Field]
    hidden: list[forms.BoundField]
    problems: list[str]

    @property
    def has_problems(self) -> bool:
        """In one of its fields, or as a whole."""
        return bool(self.problems) or any(field.problems for field in self.fields)


@dataclass(frozen=True, slots=True)
class PartView:
    """A card or a table as it is drawn; `more` says that columns are left out that could be asked for."""

    part: Part
    formset: RowFormSet
    columns: list[Cell]
    rows: list[RowView]
    problems: list[str]
    more: bool

    @property
    def is_card(self) -> bool:
        return isinstance(self.part, Card)

    @property
    def width(self) -> int:
        """The columns of the table: number, fields, buttons."""
        return len(self.columns) + 2


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
        number = whole(place)
        at = -1 if number is None else number
        if action == "add" and len(rows) < MOST_ROWS:
            rows.append({})
        elif action == "drop" and 0 <= at < len(rows):
            del rows[at]
        elif action == "up" and 0 < at < len(rows):
            rows[at - 1], rows[at] = rows[at], rows[at - 1]
        elif action == "down" and 0 <= at < len(rows) - 1:
            rows[at + 1], rows[at] = rows[at], rows[at + 1]

    def rules(self, rules: Rules) -> Rules:
        """The scheme with this section as typed; what names a group by its old name follows."""
        before = rules
        for part in self.section.parts:
            rules = part.put(rules, self.rows[part.id])
        followed: Rules = regrouped(before, rules)
        return followed

    def parts(self, rules: Rules, problems: Sequence[Problem]) -> list[PartView]:
        """The parts to be drawn, each problem of `rules` beside its field."""
        return [self._view(part, rules, problems) for part in self.section.parts]

    def _view(self, part: Part, rules: Rules, problems: Sequence[Problem]) -> PartView:
        rows = self.rows[part.id]
        found = [(spot, problem) for problem in problems if (spot := part.spot(problem.path, rules))]
        # The scheme knows no blank rows, the page does.
        filled = [index for index, row in enumerate(rows) if isinstance(part, Card) or not part.is_blank(row)]
        placed: dict[tuple[int | None, str | None], list[str]] = {}
        for spot, problem in found:
            row = filled[spot.row] if spot.row is not None and spot.row < len(filled) else None
            placed.setdefault((row, spot.cell.name if spot.cell else None), []).append(
                problem_words(problem, part)
            )
        formset = self._formset(part, initial=rows)
        columns = [cell for cell in part.cells if self.wide or not cell.rare or _used(cell, rows)]
        return PartView(
            part=part,
            formset=formset,
            columns=columns,
            rows=[
                RowView(
                    fields=[
                        Field(
                            cell,
                            form[cell.name],
                            placed.get((index, cell.name), []),
                            labelled=isinstance(part, Card),
                        )
                        for cell in columns
                    ],
                    hidden=[form[cell.name] for cell in part.cells if cell not in columns],
                    problems=placed.get((index, None), []),
                )
                for index, form in enumerate(formset.forms)
            ],
            problems=[text for (row, _cell), texts in placed.items() if row is None for text in texts],
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


#: Flaws whose detail is for people: a range, a name. Others name settings.
_DETAILED = frozenset(
    {Flaw.NOT_NUMBER, Flaw.NOT_WHOLE, Flaw.NO_UNIT, Flaw.NO_GROUP, Flaw.RENAMED, Flaw.TWO_BEARERS}
)


def problem_words(problem: Problem, part: Part) -> str:
    """A problem beside its field, in the words of the form."""
    text = str(FLAWS[problem.flaw])
    if problem.flaw in _DETAILED:
        allowed = problem.detail
    else:
        labels = {cell.key: str(cell.label) for cell in part.cells}
        allowed = "、".join(labels[key] for key in problem.detail.split(", ") if key in labels)
    return _("%(text)s: %(allowed)s") % {"text": text, "allowed": allowed} if allowed else text


def _used(cell: Cell, rows: Sequence[Row]) -> bool:
    return any(row.get(cell.name, "").strip() for row in rows)
