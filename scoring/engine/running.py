"""One item's score as its facts come in, in order of time. It tells of every fact what the score gained.

An adoption is worth its points × the highest factor, less what one before it has counted already; a bonus
its points; a factor what it adds to the adoptions before it. Nothing gains more than it is worth, nor lifts
the score above the item's cap of its day; and nothing counts once the item is void.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, NamedTuple

from scoring.engine.pricing import Price, worked
from scoring.figures.facts import AdoptionFact
from scoring.figures.lines import ZERO, Note
from scoring.schemes.model import OutletPolicy
from scoring.schemes.scheme import Scheme
from scoring.schemes.words import OutletClass, SeveralOutlets

ONE: Final = Decimal(1)


@dataclass(frozen=True, slots=True)
class Adopted:
    """An adoption that the score has met, with what it is worth alone and what it counts where it is best."""

    fact: AdoptionFact
    points: Decimal
    counts: Decimal
    outlet_group: str

    def is_like(self, other: "Adopted", by: OutletClass) -> bool:
        """Whether both outlets are of one class."""
        return self._class(by) == other._class(by)

    def _class(self, by: OutletClass) -> str:
        if by is OutletClass.OUTLET_GROUP:
            return self.outlet_group
        if by is OutletClass.OUTLET:
            return self.fact.outlet_name
        return self.fact.level if by is OutletClass.LEVEL else self.fact.carrier


class Gain(NamedTuple):
    """What a fact added to the score, why not more, and which adoption stands against it."""

    points: Decimal
    note: Note
    rival: int | None = None


@dataclass(slots=True)
class RunningScore:
    """The state after the facts so far. `capped` is whether a cap on items applies."""

    capped: bool = True
    factor: Decimal = ONE
    factor_rule: str = ""
    void: bool = False
    adopted: Decimal = ZERO
    _reached: Decimal = ZERO
    _full: bool = False
    _met: list[Adopted] = field(default_factory=list)

    def adopt(self, fact: AdoptionFact, price: Price, scheme: Scheme) -> Gain:
        """Take in an adoption: what counts of it beside those before."""
        counts = scheme.rounded(worked(price.points, price.joint))
        adopted = Adopted(fact, price.points, counts, scheme.group_of_outlet(fact.outlet_name))
        deducted, rival = self._deducted(adopted, scheme.several_outlets, scheme)
        self._met.append(adopted)
        gained = self._gain(self._times(counts, scheme) - self._times(deducted, scheme), scheme)
        if not self.void:
            self.adopted += counts - deducted
        return Gain(gained, self._note(price, counts, deducted, scheme), rival)

    def grant(self, points: Decimal, scheme: Scheme) -> Gain:
        """Take in fixed bonus points."""
        return Gain(self._gain(points, scheme), self._spoilt or Note.REWARDED)

    def multiply(self, factor: Decimal, rule: str, scheme: Scheme) -> Gain:
        """Take in a factor on what the adoptions count, those to come included; only the highest holds."""
        before = self._times(self.adopted, scheme)
        if factor > self.factor:
            self.factor, self.factor_rule = factor, rule
        gained = self._gain(self._times(self.adopted, scheme) - before, scheme)
        return Gain(gained, self._spoilt or Note.MULTIPLIED)

    def _times(self, points: Decimal, scheme: Scheme) -> Decimal:
        """What points of adoptions come to by the factor that holds."""
        return scheme.rounded(points * self.factor)

    def _deducted(
        self, adopted: Adopted, outlets: OutletPolicy, scheme: Scheme
    ) -> tuple[Decimal, int | None]:
        """What an adoption does not count because of those before it, and which stands against it."""
        if outlets.policy is SeveralOutlets.SUM or not adopted.points:
            return ZERO, None
        rivals = [other for other in self._met if other.points]
        if outlets.policy is SeveralOutlets.HIGHEST_PER_CLASS:
            rivals = [other for other in rivals if other.is_like(adopted, outlets.by)]
        if not rivals:
            return ZERO, None
        if outlets.policy is SeveralOutlets.FIRST:
            return adopted.counts, rivals[0].fact.id
        best = max(rivals, key=lambda other: other.points)
        if adopted.points <= best.points:
            return adopted.counts, best.fact.id
        # Rounded, because it may stem from an older scheme with more decimals.
        most = scheme.rounded(max(other.counts for other in rivals))
        return min(adopted.counts, most), best.fact.id

    def _gain(self, worth: Decimal, scheme: Scheme) -> Decimal:
        """How far something of that worth lifts the score: by all of it, or as far as the cap has room."""
        if self.void:
            return ZERO
        gained = worth
        if self.capped and scheme.item_maximum is not None:
            gained = min(worth, max(ZERO, scheme.within(scheme.item_maximum - self._reached)))
        self._full = gained < worth
        self._reached += gained
        return gained

    def _note(self, price: Price, counts: Decimal, deducted: Decimal, scheme: Scheme) -> Note:
        if price.note is not Note.COUNTED:
            return price.note
        if self.void:
            return Note.ITEM_VOID
        if deducted and deducted == counts:
            first = scheme.several_outlets.policy is SeveralOutlets.FIRST
            return Note.NOT_FIRST if first else Note.NOT_HIGHEST
        return self._spoilt or (Note.EXCESS if deducted else Note.COUNTED)

    @property
    def _spoilt(self) -> Note | None:
        """Why nothing, or not everything, can be earned any more."""
        if self.void:
            return Note.ITEM_VOID
        return Note.ITEM_FULL if self._full else None
