"""Who may take which step, and how far an item would go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from accounts.enums import REVIEWERS
from accounts.models import User
from accounts.querysets import grants_today
from accounts.rules import has_any_role
from reviews.chain import LEVELS, Level, onward, road_of
from reviews.querysets import deciders
from submissions.enums import EDITABLE, IN_REVIEW, Status
from submissions.models import Item
from submissions.rules import is_writer_of, may_file


def is_reviewer(user: User) -> bool:
    return has_any_role(user, REVIEWERS)


def may_submit(user: User, item: Item) -> bool:
    """Its writers may file an item that is theirs to change."""
    return item.status in EDITABLE and is_writer_of(user, item) and may_file(user)


def may_decide(user: User, item: Item, now: datetime) -> bool:
    """Whether the person may decide on the item at the level where it waits."""
    return item.status in LEVELS and (
        deciders(item, LEVELS[Status(item.status)], now).filter(pk=user.pk).exists()
    )


def holds_level(user: User, item: Item) -> bool:
    """Whether the item waits at a level whose role the person holds, be they recused from it or not."""
    if item.status not in LEVELS:
        return False
    role = LEVELS[Status(item.status)].role
    return any(grant.role == role and grant.unit.contains(item.unit) for grant in grants_today(user))


def has_written(user: User, item: Item) -> bool:
    """Whether the person wrote or filed the item as it is or as it once was filed."""
    return is_writer_of(user, item) or item.writers.filter(user=user).exists()


def is_unattended(item: Item, now: datetime) -> bool:
    """Whether the item waits at a level where nobody may decide any more."""
    return item.status in LEVELS and not deciders(item, LEVELS[Status(item.status)], now).exists()


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

    `signing` is the person about to sign the first of them, who is then out for the others.
    """
    ahead = []
    for position, level in enumerate(onward(road_of(item), item.status)):
        able = deciders(item, level, now)
        if signing and position:
            able = able.exclude(pk=signing.pk)
        ahead.append(LevelAhead(level, recused=not able.exists()))
    return ahead
