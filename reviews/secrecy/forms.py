"""The form of the separate secrecy review."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.models import SecrecyReview
from reviews.secrecy.questions import SECRECY_QUESTIONS
from submissions.forms.fields import LineField

YES_OR_NO = [("no", _("no")), ("yes", _("yes"))]


class SecrecyForm(forms.Form):
    """Yes or no for each question, the verdict, and why."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    clear = forms.ChoiceField(
        label=_("Conclusion of the secrecy review"),
        choices=[("yes", _("fit to be published")), ("no", _("not to be published"))],
        widget=forms.RadioSelect,
    )
    comment = LineField(
        label=_("Explanation"),
        max_length=SecrecyReview._meta.get_field("comment").max_length,
        required=False,
        help_text=_("Needed when an answer is yes, or when the item is not to be published."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, words in SECRECY_QUESTIONS.items():
            self.fields[f"q-{code}"] = forms.ChoiceField(
                label=str(words), choices=YES_OR_NO, widget=forms.RadioSelect
            )

    @property
    def questions(self) -> list[forms.BoundField]:
        return [self[f"q-{code}"] for code in SECRECY_QUESTIONS]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        found = cleaned.get("clear") == "no" or "yes" in {
            cleaned.get(f"q-{code}") for code in SECRECY_QUESTIONS
        }
        if found and not cleaned.get("comment") and "comment" not in self.errors:
            self.add_error("comment", _("Say what it is, and why it may or may not be published."))
        return cleaned

    @property
    def answers(self) -> dict[str, bool]:
        return {code: self.cleaned_data[f"q-{code}"] == "yes" for code in SECRECY_QUESTIONS}
