"""Objections and their answers."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy


class ObjectionForm(forms.Form):
    """Why a line is wrong, or what is missing."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("What is wrong, what would be right, and where it can be seen."),
    )


class AnswerForm(forms.Form):
    """Accepted or refused, and why."""

    verdict = forms.ChoiceField(
        label=gettext_lazy("Verdict"),
        choices=[("accepted", gettext_lazy("Accepted")), ("refused", gettext_lazy("Not accepted"))],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=gettext_lazy("Answer"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("The unit reads it. What was wrong is corrected where it is registered."),
    )
