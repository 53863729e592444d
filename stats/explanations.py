"""Why a unit or a person has these points: each score line in words, with its arithmetic and its facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from adoptions.enums import EventKind, Mode, OutletLevel
from adoptions.models import Adoption, Event
from kit.numbers import points_text
from scoring.arithmetic import arithmetic
from scoring.figures.facts import AdoptionFact
from scoring.figures.lines import LineKind, Note, ScoreLine
from scoring.periods.month import PeriodError
from scoring.periods.period import Period
from scoring.schemes.timetable import Timetable
from scoring.sentences import sentence_at
from scoring.wording import NOTES
from stats.models import Adjustment
from submissions.models import Item

#: What a line stems from, in the order in which the lines are told.
KINDS: Final[Mapping[str, Promise]] = {
    LineKind.ADOPTION: gettext_lazy("Adoptions"),
    LineKind.BONUS: gettext_lazy("Bonus points"),
    LineKind.FILING: gettext_lazy("Filing"),
    LineKind.BASE: gettext_lazy("Base points"),
    LineKind.PENALTY: gettext_lazy("Deductions"),
    LineKind.LIMIT: gettext_lazy("Caps and floors"),
    LineKind.ADJUSTMENT: gettext_lazy("Adjustments"),
}
_ORDER = {kind: place for place, kind in enumerate(KINDS)}


@dataclass(frozen=True, slots=True)
class Subtotal:
    """What the lines of one kind come to."""

    kind: str
    lines: int
    points: Decimal

    @property
    def label(self) -> str:
        return str(KINDS[self.kind])


@dataclass(frozen=True, slots=True)
class Explained:
    """A line as it is shown; the addresses are empty for what the reader may not open.

    `subject` is what happened: an item, an event, a window, a decision. `points` are the line's, or an
    author's part of them with its own `share`.
    """

    line: ScoreLine
    subject: str
    subject_url: str
    detail: str
    detail_url: str
    rule: str
    rule_url: str
    arithmetic: str
    share: str
    decision: str
    points: Decimal

    @property
    def kind(self) -> str:
        return self.line.kind

    @property
    def kind_label(self) -> str:
        return str(KINDS[self.line.kind])


def in_order(lines: Iterable[ScoreLine]) -> list[ScoreLine]:
    """Kind by kind, each in order of time."""
    return sorted(lines, key=lambda line: (_ORDER[line.kind], line.order))


def subtotals(lines: Iterable[tuple[str, Decimal]]) -> list[Subtotal]:
    """What the points of each kind come to, kinds without a line left out."""
    found: dict[str, Subtotal] = {}
    for kind, points in lines:
        before = found.get(kind, Subtotal(kind, 0, Decimal(0)))
        found[kind] = Subtotal(kind, before.lines + 1, before.points + points)
    return [found[kind] for kind in KINDS if kind in found]


@dataclass(frozen=True, slots=True)
class Explainer:
    """Puts lines in words for one reader: what they may open, and which facts decided."""

    timetable: Timetable
    versions: Mapping[date, int]
    adoptions: Mapping[int, AdoptionFact]
    open_items: frozenset[int] = field(default_factory=frozenset)
    open_adoptions: frozenset[int] = field(default_factory=frozenset)
    open_events: frozenset[int] = field(default_factory=frozenset)
    open_adjustments: frozenset[int] = field(default_factory=frozenset)

    @classmethod
    def of(
        cls,
        lines: Sequence[ScoreLine],
        *,
        timetable: Timetable,
        versions: Mapping[date, int],
        adoptions: Iterable[AdoptionFact],
        reader: User,
    ) -> Explainer:
        """Four queries, however many lines there are. `versions` are the schemes' numbers by first day."""
        return cls(
            timetable=timetable,
            versions=versions,
            adoptions={fact.id: fact for fact in adoptions},
            open_items=_open(Item.objects.visible_to(reader), (line.item_id for line in lines)),
            open_adoptions=_open(Adoption.objects.visible_to(reader), (line.adoption_id for line in lines)),
            open_events=_open(Event.objects.visible_to(reader), (line.event_id for line in lines)),
            open_adjustments=_open(
                Adjustment.objects.visible_to(reader), (line.adjustment_id for line in lines)
            ),
        )

    def __call__(
        self, line: ScoreLine, *, share: str | None = None, points: Decimal | None = None
    ) -> Explained:
        """The line in words; `share` and `points` are an author's when given."""
        version = self.versions.get(line.scheme_from) if line.scheme_from else None
        subject, subject_url = self._subject(line)
        return Explained(
            line=line,
            subject=subject,
            subject_url=subject_url,
            detail=_detail(line),
            detail_url=self._detail_url(line),
            rule=self._rule(line),
            rule_url=reverse("scoring:scheme-detail", args=[version]) if version else "",
            arithmetic=arithmetic(line, share or line.share),
            share=line.share if share is None else share,
            decision=self._decision(line),
            points=line.points if points is None else points,
        )

    def _subject(self, line: ScoreLine) -> tuple[str, str]:
        if line.adjustment_id is not None:
            known = line.adjustment_id in self.open_adjustments
            url = reverse("stats:adjustment-detail", args=[line.adjustment_id]) if known else ""
            return line.reason or _("Adjustment of points"), url
        if line.item_id is not None:
            known = line.item_id in self.open_items
            return line.item_title, reverse("submissions:item-detail", args=[line.item_id]) if known else ""
        if line.event:
            return _event(line), self._event_url(line)
        return window_label(line.window), ""

    def _detail_url(self, line: ScoreLine) -> str:
        if line.adoption_id is not None and line.adoption_id in self.open_adoptions:
            return reverse("adoptions:adoption-detail", args=[line.adoption_id])
        return self._event_url(line) if line.item_id is not None else ""

    def _event_url(self, line: ScoreLine) -> str:
        known = line.event_id is not None and line.event_id in self.open_events
        return reverse("adoptions:event-detail", args=[line.event_id]) if known else ""

    def _rule(self, line: ScoreLine) -> str:
        """The words of the rule that the line's points come from."""
        entry = self.timetable.entry_on(line.scheme_from or line.date)
        return sentence_at(entry.scheme, line.rule) if entry and line.rule else ""

    def _decision(self, line: ScoreLine) -> str:
        """Why the points are not simply those of the rule; nothing for the ordinary case."""
        if line.window:
            return _about_window(line)
        rival = self.adoptions.get(line.compared_with) if line.compared_with is not None else None
        if rival is not None and line.note in {Note.NOT_HIGHEST, Note.EXCESS, Note.NOT_FIRST}:
            shown = {
                "outlet": rival.outlet_name,
                "day": rival.date.isoformat(),
                "points": points_text(line.deducted),
            }
            return str(_COMPARED[line.note]) % shown
        return "" if line.note in _ORDINARY else str(NOTES[line.note])


