"""How an office reviews: the chain its items take, and which units check their own items first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from accounts.enums import Role
from accounts.models import RoleGrant, Unit, User
from reviews.chain import UNIT_FIRST
from reviews.models import CheckedUnit, OfficeRule
from submissions.enums import Chain
from submissions.models import Item


def rule_of(office: Unit) -> OfficeRule:
    """The office's rule; one with the defaults, not stored, when it has set none."""
    return OfficeRule.objects.filter(office=office).first() or OfficeRule(office=office)


def has_own_check(unit: Unit) -> bool:
    """Whether items of this unit are signed by its own head first: set for it or for a unit above it."""
    return CheckedUnit.objects.filter(unit__in=unit.line).exists()


def chain_for(item: Item) -> Chain:
    """The chain an item takes when it is filed now."""
    chain = Chain(rule_of(item.office).chain)
    return UNIT_FIRST[chain] if has_own_check(item.unit) else chain


@dataclass(frozen=True, slots=True)
class OwnCheck:
    """A unit below the office, as far as its own check goes.

    `above` is the unit above it through which it is checked, if it is not set for itself.
    """

    unit: Unit
    on: bool
    above: Unit | None
    heads: list[User]

    @property
    def headless(self) -> bool:
        """Its items would be signed by its head, but it has none: that level is passed over."""
        return (self.on or self.above is not None) and not self.heads


def own_checks(office: Unit, units: Iterable[Unit], day: date) -> list[OwnCheck]:
    """What holds of each of these units of the office; two queries."""
    checked = {
        check.unit_id: check.unit
        for check in CheckedUnit.objects.filter(unit__office=office).select_related("unit")
    }
    heads: dict[int, list[User]] = {}
    grants = RoleGrant.objects.on(day).filter(role=Role.UNIT_HEAD, unit__office=office, user__is_active=True)
    for grant in grants.select_related("user").order_by("pk"):
        heads.setdefault(grant.unit_id, []).append(grant.user)
    return [
        OwnCheck(
            unit,
            on=unit.pk in checked,
            above=next((checked[pk] for pk in unit.line[:-1] if pk in checked), None),
            heads=[head for pk in unit.line for head in heads.get(pk, [])],
        )
        for unit in units
    ]
