"""The form of a step: the state and version the person saw travel with it."""

from __future__ import annotations

from django import forms

from submissions.enums import Status
from submissions.models import Item


class SeenForm(forms.Form):
    """Hidden fields that name what the person saw."""

    source = forms.ChoiceField(choices=Status.choices, widget=forms.HiddenInput)
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    @classmethod
    def of(cls, item: Item) -> SeenForm:
        return cls(initial={"source": item.status, "version": item.version})
