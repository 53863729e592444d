"""The questions that the lists of people and of the audit trail answer; their exports ask the same ones."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import django_filters
from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.actions import ACTIONS, TARGETS
from accounts.enums import Role
from accounts.forms import UnitSelect
from accounts.models import AuditEntry, RoleGrant, Unit, User
from accounts.querysets import AuditEntryQuerySet, UserQuerySet
from kit.forms import DayInput


class UnitFilter(django_filters.ModelChoiceFilter):  # type: ignore[misc]
    field_class = UnitSelect


class PersonFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Filters of the list of people, over the accounts that `user` manages."""

    q = django_filters.CharFilter(label=_("Name, account or post"), method="find_text")
    unit = UnitFilter(label=_("Unit"), queryset=Unit.objects.none(), method="of_unit", empty_label=_("All"))
    role = django_filters.ChoiceFilter(
        label=_("Role today"), choices=Role.choices, method="with_role", empty_label=_("All")
    )
    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[("inactive", _("Deactivated")), ("all", _("All"))],
        empty_label=_("Active"),
        method="of_state",
    )

    class Meta:
        model = User
        fields: list[str] = []

    def __init__(self, data: QueryDict, *, user: User, day: date) -> None:
        super().__init__(data, queryset=User.objects.managed_by(user))
        self.day = day
        self.form.fields["unit"].offer(Unit.objects.managed_by(user).in_order())

    def filter_queryset(self, queryset: UserQuerySet) -> UserQuerySet:
        """Deactivated accounts only when they are asked for."""
        people: UserQuerySet = super().filter_queryset(queryset)
        return people if self.form.cleaned_data.get("state") else people.filter(is_active=True)

    def find_text(self, people: UserQuerySet, _name: str, text: str) -> UserQuerySet:
        found = Q(display_name__icontains=text) | Q(username__icontains=text) | Q(post__icontains=text)
        return people.filter(found)

    def of_unit(self, people: UserQuerySet, _name: str, unit: Unit) -> UserQuerySet:
        return people.filter(unit__path__startswith=unit.path)

    def with_role(self, people: UserQuerySet, _name: str, role: str) -> UserQuerySet:
        return people.filter(pk__in=RoleGrant.objects.on(self.day).filter(role=role).values("user"))

    def of_state(self, people: UserQuerySet, _name: str, state: str) -> UserQuerySet:
        return people.filter(is_active=False) if state == "inactive" else people


class AuditFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Filters of the audit trail of the reader's own office."""

    person = django_filters.CharFilter(label=_("Person or account"), method="by_person")
    action = django_filters.ChoiceFilter(
        label=_("Action"), choices=list(ACTIONS.items()), empty_label=_("All")
    )
    target_type = django_filters.ChoiceFilter(
        label=_("Kind of object"), choices=list(TARGETS.items()), empty_label=_("All")
    )
    target = django_filters.CharFilter(label=_("Object"), field_name="target_label", lookup_expr="icontains")
    date_from = django_filters.DateFilter(label=_("From"), method="since", widget=DayInput)
    date_to = django_filters.DateFilter(label=_("To"), method="until", widget=DayInput)

    class Meta:
        model = AuditEntry
        fields: list[str] = []

    def __init__(self, data: QueryDict, *, user: User) -> None:
        super().__init__(data, queryset=AuditEntry.objects.visible_to(user))

    def by_person(self, entries: AuditEntryQuerySet, _name: str, text: str) -> AuditEntryQuerySet:
        return entries.filter(Q(actor__display_name__icontains=text) | Q(actor__username__icontains=text))

    def since(self, entries: AuditEntryQuerySet, _name: str, day: date) -> AuditEntryQuerySet:
        return entries.filter(at__gte=_moment(day, time.min))

    def until(self, entries: AuditEntryQuerySet, _name: str, day: date) -> AuditEntryQuerySet:
        return entries.filter(at__lte=_moment(day, time.max))


def _moment(day: date, clock: time) -> datetime:
    """A moment on China's clocks: comparing moments, not days, lets the index be used."""
    return timezone.make_aware(datetime.combine(day, clock))


def conditions(form: forms.Form) -> dict[str, Any]:
    """What was asked for, as it was typed."""
    return {name: form.data[name][:100] for name in form.fields if form.data.get(name)}
