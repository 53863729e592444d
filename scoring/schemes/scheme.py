"""One version of an office's scoring rules, with what follows from its parts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import cached_property

from scoring.schemes.model import (
    AdoptionRule,
    Base,
    Bonus,
    Consequence,
    FilingRule,
    Group,
    Limit,
    Match,
    Modifier,
    OutletPolicy,
    Penalty,
    Reminder,
    RepostPolicy,
    SharingPolicy,
    Source,
    Target,
    Ties,
)
from scoring.schemes.words import (
    Achievement,
    JointCounts,
    LimitOf,
    Metric,
    ModifiersApply,
    Shortcoming,
    Voids,
)


@dataclass(frozen=True)
class Scheme:
    """One version of an office's scoring rules. Points have `places` decimals, rounded half up."""

    name: str
    adoption_rules: tuple[AdoptionRule, ...]
    modifiers: tuple[Modifier, ...] = ()
    modifiers_apply: ModifiersApply = ModifiersApply.ALL
    several_outlets: OutletPolicy = field(default_factory=OutletPolicy)
    reposts: RepostPolicy = field(default_factory=RepostPolicy)
    several_units: SharingPolicy = field(default_factory=SharingPolicy)
    several_authors: SharingPolicy = field(default_factory=SharingPolicy)
    joint_counts: JointCounts = JointCounts.WHOLE
    bonuses: tuple[Bonus, ...] = ()
    filing: tuple[FilingRule, ...] = ()
    base: Base | None = None
    penalties: tuple[Penalty, ...] = ()
    limits: tuple[Limit, ...] = ()
    targets: tuple[Target, ...] = ()
    consequences: tuple[Consequence, ...] = ()
    reminders: tuple[Reminder, ...] = ()
    outlet_groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    groups: tuple[Group, ...] = ()
    rank_by: Metric = Metric.POINTS
    ties: Ties = field(default_factory=Ties)
    year_start_month: int = 1
    places: int = 2
    notes: tuple[str, ...] = ()
    cut: tuple[str, ...] = ()
    source: Source | None = None

    def rounded(self, points: Decimal) -> Decimal:
        """The points with this scheme's decimals, half up."""
        return points.quantize(self._step, ROUND_HALF_UP)

    def within(self, most: Decimal) -> Decimal:
        """The most points with this scheme's decimals that do not exceed a bound."""
        return most.quantize(self._step, ROUND_FLOOR)

    def group_of_outlet(self, outlet: str) -> str:
        """The name of the outlet's group, or nothing."""
        return self._group_by_outlet.get(outlet, "")

    def group_of_unit(self, *, code: str, name: str, otherwise: str) -> str:
        """The name of the ranking group that lists the unit by code or name, or what it is otherwise."""
        return self._group_by_unit.get(code) or self._group_by_unit.get(name) or otherwise

    def penalty_for(self, event: str) -> tuple[int, Penalty] | None:
        """The penalty for an event with its place, or None."""
        found = (one for one in enumerate(self.penalties) if one[1].event == event)
        return next(found, None)

    @cached_property
    def item_maximum(self) -> Decimal | None:
        """The most that one item may earn, or None."""
        caps = [limit.max for limit in self.limits if limit.of is LimitOf.ITEM and limit.max is not None]
        return min(caps, default=None)

    @cached_property
    def corrects(self) -> bool:
        """Whether it has limits on windows or findings that make a window void."""
        voided = {penalty.voids for penalty in self.penalties} - {None, Voids.ITEM}
        return bool(voided) or any(limit.window for limit in self.limits)

    @cached_property
    def prices_by_group(self) -> bool:
        """Whether an adoption is worth differently to units of different groups."""
        rules: list[AdoptionRule | Modifier] = [*self.adoption_rules, *self.modifiers]
        return any(rule.match.group for rule in rules)

    @cached_property
    def item_matches(self) -> tuple[Match, ...]:
        """What is asked of items, beside what is asked of adoptions to give them a price."""
        return (
            *(rule.match for rule in self.filing),
            *(rule.match for _, rule in self.closings),
            *(target.match for target in self.targets),
            *(consequence.match for consequence in self.consequences),
        )

    @cached_property
    def closings(self) -> tuple[tuple[str, Bonus | Penalty], ...]:
        """What the ends of windows give or cost, with its place."""
        bonuses = ((f"bonuses[{place}]", each) for place, each in enumerate(self.bonuses))
        penalties = ((f"penalties[{place}]", each) for place, each in enumerate(self.penalties))
        found: tuple[tuple[str, Bonus | Penalty], ...] = (*bonuses, *penalties)
        return tuple(each for each in found if isinstance(each[1].event, Achievement | Shortcoming))

    @cached_property
    def _step(self) -> Decimal:
        return Decimal(1).scaleb(-self.places)

    @cached_property
    def _group_by_outlet(self) -> Mapping[str, str]:
        return {outlet: name for name, outlets in self.outlet_groups.items() for outlet in outlets}

    @cached_property
    def _group_by_unit(self) -> Mapping[str, str]:
        return {unit: group.name for group in self.groups for unit in group.units if unit}
