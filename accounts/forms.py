"""Forms of people, roles, units and the audit trail. They clean and lay out; services decide."""

from __future__ import annotations

from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.contrib.auth.forms import PasswordChangeForm
from django.utils.translation import gettext_lazy as _

from accounts.actions import ACTIONS
from accounts.enums import KINDS_BELOW, Role, UnitKind
from accounts.models import Unit, User
from accounts.rules import grantable_roles


class DayInput(forms.DateInput):
    """A day picker that also works as a plain text field, YYYY-MM-DD."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


def plain_helper() -> FormHelper:
    """The template owns the form element and its buttons."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    return helper


class PersonForm(forms.ModelForm):  # type: ignore[type-arg]
    """An account's facts; the account name is settled once the account is open."""

    class Meta:
        model = User
        fields = ("username", "display_name", "unit", "post", "phone")
        help_texts = {"username": _("Letters and digits, used to log in; it cannot be changed later.")}

    def __init__(self, *args: Any, by: User, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.managed_by(by).active_on(day) | Unit.objects.filter(pk=self.instance.unit_id)
        self.fields["unit"].queryset = units.in_order()  # type: ignore[attr-defined]
        if self.instance.pk:
            self.fields["username"].disabled = True
        self.helper = plain_helper()


class GrantForm(forms.Form):
    """A role to give, from a day and perhaps until one."""

    role = forms.ChoiceField(label=_("Role"))
    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label=_("For the unit"),
        help_text=_("Reviewers, office administrators and auditors hold their role for the whole office."),
    )
    since = forms.DateField(label=_("Since"), widget=DayInput)
    until = forms.DateField(label=_("Until"), widget=DayInput, required=False)

    def __init__(self, *args: Any, by: User, person: User, day: date, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"since": day, "unit": person.unit_id})
        super().__init__(*args, **kwargs)
        allowed = grantable_roles(by)
        self.fields["role"].choices = [choice for choice in Role.choices if choice[0] in allowed]  # type: ignore[attr-defined]
        self.fields["unit"].queryset = Unit.objects.managed_by(by).active_on(day).in_order()  # type: ignore[attr-defined]
        self.helper = plain_helper()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day lies before the first."))
        return cleaned


class UnitForm(forms.ModelForm):  # type: ignore[type-arg]
    """A unit; kind and code are settled once it is open."""

    class Meta:
        model = Unit
        fields = (
            "kind",
            "code",
            "name",
            "short_name",
            "region_code",
            "active_from",
            "active_to",
            "position",
        )
        widgets = {"active_from": DayInput(), "active_to": DayInput()}
        help_texts = {
            "code": _("Part of every item number, such as 150502; it cannot be changed later."),
            "region_code": _("Six digits, only for places that have one."),
            "active_to": _("The last day; leave it empty while the unit exists."),
            "position": _("Smaller numbers stand first in tables."),
        }

    def __init__(self, *args: Any, parent: Unit | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["kind"].disabled = self.fields["code"].disabled = True
        elif parent:
            kinds = KINDS_BELOW[UnitKind(parent.kind)]
            self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]  # type: ignore[attr-defined]
        self.helper = plain_helper()


class PhoneForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a person may change about themselves."""

    class Meta:
        model = User
        fields = ("phone",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = plain_helper()


class OwnPasswordForm(PasswordChangeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = plain_helper()


class PersonFilter(forms.Form):
    """Narrows the list of people."""

    q = forms.CharField(label=_("Name or account"), required=False)
    role = forms.ChoiceField(label=_("Role"), required=False, choices=[("", "—"), *Role.choices])
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("Active")), ("inactive", _("Deactivated")), ("all", _("All"))],
    )


class AuditFilter(forms.Form):
    """Narrows the audit trail."""

    q = forms.CharField(label=_("Person or object"), required=False)
    action = forms.ChoiceField(label=_("Action"), required=False, choices=[("", "—"), *ACTIONS.items()])
    date_from = forms.DateField(label=_("From"), required=False, widget=DayInput)
    date_to = forms.DateField(label=_("To"), required=False, widget=DayInput)
