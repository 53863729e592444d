"""What a reviewer looks for among their own decisions."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from reviews.enums import SIGNING, Action
from reviews.querysets import DecisionQuerySet
from submissions.models import Item


class HistoryFilter(forms.Form):
    """What a reviewer looks for among their own decisions."""

    q = forms.CharField(label=_("Title or body contains"), max_length=60, required=False)
    action = forms.ChoiceField(
        label=_("My decision"),
        choices=[("", _("all")), *((action.value, action.label) for action in Action if action in SIGNING)],
        required=False,
    )

    def apply(self, decisions: DecisionQuerySet, reader: User) -> DecisionQuerySet:
        """Narrow the decisions down; what is not valid narrows nothing."""
        wanted = self.cleaned_data if self.is_valid() else {}
        if wanted.get("action"):
            decisions = decisions.filter(action=wanted["action"])
        if wanted.get("q"):
            decisions = decisions.filter(item__in=Item.objects.containing(wanted["q"], reader))
        return decisions
