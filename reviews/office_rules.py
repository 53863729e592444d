"""How an office reviews: the chain its items take, and which units check their own items first."""

from __future__ import annotations

from accounts.models import Unit
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
