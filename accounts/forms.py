"""Forms of signing in, people, roles and units. They clean and lay out; services decide."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from accounts import tree
from accounts.enums import KINDS_BELOW, Role, UnitKind
from accounts.models import Unit, User
from accounts.querysets import UnitQuerySet
from accounts.rules import grantable_roles
from kit.forms import DayInput

is_phone = RegexValidator(
    r"^[0-9+()\- ]{5,30}\Z", _("Write at least five digits; spaces, brackets, + and - are allowed.")
)
is_region_code = RegexValidator(r"^[0-9]{6}\Z", _("A region code has six digits."))
is_account_name = RegexValidator(
    r"^[A-Za-z0-9][A-Za-z0-9._-]{1,39}\Z", _("Write two or more letters and digits; . - and _ are allowed.")
)


class UnitSelect(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One unit, from a list that is indented like the tree."""

    def offer(self, units: UnitQuerySet) -> None:
        """Let these units be chosen, in this order among siblings."""
        self.queryset = units
        self.choices = [("", self.empty_label or "---------"), *tree.choices(units)]


class LoginForm(AuthenticationForm):
    """Account name and password; which of the two is wrong is not told."""

    WRONG = _("The account name or the password is wrong. Check both and try again.")
    error_messages = {"invalid_login": WRONG, "inactive": WRONG}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].widget.attrs["autocapitalize"] = "none"


class PersonForm(forms.ModelForm):  # type: ignore[type-arg]
    """An account's facts; the account name is settled once the account is open."""

    class Meta:
        model = User
        fields = ("username", "display_name", "unit", "post", "phone")
        field_classes = {"unit": UnitSelect}
        help_texts = {"username": _("Letters and digits, used to log in; it cannot be changed later.")}

    def __init__(self, *args: Any, by: User, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.managed_by(by).active_on(day)
        if self.instance.pk:
            self.fields["username"].disabled = True
            # A unit that was closed meanwhile stays until the person moves.
            units |= Unit.objects.managed_by(by).filter(pk=self.instance.unit_id)
        else:
            self.fields["username"].validators.append(is_account_name)
            self.fields["username"].widget.attrs |= {"autocomplete": "off", "autocapitalize": "none"}
        self.fields["unit"].offer(units.in_order())  # type: ignore[attr-defined]
        self.fields["phone"].validators.append(is_phone)

    def clean_username(self) -> str:
        """As it is stored, so that a name taken in other capitals is found to be taken."""
        return User.normalize_username(self.cleaned_data["username"])


class NewPersonForm(PersonForm):
    """A new account, with its first role if that is known already."""

    role = forms.ChoiceField(
        label=_("Role"),
        required=False,
        help_text=_("Held from today for this unit, or for the office. More are given on the next page."),
    )

    def __init__(self, *args: Any, by: User, day: date, **kwargs: Any) -> None:
        super().__init__(*args, by=by, day=day, **kwargs)
        self.fields["role"].choices = [("", _("No role yet")), *role_choices(by)]  # type: ignore[attr-defined]


def role_choices(by: User) -> list[tuple[str, Any]]:
    """The roles that an administrator may give, in the order of the enumeration."""
    allowed = grantable_roles(by)
    return [(value, label) for value, label in Role.choices if value in allowed]


class GrantForm(forms.Form):
    """A role to give, from a day and perhaps until one."""

    role = forms.ChoiceField(label=_("Role"))
    unit = UnitSelect(
        Unit.objects.none(),
        label=_("For the unit"),
        help_text=_("Reviewers, office administrators and auditors hold their role for the whole office."),
    )
    since = forms.DateField(label=_("First day"), widget=DayInput)
    until = forms.DateField(
        label=_("Last day"), widget=DayInput, required=False, help_text=_("Empty: until it is ended.")
    )

    def __init__(self, *args: Any, by: User, person: User, day: date, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"since": day, "unit": person.unit_id})
        kwargs.setdefault("auto_id", "grant_%s")  # the account's own form stands on the same page
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = role_choices(by)  # type: ignore[attr-defined]
        self.fields["unit"].offer(Unit.objects.managed_by(by).active_on(day).in_order())  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day lies before the first."))
        return cleaned


class EndRoleForm(forms.Form):
    """The last day of a role."""

    until = forms.DateField(
        label=_("Last day"),
        widget=DayInput,
        required=False,
        help_text=_("Empty: the role ends at once."),
    )


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
        self.fields["region_code"].validators.append(is_region_code)
        if self.instance.pk:
            self.fields["kind"].disabled = self.fields["code"].disabled = True
            if self.instance.kind == UnitKind.OFFICE:
                del self.fields["active_to"]
        elif parent:
            kinds = KINDS_BELOW[UnitKind(parent.kind)]
            self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]  # type: ignore[attr-defined]
            del self.fields["active_to"]


class AliasForm(forms.Form):
    """A former or other name of a unit or an outlet, and the days on which it is understood."""

    name = forms.CharField(label=_("Former or other name"), max_length=60)
    since = forms.DateField(
        label=_("First day"), widget=DayInput, required=False, help_text=_("Empty: from the beginning.")
    )
    until = forms.DateField(
        label=_("Last day"), widget=DayInput, required=False, help_text=_("Empty: until it is ended.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "alias_%s")  # the form of the thing itself stands on the same page
        super().__init__(*args, **kwargs)


class EndAliasForm(forms.Form):
    """The last day on which an alias is understood."""

    until = forms.DateField(label=_("Last day"), widget=DayInput)


class ContactForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a person may change about themselves."""

    class Meta:
        model = User
        fields = ("phone", "email")
        help_texts = {"email": _("For notices, if you want them by e-mail; empty: none are sent.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].validators.append(is_phone)
        self.fields["phone"].widget.attrs |= {"autocomplete": "tel", "inputmode": "tel"}
        self.fields["email"].widget.attrs["autocomplete"] = "email"


class OwnPasswordForm(PasswordChangeForm):
    """The present password, and twice a new one that differs from it."""

    def clean_new_password1(self) -> str:
        password: str = self.cleaned_data["new_password1"]
        if self.user.check_password(password):
            raise forms.ValidationError(_("This is your present password: choose another one."))
        return password
