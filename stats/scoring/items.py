"""What an item earns, told as a running score: every fact's line is what the score gained by it.

So the lines add up to the item's score wherever time is cut, whatever decides it: the highest of several
outlets, a cap, a factor on instruction, or a finding that voids it all. Rules R24–R28 and R35–R38 of
docs/scoring.md. An event without an item is scored as an item of its own.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from stats.figures import ZERO, AdoptionFact, EventFact, LineKind, Note, Operator, ScoreLine, Step
from stats.schemes import (
    REWARDED,
    Bonus,
    OutletClass,
    OutletPolicy,
    Scheme,
    SeveralOutlets,
    Voids,
)
from stats.scoring.pricing import Price, worked
from stats.scoring.sharing import Part, shared
from stats.scoring.tariffs import Tariff, Tariffs

type ItemFact = AdoptionFact | EventFact

_ONE: Final = Decimal(1)
_UNPRICED: Final = Price(ZERO, note=Note.NO_SCHEME)


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
    for facts in by_item.values():
        yield from _score(facts, tariffs)


def _score(facts: list[ItemFact], tariffs: Tariffs) -> Iterator[ScoreLine]:
    """One running score for all units to which the same prices apply: nearly always one in all."""
    profiles = {tariffs.profile(unit_id) for fact in facts for unit_id in fact.parts}
    for profile in sorted(profiles):
        running = RunningScore(tariffs, profile, capped=facts[0].item_id is not None)
        lines = (line for fact in running.in_order(facts) for line in running.take(*fact))
        if len(profiles) == 1:
            yield from lines
        else:
            yield from (line for line in lines if tariffs.profile(line.unit_id) == profile)


@dataclass(frozen=True, slots=True)
class Counted:
    """An adoption that the score has met, with its price."""

    adoption: AdoptionFact
    points: Decimal
    outlet_group: str

    def of_class(self, by: OutletClass) -> str:
        """The class of its outlet."""
        if by is OutletClass.OUTLET_GROUP:
            return self.outlet_group
        if by is OutletClass.OUTLET:
            return self.adoption.outlet_name
        return self.adoption.level if by is OutletClass.LEVEL else self.adoption.carrier


@dataclass(slots=True)
class RunningScore:
    """An item's score after the facts taken so far: adoptions × factor + granted, at most the item's cap."""

    tariffs: Tariffs
    profile: tuple[str, ...]
    adopted: Decimal = ZERO
    granted: Decimal = ZERO
    factor: Decimal = _ONE
    factor_rule: str = ""
    reached: Decimal = ZERO
    capped: bool = True
    full: bool = False
    void: bool = False
    met: list[Counted] = field(default_factory=list)
    by_kind: defaultdict[LineKind, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    by_unit: defaultdict[tuple[LineKind, int], Decimal] = field(default_factory=lambda: defaultdict(Decimal))

    def in_order(self, facts: Iterable[ItemFact]) -> list[tuple[ItemFact, Tariff | None, Price]]:
        """By time; of one day the best adoption first, then what adds to it, then what takes away.

        The id, which tells the order of entry, decides only between facts that are alike.
        """
        priced = [self._priced(fact) for fact in facts]
        return sorted(priced, key=_order) if len(priced) > 1 else priced

    def take(self, fact: ItemFact, tariff: Tariff | None, price: Price) -> Iterator[ScoreLine]:
        """The lines of the next fact."""
        if isinstance(fact, AdoptionFact):
            yield from self._adopt(fact, tariff, price)
        elif fact.kind in REWARDED:
            yield from self._reward(fact, tariff)
        else:
            yield from self._punish(fact, tariff)

    def _priced(self, fact: ItemFact) -> tuple[ItemFact, Tariff | None, Price]:
        tariff = self.tariffs.on(fact.date)
        if tariff is None or isinstance(fact, EventFact):
            return fact, tariff, _UNPRICED
        group = self.profile[self.tariffs.all.index(tariff)] if self.profile else ""
        several = len(fact.credits) > 1 and len(fact.parts) > 1
        return fact, tariff, tariff.prices.price(fact, group, several)

    def _adopt(self, fact: AdoptionFact, tariff: Tariff | None, price: Price) -> Iterator[ScoreLine]:
        increment, rival = price.points, None
        steps, gained = price.steps, ZERO
        if tariff:
            scheme = tariff.scheme
            counted = Counted(fact, price.points, scheme.group_of_outlet(fact.outlet_name))
            increment, rival = self._increment(counted, scheme.several_outlets, scheme)
            self.met.append(counted)
            gained = self._gain(scheme, adopted=increment)
            if self.factor != 1:
                steps = (*steps, Step(Operator.TIMES, self.factor, self.factor_rule))
        yield from self._divided(
            fact,
            tariff,
            gained,
            kind=LineKind.ADOPTION,
            key=f"adoption:{fact.id}",
            adoption_id=fact.id,
            outlet_name=fact.outlet_name,
            mode=fact.mode,
            rule=price.rule,
            base=price.base,
            steps=steps,
            compared_with=rival,
            note=self._note(price, increment, tariff),
        )

    def _increment(
        self, next_one: Counted, outlets: OutletPolicy, scheme: Scheme
    ) -> tuple[Decimal, int | None]:
        """What of an adoption's price counts beside the adoptions before it, and which one stands against it."""
        if outlets.policy is SeveralOutlets.SUM:
            return next_one.points, None
        rivals = [other for other in self.met if other.points]
        if outlets.policy is SeveralOutlets.FIRST:
            return (ZERO, rivals[0].adoption.id) if rivals else (next_one.points, None)
        if outlets.policy is SeveralOutlets.HIGHEST_PER_CLASS:
            mine = next_one.of_class(outlets.by)
            rivals = [other for other in rivals if other.of_class(outlets.by) == mine]
        if not rivals or not next_one.points:
            return next_one.points, None
        best = max(rivals, key=lambda other: other.points)
        # Rounded, because the best may stem from an older scheme with more decimals.
        return next_one.points - scheme.rounded(min(best.points, next_one.points)), best.adoption.id

    def _gain(self, scheme: Scheme, *, adopted: Decimal = ZERO, granted: Decimal = ZERO) -> Decimal:
        """Add to the score and say how far it rose. It never falls, even if a new scheme has a lower cap."""
        if self.void:
            return ZERO
        self.adopted += adopted
        self.granted += granted
        score = self.adopted * self.factor + self.granted
        cap = scheme.item_maximum if self.capped else None
        self.full = cap is not None and score > cap
        score = scheme.rounded(min(score, cap) if cap is not None else score)
        gained = max(ZERO, scheme.rounded(score - self.reached))
        self.reached = max(self.reached, score)
        return gained

    def _note(self, price: Price, increment: Decimal, tariff: Tariff | None) -> Note:
        if price.note is not Note.COUNTED:
            return price.note
        if self.void:
            return Note.ITEM_VOID
        if not increment:
            first = tariff and tariff.scheme.several_outlets.policy is SeveralOutlets.FIRST
            return Note.NOT_FIRST if first else Note.NOT_HIGHEST
        if self.full:
            return Note.ITEM_FULL
        return Note.EXCESS if increment < price.points else Note.COUNTED

    def _reward(self, event: EventFact, tariff: Tariff | None) -> Iterator[ScoreLine]:
        found = _bonus_for(event, tariff.scheme) if tariff else None
        if tariff is None or found is None:
            note = Note.EVENT_UNLISTED if tariff else Note.NO_SCHEME
            yield from self._divided(
                event, tariff, ZERO, kind=LineKind.BONUS, key=f"event:{event.id}", note=note
            )
            return
        place, bonus = found
        rule = f"bonuses[{place}]"
        if bonus.points is not None:
            base, steps, note = bonus.points, _times(event.count, rule), Note.REWARDED
            gained = self._gain(tariff.scheme, granted=bonus.points * event.count)
        else:
            factor = bonus.factor or _ONE
            base, steps, note = self.adopted, (Step(Operator.TIMES, factor, rule),), Note.MULTIPLIED
            if factor > self.factor:
                self.factor, self.factor_rule = factor, rule
            gained = self._gain(tariff.scheme)
        if self.void or self.full:
            note = Note.ITEM_VOID if self.void else Note.ITEM_FULL
        yield from self._divided(
            event,
            tariff,
            gained,
            kind=LineKind.BONUS,
            key=f"event:{event.id}",
            rule=rule,
            base=base,
            steps=steps,
            note=note,
        )

    def _punish(self, event: EventFact, tariff: Tariff | None) -> Iterator[ScoreLine]:
        """Every unit concerned loses all the points: what is deducted is not divided."""
        found = tariff and tariff.scheme.penalty_for(event.kind)
        if tariff is None or not found:
            note = Note.EVENT_UNLISTED if tariff else Note.NO_SCHEME
            yield from (
                _line(event, tariff, unit_id, kind=LineKind.PENALTY, key=f"event:{event.id}", note=note)
                for unit_id in event.parts
            )
            return
        place, penalty = found
        rule = f"penalties[{place}]"
        if penalty.voids is Voids.ITEM and event.item_id is not None and not self.void:
            yield from self._voided(event, tariff, rule)
        steps = _times(event.count, rule)
        lost = tariff.scheme.rounded(worked(-penalty.points, steps))
        for unit_id in event.parts:
            yield _line(
                event,
                tariff,
                unit_id,
                kind=LineKind.PENALTY,
                key=f"event:{event.id}",
                rule=rule,
                base=-penalty.points,
                steps=steps,
                earned=lost,
                points=lost,
                note=Note.DEDUCTED,
            )

    def _voided(self, event: EventFact, tariff: Tariff, rule: str) -> Iterator[ScoreLine]:
        """Take back from every unit what the item gave it, kind by kind. From now on it earns nothing."""
        self.void = True
        for (kind, unit_id), points in sorted(self.by_unit.items()):
            if points:
                yield _line(
                    event,
                    tariff,
                    unit_id,
                    kind=kind,
                    key=f"event:{event.id}:{kind}",
                    rule=rule,
                    deducted=self.by_kind[kind],
                    earned=-self.by_kind[kind],
                    share="",
                    points=-points,
                    note=Note.VOIDS_ITEM,
                )

    def _divided(
        self,
        fact: ItemFact,
        tariff: Tariff | None,
        gained: Decimal,
        *,
        kind: LineKind,
        note: Note,
        **told: Any,
    ) -> Iterator[ScoreLine]:
        """A line for every unit credited, with its part of what the score gained."""
        alone = worked(told.get("base", ZERO), told.get("steps", ()))
        if tariff is None:
            shares = dict.fromkeys(fact.parts, Part(ZERO, "1"))
        else:
            alone = tariff.scheme.rounded(alone)
            shares = shared(gained, fact.parts, tariff.scheme.several_units, tariff.scheme)
        self.by_kind[kind] += gained
        for unit_id, part in shares.items():
            self.by_unit[kind, unit_id] += part.points
            rounded_away = not part.points and note in _EARNING
            yield _line(
                fact,
                tariff,
                unit_id,
                kind=kind,
                deducted=alone - gained,
                earned=gained,
                share=part.share,
                points=part.points,
                note=Note.ROUNDED_AWAY if rounded_away else note,
                **told,
            )


_EARNING: Final = frozenset({Note.COUNTED, Note.EXCESS})


def _order(priced: tuple[ItemFact, Tariff | None, Price]) -> tuple[object, ...]:
    fact, _, price = priced
    parts = tuple(fact.parts.items())
    if isinstance(fact, AdoptionFact):
        return (fact.date, 0, -price.points, fact.outlet_name, fact.mode, parts, fact.id)
    rank = 1 if fact.kind in REWARDED else 2
    return (fact.date, rank, -fact.count, fact.kind, fact.level, parts, fact.id)


def _bonus_for(event: EventFact, scheme: Scheme) -> tuple[int, Bonus] | None:
    """The most specific bonus for the event with its place; the first among equals."""
    fitting = [
        (bonus.specificity, -place)
        for place, bonus in enumerate(scheme.bonuses)
        if bonus.event == event.kind
        and bonus.level in (None, event.level)
        and bonus.genre in (None, event.genre)
    ]
    place = -max(fitting)[1] if fitting else 0
    return (place, scheme.bonuses[place]) if fitting else None


def _times(count: int, rule: str) -> tuple[Step, ...]:
    return () if count == 1 else (Step(Operator.TIMES, Decimal(count), rule),)


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
