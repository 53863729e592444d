"""Forms of notices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from notices.enums import Kind
from notices.models import Preference
from notices.querysets import NoticeQuerySet


class NoticeFilter(forms.Form):
    """Which notices a person wants to see; nothing chosen is all of them."""

    state = forms.ChoiceField(choices=[("", _("All")), ("unread", _("Unread"))], required=False)
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[("", _("All kinds")), *Kind.choices],
        required=False,
        widget=forms.Select({"class": "form-select"}),
    )

    def apply(self, notices: NoticeQuerySet) -> NoticeQuerySet:
        """Narrow `notices` down; what is not offered is as if it had not been asked."""
        self.is_valid()
        asked = self.cleaned_data
        if asked.get("state") == "unread":
            notices = notices.unread()
        return notices.filter(kind=asked["kind"]) if asked.get("kind") else notices


class PreferenceForm(forms.Form):
    """Two boxes for each kind. Without mail the second ones are shown and stay as they are."""

    def __init__(self, *args: Any, stored: Mapping[str, Preference], mailable: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in Kind:
            held = stored.get(kind, Preference(kind=kind))
            boxes = {"shown": (_("in the system"), held.shown), "mailed": (_("by e-mail"), held.mailed)}
            for name, (way, value) in boxes.items():
                self.fields[f"{name}_{kind}"] = forms.BooleanField(
                    label=f"{kind.label}：{way}",
                    required=False,
                    initial=value,
                    disabled=name == "mailed" and not mailable,
                    widget=forms.CheckboxInput({"class": "form-check-input"}),
                )

    def rows(self) -> Iterator[tuple[str, forms.BoundField, forms.BoundField]]:
        """Each kind in words, with its two boxes."""
        for kind in Kind:
            yield str(kind.label), self[f"shown_{kind}"], self[f"mailed_{kind}"]

    def choices(self) -> dict[Kind, tuple[bool, bool]]:
        """What was chosen, as `services.set_preferences` takes it."""
        said = self.cleaned_data
        return {kind: (said[f"shown_{kind}"], said[f"mailed_{kind}"]) for kind in Kind}
