"""What the pages of a trial run show: ranks and points side by side, and one unit's lines."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from accounts.models import User
from kit.numbers import DASH, change_text, points_text, signed_or_zero
from scoring.schemes.timetable import Timetable
from scoring.wording import group_label
from stats.explanations import Explained, Explainer
from stats.trials.trying import ALWAYS, LineChange, Reached, Standing, Trial, TrialRow


@dataclass(frozen=True, slots=True)
class Side:
    """A unit by both schemes, as texts; `tone` of a change is up, down or nothing."""

    unit_id: int
    name: str
    group: str
    moved_from: str
    rank_now: str
    rank_then: str
    change: str
    change_tone: str
    points_now: str
    points_then: str
    difference: str
    difference_tone: str

    @classmethod
    def of(cls, row: TrialRow) -> Side:
        moved = row.now.group != row.then.group
        return cls(
            unit_id=row.unit.id,
            name=row.unit.name,
            group=group_label(row.then.group),
            moved_from=group_label(row.now.group) if moved else "",
            rank_now=_rank(row.now),
            rank_then=_rank(row.then),
            change=DASH if row.gained is None else change_text(row.gained),
            change_tone=_tone(row.gained or 0),
            points_now=points_text(row.now.points),
            points_then=points_text(row.then.points),
            difference=signed_or_zero(row.difference),
            difference_tone=_tone(row.difference),
        )


@dataclass(frozen=True, slots=True)
class TrialTable:
    """Units ranked together, with their sum."""

    label: str
    rows: list[Side]
    points_now: str
    points_then: str
    difference: str


@dataclass(frozen=True, slots=True)
class TrialPage:
    """A period by the present scheme and by the tried one."""

    period: str
    label: str
    present: str
    tables: list[TrialTable]
    total_now: str
    total_then: str
    total_difference: Decimal
    moved: int
    most_changed: list[Side]
    reached: list[Reached]


@dataclass(frozen=True, slots=True)
class LinePair:
    """One fact's lines by both schemes; one of the two may be missing."""

    subject: Explained
    now: Explained | None
    then: Explained | None
    difference: str
    tone: str

    @property
    def changed(self) -> bool:
        return bool(self.tone)


def trial_page(trial: Trial) -> TrialPage:
    """The trial as tables; groups in which nobody has anything are kept, zeros are figures too."""
    scheme = trial.present.scheme_on(trial.period.end - timedelta(days=1))
    return TrialPage(
        period=str(trial.period),
        label=trial.period.label,
        present=scheme.name if scheme else _("no scheme"),
        tables=[
            TrialTable(
                group_label(group.group),
                [Side.of(row) for row in group.rows],
                points_text(group.now),
                points_text(group.then),
                signed_or_zero(group.difference),
            )
            for group in trial.groups
        ],
        total_now=points_text(trial.total_now),
        total_then=points_text(trial.total_then),
        total_difference=(trial.total_then - trial.total_now).normalize() + 0,
        moved=trial.moved,
        most_changed=[Side.of(row) for row in trial.most_changed],
        reached=trial.reached,
    )


def trial_lines(trial: Trial, unit_id: int, reader: User) -> list[LinePair]:
    """The unit's lines in words, those that change first; four queries, however many there are."""
    changes = trial.lines(unit_id)
    explain_now = Explainer.of(
        [line for change in changes for line in (change.now, change.then) if line],
        timetable=trial.present,
        versions={},
        adoptions=trial.adoptions,
        reader=reader,
    )
    explain_then = replace(explain_now, timetable=Timetable.of([(ALWAYS, trial.tried)]))
    pairs = [_pair(change, explain_now, explain_then) for change in changes]
    return sorted(pairs, key=lambda pair: not pair.changed)


def _pair(change: LineChange, explain_now: Explainer, explain_then: Explainer) -> LinePair:
    now = explain_now(change.now) if change.now else None
    then = explain_then(change.then) if change.then else None
    subject = then or now
    assert subject is not None, "a change has a line on one side at least"
    return LinePair(subject, now, then, signed_or_zero(change.difference), _tone(change.difference))


def _rank(standing: Standing) -> str:
    if standing.rank is None:
        return DASH
    return _("%(rank)s (tied)") % {"rank": standing.rank} if standing.tied else str(standing.rank)


def _tone(number: Decimal | int) -> str:
    return "up" if number > 0 else "down" if number < 0 else ""
