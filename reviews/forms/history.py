"""What a reviewer looks for among their own decisions, and in which order."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from kit.lists import ordering
from reviews.enums import SIGNING, Action
from reviews.querysets import DecisionQuerySet
from submissions.models import Item

#: Column of the list → how to order by it.
ORDERS: dict[str, tuple[str, ...]] = {
    "title": ("item__title",),
    "number": ("item__number",),
    "unit": ("item__unit__position", "item__unit__code"),
    "action": ("action",),
    "at": ("at",),
}
DEFAULT_ORDER = "-at"


def decisions_in_order(decisions: DecisionQuerySet, wanted: str | None) -> DecisionQuerySet:
    """The decisions by a column of `ORDERS`, ``-`` before it for descending; the latest first otherwise."""
    return decisions.order_by(*ordering(ORDERS, wanted, DEFAULT_ORDER), "-pk")


class HistoryFilter(forms.Form):
    """What a reviewer looks for among their own decisions."""

    q = forms.CharField(label=_("Title or body contains"), max_length=60, required=False)
    action = forms.ChoiceField(
        label=_("My decision"),
        choices=[("", _("all")), *((action.value, action.label) for action in Action if action in SIGNING)],
        required=False,
    )

    def apply(self, decisions: DecisionQuerySet) -> DecisionQuerySet:
        """Narrow the decisions down; what is not valid narrows nothing."""
        wanted = self.cleaned_data if self.is_valid() else {}
        if wanted.get("action"):
            decisions = decisions.filter(action=wanted["action"])
        if wanted.get("q"):
            decisions = decisions.filter(item__in=Item.objects.containing(wanted["q"]))
        return decisions
