"""The form of an event. Each kind asks only for what it has; an instruction for level and date alone."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Column, Row
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Unit, User
from adoptions.entries.forms import EntryForm
from adoptions.enums import LEVEL_KINDS, MAY_HAVE_LEVEL, UNIT_KINDS, EventKind, OutletLevel
from adoptions.events.services import EventFacts
from adoptions.models import Event
from kit.forms import DayInput, helper_of
from submissions.filters import UnitField
from submissions.forms.fields import LineField
from submissions.models import Item

#: What each kind means, in a sentence.
KIND_HINTS: dict[EventKind, Promise] = {
    EventKind.INSTRUCTION: gettext_lazy(
        "A leader gave an instruction on an item or on a unit’s work. Only level and date are registered:"
        " never enter or upload the text of an instruction."
    ),
    EventKind.COMMISSION_FILED: gettext_lazy("A unit filed in time what it was asked to write."),
    EventKind.COMMISSION_ADOPTED: gettext_lazy("What a unit was asked to write was adopted."),
    EventKind.FORWARDED: gettext_lazy("An item was chosen and sent to the level above."),
    EventKind.TASK: gettext_lazy("A unit organised an activity, or gave a lead that was used."),
    EventKind.LATE: gettext_lazy("An item came after its deadline."),
    EventKind.MISSING: gettext_lazy(
        "A unit filed fewer items than it had to, or left some out. State how many are missing."
    ),
    EventKind.COMMISSION_MISSED: gettext_lazy("A unit did not write in time what it was asked for."),
    EventKind.UNTRUE: gettext_lazy("What an item reported is not true, or gravely wrong."),
    EventKind.NEGATIVE: gettext_lazy("A negative report about a unit appeared, and was found to be right."),
}
LEVEL_LABELS: dict[EventKind, Promise] = {
    EventKind.INSTRUCTION: gettext_lazy("Level of the leader"),
    EventKind.FORWARDED: gettext_lazy("Sent to which level"),
    EventKind.COMMISSION_FILED: gettext_lazy("Commissioned by which level"),
    EventKind.COMMISSION_ADOPTED: gettext_lazy("Commissioned by which level"),
    EventKind.TASK: gettext_lazy("Level of the task"),
}
COUNT_LABELS: dict[EventKind, Promise] = {
    EventKind.INSTRUCTION: gettext_lazy("Number of instructions"),
    EventKind.LATE: gettext_lazy("Number of items late"),
    EventKind.MISSING: gettext_lazy("Number of items missing"),
}


class EventForm(EntryForm):
    """The facts of an event of one kind, and its proof.

    `item` fixes whom it concerns; else the form asks, and `subject` holds the answer once it is valid.
    """

    number = LineField(label=gettext_lazy("Item number"), required=False, max_length=40)
    unit = UnitField(label=gettext_lazy("Unit"), required=False)
    date = forms.DateField(label=gettext_lazy("Date"), widget=DayInput())
    level = forms.ChoiceField(label=gettext_lazy("Level"), required=False)
    count = forms.IntegerField(label=gettext_lazy("Occurrences"), min_value=1, max_value=1000, initial=1)
    note = LineField(label=gettext_lazy("Note"), required=False, max_length=200)
    link = forms.URLField(
        label=gettext_lazy("Link to the proof"), required=False, max_length=500, assume_scheme="https"
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        files: MultiValueDict[str, UploadedFile[bytes]] | None = None,
        *,
        kind: EventKind,
        user: User,
        item: Item | None = None,
        event: Event | None = None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, files, initial=(_told(event) if event else {}) | (initial or {}))
        self.kind, self.user = kind, user
        self.item = event.item if event else item
        self.subject: Item | Unit | None = item
        self.fields["unit"].user = user  # type: ignore[attr-defined]
        self.fit(event)
        for name in _left_out(kind, item, event):
            self.fields.pop(name, None)
        self._word(kind)
        self.helper = helper_of(*self._layout())

    def _word(self, kind: EventKind) -> None:
        """Labels and hints in the words of the kind."""
        fields = self.fields
        if label := COUNT_LABELS.get(kind):
            fields["count"].label = str(label)
        if "level" in fields:
            needed = kind in LEVEL_KINDS
            fields["level"].label, fields["level"].required = str(LEVEL_LABELS[kind]), needed
            blank = ("", "—" if needed else _("Not stated"))
            fields["level"].choices = [blank, *OutletLevel.choices]  # type: ignore[attr-defined]
        if "number" in fields:
            fields["number"].help_text = _(
                "Where an item in this system is meant; then leave the unit empty."
            )
            fields["unit"].help_text = _("Where no single item is meant, or it is not in this system.")
        elif "unit" in fields:
            fields["unit"].required = True

    def _layout(self) -> list[Any]:
        rows = [["number", "unit"], ["date", "level", "count"], ["note"], ["link"], ["proof"], ["drop_proof"]]
        laid_out: list[Any] = []
        for row in [*rows, ["reason"], ["revision"]]:
            there = [name for name in row if name in self.fields]
            width = f"col-md-{12 // len(there)}" if there else ""
            laid_out += [Row(*(Column(name, css_class=width) for name in there))] if len(there) > 1 else there
        return laid_out

    def clean_number(self) -> Item | None:
        number = self.cleaned_data["number"]
        if not number:
            return None
        items = Item.objects.visible_to(self.user).select_related("office", "unit")
        if item := items.filter(number=number).first():
            return item
        raise ValidationError(_("There is no item of this number: look it up in the list of items."))

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if self.subject is None and not {"number", "unit"} & set(self.errors):
            item, unit = told.get("number"), told.get("unit")
            if item and unit:
                self.add_error("unit", _("Give the item or the unit, not both."))
            elif not (item or unit) and "number" in self.fields:
                self.add_error("number", _("Give the item or the unit that is meant."))
            self.subject = item or unit
        return told

    def facts(self) -> EventFacts:
        names = [name for name in ("level", "note", "link") if name in self.fields]
        return EventFacts(
            date=self.cleaned_data["date"],
            count=self.cleaned_data["count"],
            **{name: self.cleaned_data[name] for name in names},
        )


def _left_out(kind: EventKind, item: Item | None, event: Event | None) -> set[str]:
    """The fields this form does without."""
    names = {"number", "unit"} if event else set()
    if item or kind in UNIT_KINDS:
        names.add("number")
    if item:
        names.add("unit")
    if kind not in MAY_HAVE_LEVEL:
        names.add("level")
    if kind == EventKind.INSTRUCTION:
        names |= {"note", "link", "proof", "drop_proof"}
    return names


def _told(event: Event) -> dict[str, Any]:
    names = ("date", "level", "count", "note", "link")
    return {name: getattr(event, name) for name in names}
