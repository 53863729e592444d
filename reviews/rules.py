"""Who may take which step, and how far an item would go."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from accounts.enums import REVIEWERS, Role
from accounts.models import RoleGrant, User
from accounts.querysets import acting_now, grants_today
from accounts.rules import has_any_role, has_role
from reviews.chain import LEVELS, Level, onward, road_of
from reviews.models import Assignment
from reviews.querysets import anybody_decides, in_whose_name
from submissions.enums import EDITABLE, IN_REVIEW, Status
from submissions.models import Item
from submissions.rules import is_writer_of, may_file


def is_reviewer(user: User) -> bool:
    """Whether the person decides on items, in an own role or for somebody who is away now."""
    return has_any_role(user, REVIEWERS) or bool(acting_now(user))


def may_submit(user: User, item: Item) -> bool:
    """Its writers may file an item that is theirs to change."""
    return item.status in EDITABLE and is_writer_of(user, item) and may_file(user)


def may_decide(user: User, item: Item, now: datetime) -> bool:
    """Whether the person may decide on the item at the level where it waits."""
    return item.status in LEVELS and bool(in_whose_name(item, LEVELS[Status(item.status)], user, now))


def holds_level(user: User, item: Item) -> bool:
    """Whether the item waits at a level whose role the person holds or acts in now, be they recused from it
    or not."""
    if item.status not in LEVELS:
        return False
    role, held = LEVELS[Status(item.status)].role, [*grants_today(user), *acting_now(user)]
    return any(grant.role == role and grant.unit.contains(item.unit) for grant in held)


def has_written(user: User, item: Item) -> bool:
    """Whether the person wrote or filed the item as it is or as it once was filed."""
    return is_writer_of(user, item) or item.writers.filter(user=user).exists()


def is_unattended(item: Item, now: datetime) -> bool:
    """Whether the item waits at a level where nobody may decide any more."""
    return item.status in LEVELS and not anybody_decides(item, LEVELS[Status(item.status)], now)


def may_urge(user: User, item: Item) -> bool:
    """Its writers and the office's administrators may ask those an item waits for to hurry."""
    return item.status in IN_REVIEW and (
        is_writer_of(user, item) or has_role(user, Role.OFFICE_ADMIN, item.office)
    )


def may_assign(user: User, item: Item, now: datetime) -> bool:
    """Who decides on an item may hand it to another decider of its level, and so may an administrator."""
    return item.status in LEVELS and (
        has_role(user, Role.OFFICE_ADMIN, item.office) or may_decide(user, item, now)
    )


def may_keep_office_settings(user: User) -> bool:
    """Whether the person sets how the office reviews."""
    return has_role(user, Role.OFFICE_ADMIN)


def handed_on(item: Item) -> Assignment | None:
    """To whom the item was handed at the level where it stands, since it came there."""
    rows = item.assignments.filter(level=item.status, at__gte=item.status_since)
    return rows.select_related("person", "by").order_by("at", "pk").last()


def may_withdraw(user: User, item: Item) -> bool:
    """Its writers may take a filed item back until somebody has decided on it."""
    return item.status in IN_REVIEW and is_writer_of(user, item) and not item.decisions.signed().exists()


@dataclass(frozen=True, slots=True)
class LevelAhead:
    """A level still to come; `recused` when nobody could decide there."""

    level: Level
    recused: bool


def levels_ahead(item: Item, now: datetime, signing: User | None = None) -> list[LevelAhead]:
    """The levels from where the item stands to the end of its road; see `chain.onward`.

    `signing` is the person about to sign the first of them, who is then out for the others, and so is
    whoever they sign for.
    """
    levels, out = onward(road_of(item), item.status), []
    if signing and levels:
        out = [person for person in (signing, in_whose_name(item, levels[0], signing, now)) if person]
    return [
        LevelAhead(level, recused=not anybody_decides(item, level, now, signing=out if position else ()))
        for position, level in enumerate(levels)
    ]


def for_whom(user: User, item: Item, now: datetime) -> User | None:
    """`acting_for` for lists of items that wait for the person: asks nothing of an item unless they stand in
    for several at its level."""
    if item.status not in LEVELS:
        return None
    role = LEVELS[Status(item.status)].role

    def names(grants: Iterable[RoleGrant]) -> set[int]:
        return {grant.user_id for grant in grants if grant.role == role and grant.unit.contains(item.unit)}

    if names(grants_today(user)):
        return None
    absent = names(acting_now(user))
    if len(absent) != 1:
        return acting_for(user, item, now)
    return next(grant.user for grant in acting_now(user) if grant.user_id in absent)


def acting_for(user: User, item: Item, now: datetime) -> User | None:
    """For whom the person, who may decide on the item where it waits, does so: None in their own right."""
    if item.status not in LEVELS:
        return None
    name = in_whose_name(item, LEVELS[Status(item.status)], user, now)
    return None if name == user else name
