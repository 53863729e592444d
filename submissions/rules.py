"""Who may do what to an item's text."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from accounts.enums import REVIEWERS, Role, UnitKind
from accounts.models import Unit, User
from accounts.querysets import UnitQuerySet, grants_today
from accounts.rules import has_any_role, has_role
from submissions.enums import EDITABLE, Status
from submissions.models import Item


def may_file(user: User) -> bool:
    """Whether the person files items at all: authors, and every leader (全员写信息)."""
    return any(grant.role != Role.AUDITOR for grant in grants_today(user))


def is_writer_of(user: User, item: Item) -> bool:
    """Whether the person filed the item or is one of its authors."""
    if item.submitter_id == user.pk:
        return True
    return any(authorship.user_id == user.pk for authorship in item.authorships.all())


def may_edit(user: User, item: Item) -> bool:
    return item.status in EDITABLE and is_writer_of(user, item)


def may_discard(user: User, item: Item) -> bool:
    return item.status == Status.DRAFT and item.submitter_id == user.pk


def units_to_file_for(user: User, day: date) -> UnitQuerySet:
    """The units a person files for: the own one and, unless a leader, those below it.

    From the office itself that is its sections and teams; counties and departments file for themselves.
    """
    if has_any_role(user, REVIEWERS):
        return Unit.objects.filter(pk=user.unit_id)
    units = Unit.objects.under(user.unit).active_on(day)
    if user.unit.kind == UnitKind.OFFICE:
        units = units.filter(
            Q(pk=user.unit_id) | Q(parent=user.unit_id, kind__in=[UnitKind.SECTION, UnitKind.TEAM])
        )
    return units


def may_keep_rounds(user: User) -> bool:
    return has_role(user, Role.OFFICE_ADMIN)


def may_keep_words(user: User) -> bool:
    """Whether the person keeps the office's dictionary of wrong words."""
    return has_role(user, Role.OFFICE_ADMIN)


def built_on(items: Iterable[Item]) -> set[int]:
    """Ids of those of these items on which facts of later apps, such as an adoption, rest: what they are
    stays settled then. As many queries as there are kinds of such facts.

    Asked of the database's own references, since this app knows nothing of those that stand on it.
    """
    found: set[int] = set()
    wanted = [item.pk for item in items]
    for relation in Item._meta.related_objects:
        if relation.related_model._meta.app_label not in {"submissions", "reviews"}:
            name = relation.field.name
            rows = relation.related_model._base_manager.filter(**{f"{name}__in": wanted})
            found.update(rows.values_list(f"{name}_id", flat=True))
    return found