_ORDINARY = frozenset({Note.COUNTED, Note.REWARDED, Note.FILED, Note.ADJUSTED, Note.DEDUCTED})

_COMPARED: Final[Mapping[Note, Promise]] = {
    Note.NOT_HIGHEST: gettext_lazy(
        "Not counted: the same item scores as high or higher in “%(outlet)s” (%(day)s)"
    ),
    Note.EXCESS: gettext_lazy(
        "Only the excess counts: the same item has earned %(points)s in “%(outlet)s” (%(day)s)"
    ),
    Note.NOT_FIRST: gettext_lazy(
        "Not counted: only the item's first adoption counts, in “%(outlet)s” (%(day)s)"
    ),
}

_WINDOWS: Final[Mapping[Note, Promise]] = {
    Note.CAPPED: gettext_lazy("%(window)s: %(reached)s reached, at most %(bound)s count"),
    Note.RAISED: gettext_lazy("%(window)s: %(reached)s reached, never less than %(bound)s"),
    Note.FILED_TOGETHER: gettext_lazy("%(window)s: %(reached)s items filed, counted by every %(bound)s"),
    Note.THRESHOLD_REACHED: gettext_lazy("%(window)s: %(reached)s items filed, %(bound)s needed"),
    Note.LOW_RATE: gettext_lazy("%(window)s: adoption rate %(reached_rate)s, below %(bound_rate)s"),
    Note.SHORTFALL: gettext_lazy("%(window)s: %(reached)s reached of %(bound)s"),
    Note.TARGET_MISSED: gettext_lazy("%(window)s: %(reached)s reached of %(bound)s"),
    Note.TARGET_MET: gettext_lazy("%(window)s: %(reached)s reached of %(bound)s"),
}


def window_label(window: str) -> str:
    """A window as people call it: 2026年第一季度."""
    try:
        return Period.parse(window).label
    except PeriodError:
        return window


def _about_window(line: ScoreLine) -> str:
    shown = {
        "window": window_label(line.window),
        "reached": points_text(line.reached or Decimal(0)),
        "bound": points_text(line.bound or Decimal(0)),
        "reached_rate": _percent(line.reached),
        "bound_rate": _percent(line.bound),
    }
    if line.note in _WINDOWS:
        return str(_WINDOWS[line.note]) % shown
    return "" if line.note is Note.BASE else str(NOTES[line.note])


def _percent(rate: Decimal | None) -> str:
    return f"{points_text(((rate or Decimal(0)) * 100).quantize(Decimal('0.1')))}%"


def _event(line: ScoreLine) -> str:
    """批示（市）."""
    label = str(EventKind(line.event).label)
    return f"{label}（{OutletLevel(line.level).label}）" if line.level else label


def _detail(line: ScoreLine) -> str:
    """Where an item appeared, or what else befell it."""
    if line.adoption_id is not None:
        parts = [line.outlet_name, OutletLevel(line.level).label]
        if line.mode != Mode.SINGLE:
            parts.append(Mode(line.mode).label)
        return " · ".join(str(part) for part in parts)
    return _event(line) if line.event and line.item_id is not None else ""


def _open(rows: object, ids: Iterable[int | None]) -> frozenset[int]:
    """Which of these the reader may open; no query when there are none."""
    wanted = {number for number in ids if number is not None}
    return frozenset(rows.filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else frozenset()  # type: ignore[attr-defined]
