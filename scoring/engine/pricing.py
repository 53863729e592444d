"""What one adoption is worth alone: the most specific rule, then the modifiers in their order.

Rules R10–R13 and R17–R19 of docs/scoring.md.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import reduce
from typing import Final, NamedTuple

from scoring.engine.matching import fits
from scoring.figures.facts import AdoptionFact
from scoring.figures.lines import ZERO, Note, Operator, Step
from scoring.schemes.idle import FEATURES
from scoring.schemes.model import Match, Modifier
from scoring.schemes.scheme import Scheme
from scoring.schemes.words import ModifiersApply, Reposts, Sharing


@dataclass(frozen=True, slots=True)
class Price:
    """The points of an adoption alone: the base after the steps, rounded. `note` says why there are none.

    Adoptions are compared by these points. `joint` is what counts for each of several units instead.
    """

    points: Decimal
    base: Decimal = ZERO
    steps: tuple[Step, ...] = ()
    rule: str = ""
    note: Note = Note.COUNTED
    joint: tuple[Step, ...] = ()


#: How a value that every one of several units gets takes the place of what one alone would get.
_FOR_EACH: Final = {Sharing.FIXED: Operator.AT_MOST, Sharing.FLAT: Operator.INSTEAD}


class Traits(NamedTuple):
    """Everything that the rules for adoptions look at."""

    outlet: str
    outlet_group: str
    level: str
    carrier: str
    genre: str
    position: str
    mode: str
    length: int | None
    group: str
    shared: bool


def worked(base: Decimal, steps: tuple[Step, ...]) -> Decimal:
    """The base after the steps, not rounded."""
    return reduce(_taken, steps, base)


@dataclass(slots=True)
class PriceList:
    """A scheme's prices; adoptions that look the same are priced once."""

    scheme: Scheme
    _known: dict[Traits, Price] = field(default_factory=dict)

    def price(self, adoption: AdoptionFact, group: str = "", shared: bool = False) -> Price:
        """What the adoption is worth to units of the group; `shared` when it is credited to several."""
        traits = Traits(
            outlet=adoption.outlet_name,
            outlet_group=self.scheme.group_of_outlet(adoption.outlet_name),
            level=adoption.level,
            carrier=adoption.carrier,
            genre=adoption.genre,
            position=adoption.position,
            mode=adoption.mode,
            length=adoption.length,
            group=group,
            shared=shared,
        )
        price = self._known.get(traits)
        if price is None:
            price = self._known[traits] = _price(self.scheme, traits)
        return price


def _price(scheme: Scheme, traits: Traits) -> Price:
    if traits.mode == "repost" and scheme.reposts.policy is not Reposts.AS_LISTED:
        return _price_of_repost(scheme, traits)
    fitting = [
        (rule.match.specificity, -place)
        for place, rule in enumerate(scheme.adoption_rules)
        if fits(rule.match, traits)
    ]
    if not fitting:
        return Price(ZERO, note=Note.UNLISTED)
    place = -max(fitting)[1]
    rule = scheme.adoption_rules[place]
    steps = tuple(_modifications(scheme, traits, rule.match))
    return _finished(scheme, traits, rule.points, steps, f"adoption.rules[{place}]")


def _price_of_repost(scheme: Scheme, traits: Traits) -> Price:
    policy = scheme.reposts
    if policy.policy is Reposts.ZERO:
        return Price(ZERO, rule="reposts", note=Note.MODE_EARNS_NOTHING)
    if traits.length is None and not policy.base:
        return Price(ZERO, rule="reposts", note=Note.LENGTH_UNKNOWN)
    times = max(0, (traits.length or 0) - policy.base_characters) // policy.characters
    steps = [Step(Operator.TIMES, Decimal(times), "reposts")]
    if policy.base:
        steps.append(Step(Operator.PLUS, policy.base, "reposts"))
    if policy.max is not None:
        steps.append(Step(Operator.AT_MOST, policy.max, "reposts"))
    return _finished(scheme, traits, policy.points, tuple(steps), "reposts")


def _modifications(scheme: Scheme, traits: Traits, priced: Match) -> Iterator[Step]:
    """The steps of the modifiers that fit and whose features the rule has not priced itself."""
    named = FEATURES & priced.named_features
    for place, modifier in enumerate(scheme.modifiers):
        if fits(modifier.match, traits) and named.isdisjoint(modifier.match.features):
            yield from _steps(modifier, f"adoption.modifiers[{place}]")
            if scheme.modifiers_apply is ModifiersApply.FIRST:
                return


def _steps(modifier: Modifier, rule: str) -> Iterator[Step]:
    if modifier.factor is not None:
        yield Step(Operator.TIMES, modifier.factor, rule)
    if modifier.add is not None:
        yield Step(Operator.PLUS, modifier.add, rule)
    if modifier.max is not None:
        yield Step(Operator.AT_MOST, modifier.max, rule)


def _finished(scheme: Scheme, traits: Traits, base: Decimal, steps: tuple[Step, ...], rule: str) -> Price:
    exact = worked(base, steps)
    points = scheme.rounded(exact)
    joint: tuple[Step, ...] = ()
    if points and traits.shared and scheme.several_units.policy in _FOR_EACH:
        operator = _FOR_EACH[scheme.several_units.policy]
        joint = (Step(operator, scheme.several_units.points, "several_units"),)
    return Price(points, base, steps, rule, _note(base, exact, points), joint)


def _note(base: Decimal, exact: Decimal, points: Decimal) -> Note:
    if points:
        return Note.COUNTED
    if exact:
        return Note.ROUNDED_AWAY
    return Note.MODE_EARNS_NOTHING if base else Note.WORTH_NOTHING


def _taken(points: Decimal, step: Step) -> Decimal:
    if step.operator is Operator.TIMES:
        return points * step.value
    if step.operator is Operator.PLUS:
        return points + step.value
    if step.operator is Operator.INSTEAD:
        return step.value if points else points
    return min(points, step.value)
