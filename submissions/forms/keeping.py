"""Forms of what administrators keep: rounds, and the dictionary of wrong words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User
from kit.forms import DayInput
from submissions.enums import WordSeverity
from submissions.forms.fields import LineField
from submissions.models import OfficeWord, Round


class WordForm(forms.ModelForm):  # type: ignore[type-arg]
    """An entry of the office's dictionary of wrong words."""

    class Meta:
        model = OfficeWord
        fields = ("wrong", "right", "severity", "note")
        field_classes = {"wrong": LineField, "right": LineField, "note": LineField}
        widgets = {"severity": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["severity"].choices = WordSeverity.choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("severity") == WordSeverity.BLOCK and not cleaned.get("right"):
            self.add_error("right", _("Say what to write instead: without it nobody could correct the text."))
        if cleaned.get("wrong") and cleaned.get("wrong") == cleaned.get("right"):
            self.add_error("right", _("The right word is the same as the wrong one: correct one of them."))
        return cleaned


class RoundForm(forms.ModelForm):  # type: ignore[type-arg]
    """An inspection round of the office."""

    class Meta:
        model = Round
        fields = ("name", "starts", "ends")
        field_classes = {"name": LineField}
        widgets = {
            "starts": DayInput(),
            "ends": DayInput(),
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if Round.objects.filter(office=self.user.office, name=name).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("There is a round of this name already: choose another one."))
        return name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("starts") and cleaned.get("ends") and cleaned["ends"] < cleaned["starts"]:
            self.add_error("ends", _("The round ends before it starts: correct one of the dates."))
        return cleaned
