"""The form in which a leader names who decides for them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import REVIEWERS, Role, compatible
from accounts.models import RoleGrant, StandIn, User
from accounts.querysets import UserQuerySet
from accounts.rules import has_role
from reviews.enums import FitToSign
from reviews.office_settings.queries import rule_of
from reviews.stand_ins.fitness import fit_to_sign
from submissions.forms.fields import LineField

#: Roles with which nobody may decide on items.
KEPT_APART = [role for role in Role if not all(compatible(role, reviewer) for reviewer in REVIEWERS)]


class MomentInput(forms.DateTimeInput):
    """Day and time; a plain text field where the browser has no picker."""

    input_type = "datetime-local"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M", **kwargs)


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One person, from a list by unit."""

    def offer(self, people: UserQuerySet) -> None:
        people = people.select_related("unit").order_by("unit__position", "unit__code", "display_name", "pk")
        self.queryset = people
        self.choices = [("", self.empty_label or ""), *_by_unit(people)]


class StandInForm(forms.Form):
    """Whom, by whom, from when until when, why. Everybody but the administrator names their own."""

    absent = PersonField(User.objects.none(), label=_("Person away"))
    stand_in = PersonField(
        User.objects.none(),
        label=_("Stand-in"),
        help_text=_("Decides on everything that would wait for the person away; each act shows both names."),
    )
    since = forms.DateTimeField(label=_("From"), widget=MomentInput)
    until = forms.DateTimeField(label=_("Until"), widget=MomentInput)
    reason = LineField(
        label=_("Reason"),
        max_length=StandIn._meta.get_field("reason").max_length,
        required=False,
        help_text=_("Such as: on official travel."),
    )

    def __init__(self, *args: Any, user: User, now: datetime, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"since": now})
        super().__init__(*args, **kwargs)
        self.user = user
        office = User.objects.in_office(user.office).filter(is_active=True)
        standing = RoleGrant.objects.standing(timezone.localdate(now))
        reviewers, apart = standing.filter(role__in=REVIEWERS), standing.filter(role__in=KEPT_APART)
        if has_role(user, Role.OFFICE_ADMIN):
            self.fields["absent"].offer(office.filter(pk__in=reviewers.values("user")))  # type: ignore[attr-defined]
        else:
            del self.fields["absent"]
            rule = FitToSign(rule_of(user.office).stand_ins)
            fit = fit_to_sign(reviewers.filter(user=user).select_related("unit"), standing, rule)
            office = office.filter(~Q(pk=user.pk), pk__in=fit.values("pk"))
        self.fields["stand_in"].offer(office.exclude(pk__in=apart.values("user")))  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until <= since:
            self.add_error("until", _("The end lies before the beginning."))
        return cleaned

    @property
    def given(self) -> dict[str, Any]:
        """What a valid form says, for `stand_ins.services.name_stand_in`."""
        return {"absent": self.user} | self.cleaned_data


def _by_unit(people: Iterable[User]) -> list[tuple[str, list[tuple[int, str]]]]:
    """Choices under the name of each unit."""
    return [
        (unit, [(person.pk, f"{person.display_name} {person.post}".strip()) for person in group])
        for unit, group in groupby(people, lambda person: person.unit.name)
    ]
