"""What items earn their units: every fact's line is what the item's running score gained by it.

So the lines add up to the item's score wherever time is cut, whatever decides it: the highest of several
outlets, a cap, a factor on instruction, or a finding that voids it all. Rules R24–R28, R35–R39 and R62 of
docs/scoring.md. An event without an item is scored as an item of its own.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any, Final

from scoring.engine.matching import agrees
from scoring.engine.pricing import Price, worked
from scoring.engine.running import ONE, Gain, RunningScore
from scoring.engine.sharing import Part, shared
from scoring.engine.tariffs import Tariff, Tariffs
from scoring.figures.facts import AdoptionFact, EventFact
from scoring.figures.lines import ZERO, LineKind, Note, Operator, ScoreLine, Step
from scoring.schemes.model import Bonus, SharingPolicy
from scoring.schemes.scheme import Scheme
from scoring.schemes.words import REWARDED, Sharing, Voids

type ItemFact = AdoptionFact | EventFact
type Priced = tuple[ItemFact, Tariff | None, Price]

_UNPRICED: Final = Price(ZERO, note=Note.NO_SCHEME)
#: What is no item's was done by every unit named: each has it in full.
_WHOLE: Final = SharingPolicy(Sharing.FULL)
_EARNING: Final = frozenset({Note.COUNTED, Note.EXCESS})


def score_items(
    adoptions: Iterable[AdoptionFact], events: Iterable[EventFact], tariffs: Tariffs
) -> Iterator[ScoreLine]:
    """A line for every unit concerned by every fact; give all facts of an item or none."""
    by_item: defaultdict[tuple[str, int], list[ItemFact]] = defaultdict(list)
    for adoption in adoptions:
        by_item["item", adoption.item_id].append(adoption)
    for event in events:
        own = ("event", event.id) if event.item_id is None else ("item", event.item_id)
        by_item[own].append(event)
    score = _score_by_group if tariffs.by_group else _score
    for facts in by_item.values():
        yield from score(facts, tariffs)


def _score(facts: list[ItemFact], tariffs: Tariffs, profile: tuple[str, ...] = ()) -> Iterator[ScoreLine]:
    priced = [_priced(fact, tariffs, profile) for fact in facts]
    told = _Telling(capped=facts[0].item_id is not None)
    for each in sorted(priced, key=_order) if len(priced) > 1 else priced:
        yield from told.lines(*each)


def _score_by_group(facts: list[ItemFact], tariffs: Tariffs) -> Iterator[ScoreLine]:
    """The item is scored once for every kind of unit concerned, each by its own prices."""
    profile_of = {unit_id: tariffs.profile(unit_id) for fact in facts for unit_id in fact.parts}
    for profile in sorted(set(profile_of.values())):
        lines = _score(facts, tariffs, profile)
        yield from (line for line in lines if profile_of[line.unit_id] == profile)


def _priced(fact: ItemFact, tariffs: Tariffs, profile: tuple[str, ...]) -> Priced:
    tariff = tariffs.on(fact.date)
    if tariff is None or isinstance(fact, EventFact):
        return fact, tariff, _UNPRICED
    group = profile[tariffs.all.index(tariff)] if profile else ""
    several = len(fact.credits) > 1 and len(fact.parts) > 1
    return fact, tariff, tariff.prices.price(fact, group, several)


def _order(priced: Priced) -> tuple[object, ...]:
    """By time; of one day the best adoption first, then what adds to it, then what takes away (R110)."""
    fact, _, price = priced
    if isinstance(fact, AdoptionFact):
        return (fact.date, 0, -price.points, fact.precedence)
    return (fact.date, 1, fact.precedence)


class _Telling:
    """The lines of one item in order of time, and what its units have from it so far."""

    def __init__(self, *, capped: bool) -> None:
        self.score = RunningScore(capped=capped)
        self.by_kind: defaultdict[LineKind, list[tuple[date, Decimal]]] = defaultdict(list)
        self.by_unit: defaultdict[tuple[LineKind, int], Decimal] = defaultdict(Decimal)

    def lines(self, fact: ItemFact, tariff: Tariff | None, price: Price) -> Iterator[ScoreLine]:
        """The lines of the next fact."""
        if isinstance(fact, AdoptionFact):
            return self._adoption(fact, tariff, price)
        if tariff is None:
            return self._nothing(fact, None, Note.NO_SCHEME)
        if fact.kind in REWARDED:
            return self._reward(fact, tariff)
        return self._penalty(fact, tariff)

    def _adoption(self, fact: AdoptionFact, tariff: Tariff | None, price: Price) -> Iterator[ScoreLine]:
        gain, base, steps = Gain(ZERO, price.note), price.base, (*price.steps, *price.joint)
        if tariff:
            gain = self.score.adopt(fact, price, tariff.scheme)
            if self.score.factor != ONE:
                # What is multiplied are points, which are rounded.
                points = tariff.scheme.rounded(worked(base, steps))
                base, steps = (base, steps) if worked(base, steps) == points else (points, ())
                steps = (*steps, Step(Operator.TIMES, self.score.factor, self.score.factor_rule))
        return self._divided(
            fact,
            tariff,
            gain,
            kind=LineKind.ADOPTION,
            key=f"adoption:{fact.id}",
            adoption_id=fact.id,
            outlet_name=fact.outlet_name,
            mode=fact.mode,
            rule=price.rule,
            base=base,
            steps=steps,
            compared_with=gain.rival,
        )

    def _reward(self, event: EventFact, tariff: Tariff) -> Iterator[ScoreLine]:
        found = _bonus_for(event, tariff.scheme)
        if found is None:
            return self._nothing(event, tariff, Note.EVENT_UNLISTED)
        place, bonus = found
        rule = f"bonuses[{place}]"
        if bonus.points is not None:
            base, steps = _each_time(bonus.points, event.count, rule, tariff.scheme)
            gain = self.score.grant(worked(base, steps), tariff.scheme)
        else:
            factor = bonus.factor or ONE
            base, steps = self.score.adopted, (Step(Operator.TIMES, factor, rule),)
            gain = self.score.multiply(factor, rule, tariff.scheme)
        told = {"key": f"event:{event.id}", "rule": rule, "base": base, "steps": steps}
        return self._divided(event, tariff, gain, kind=LineKind.BONUS, **told)

    def _penalty(self, event: EventFact, tariff: Tariff) -> Iterator[ScoreLine]:
        """Every unit concerned loses all the points: what is deducted is not divided."""
        found = tariff.scheme.penalty_for(event.kind)
        if found is None:
            yield from self._nothing(event, tariff, Note.EVENT_UNLISTED)
            return
        place, penalty = found
        rule = f"penalties[{place}]"
        if penalty.voids is Voids.ITEM and event.item_id is not None and not self.score.void:
            yield from self._taken_back(event, tariff, rule)
        base, steps = _each_time(-penalty.points, event.count, rule, tariff.scheme)
        lost = worked(base, steps)
        told = {"key": f"event:{event.id}", "rule": rule, "base": base, "steps": steps}
        for unit_id in event.parts:
            yield _line(
                event,
                tariff,
                unit_id,
                kind=LineKind.PENALTY,
                earned=lost,
                points=lost,
                note=Note.DEDUCTED,
                **told,
            )

    def _taken_back(self, event: EventFact, tariff: Tariff, rule: str) -> Iterator[ScoreLine]:
        """From every unit what the item gave it, kind by kind. From now on the item earns nothing."""
        self.score.void = True
        for (kind, unit_id), points in sorted(self.by_unit.items()):
            if points:
                taken = tuple(self.by_kind[kind])
                earned = sum((gained for _, gained in taken), ZERO)
                yield _line(
                    event,
                    tariff,
                    unit_id,
                    kind=kind,
                    key=f"event:{event.id}:{kind}",
                    rule=rule,
                    deducted=earned,
                    earned=-earned,
                    taken=taken,
                    share="",
                    points=-points,
                    note=Note.VOIDS_ITEM,
                )

    def _nothing(self, event: EventFact, tariff: Tariff | None, note: Note) -> Iterator[ScoreLine]:
        kind = LineKind.BONUS if event.kind in REWARDED else LineKind.PENALTY
        for unit_id in event.parts:
            yield _line(event, tariff, unit_id, kind=kind, key=f"event:{event.id}", note=note)

    def _divided(
        self, fact: ItemFact, tariff: Tariff | None, gain: Gain, *, kind: LineKind, **told: Any
    ) -> Iterator[ScoreLine]:
        """A line for every unit credited, with its part of what the score gained."""
        alone = worked(told["base"], told["steps"])
        if tariff is None:
            parts = dict.fromkeys(fact.parts, Part(ZERO, "1"))
        else:
            alone = tariff.scheme.rounded(alone)
            policy = tariff.scheme.several_units if fact.item_id is not None else _WHOLE
            parts = shared(gain.points, fact.parts, policy, tariff.scheme)
        self.by_kind[kind].append((fact.date, gain.points))
        for unit_id, part in parts.items():
            self.by_unit[kind, unit_id] += part.points
            rounded_away = not part.points and gain.note in _EARNING
            yield _line(
                fact,
                tariff,
                unit_id,
                kind=kind,
                deducted=alone - gain.points,
                earned=gain.points,
                share=part.share,
                points=part.points,
                note=Note.ROUNDED_AWAY if rounded_away else gain.note,
                **told,
            )


def _bonus_for(event: EventFact, scheme: Scheme) -> tuple[int, Bonus] | None:
    """The most specific bonus for the event with its place; the first among equals."""
    fitting = [
        (bonus.specificity, -place)
        for place, bonus in enumerate(scheme.bonuses)
        if bonus.event == event.kind and agrees(bonus.level, event.level) and agrees(bonus.genre, event.genre)
    ]
    place = -max(fitting)[1] if fitting else 0
    return (place, scheme.bonuses[place]) if fitting else None


def _each_time(points: Decimal, count: int, rule: str, scheme: Scheme) -> tuple[Decimal, tuple[Step, ...]]:
    """Base and steps of what happened so many times: each is rounded alone, however they are entered."""
    return scheme.rounded(points), () if count == 1 else (Step(Operator.TIMES, Decimal(count), rule),)


def _line(fact: ItemFact, tariff: Tariff | None, unit_id: int, **told: Any) -> ScoreLine:
    event = fact if isinstance(fact, EventFact) else None
    return ScoreLine(
        unit_id=unit_id,
        date=fact.date,
        scheme_from=tariff.since if tariff else None,
        item_id=fact.item_id,
        item_title=fact.item_title,
        event_id=event.id if event else None,
        event=event.kind if event else "",
        level=fact.level,
        **told,
    )
