"""Who files what in the demo city, and what becomes of it: decided without the database or the clock.

The same day gives the same plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from random import Random

from demo import cast, texts
from demo.cast import DemoUnit
from demo.files import KINDS
from demo.texts import Text
from demo.window import ZONE, Window, months_after, working_day
from submissions.enums import Genre, Route, Stage, Status, TopicKind


class Kind(StrEnum):
    """What happens to an item. What is decided is decided by whoever has it then."""

    SAVE = "save"
    FILE = "file"
    WITHDRAW = "withdraw"
    APPROVE = "approve"
    RETURN = "return"
    SEND_BACK = "send back"  # to the first level


@dataclass(frozen=True, slots=True)
class Move:
    at: datetime
    kind: Kind
    text: Text | None = None  # of SAVE
    flaw: texts.Flaw | None = None  # of RETURN and SEND_BACK


@dataclass(frozen=True, slots=True)
class Writer:
    """`username` is empty for somebody without an account."""

    name: str
    share: int
    username: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """One item's life. The first of its `writers` files it."""

    unit: DemoUnit
    writers: tuple[Writer, ...]
    genre: Genre
    stage: Stage
    topic_kind: TopicKind
    route: Route
    route_reason: str
    urgent: bool
    moves: tuple[Move, ...]
    attachment: str = ""  # one of files.KINDS
    #: Whether the head of its unit, if that signs first, is left to do so.
    stays_with_head: bool = False


@dataclass(slots=True)
class Planner:
    """Draws the stories of a window. Titles are given once."""

    window: Window
    rng: Random = field(default_factory=lambda: Random(20260410))  # noqa: S311 the demo is the same every time
    taken: set[str] = field(default_factory=set)

    def stories(self) -> list[Story]:
        """Every item of the demo, in the order in which they were begun."""
        everything = [*self._history(), *self._by_leaders(), *self._open(), *self._of_the_head()]
        told = (replace(story, moves=tuple(self._until_end(story.moves))) for story in everything)
        return sorted((story for story in told if story.moves), key=lambda story: story.moves[0].at)

    # What became history ------------------------------------------------------------------------------

    def _history(self) -> Iterator[Story]:
        for month in self.window.months:
            days = (months_after(month, 1) - month).days
            season = self.rng.uniform(0.8, 1.2)
            for unit in cast.UNITS:
                for _number in range(int(unit.monthly * season + self.rng.random() * bool(unit.monthly))):
                    day = month + timedelta(days=self.rng.randrange(days))
                    yield self._story(unit, self._writers(unit), day)

    def _by_leaders(self) -> Iterator[Story]:
        """全员写信息: leaders write too, and are passed over at their own level."""
        section = cast.UNITS[0]
        for number, username in enumerate(["zonghe", "fenguan", "zonghe", "zhuyao", "fenguan", "zonghe"]):
            name = next(person.name for person in cast.PEOPLE if person.username == username)
            day = self.window.first + timedelta(days=20 + 37 * number)
            yield self._story(section, (Writer(name, 1, username),), day, smooth=True)

    def _story(self, unit: DemoUnit, writers: tuple[Writer, ...], day: date, smooth: bool = False) -> Story:
        story, text = self._filed_by(unit, writers, day)
        begun = self._office_hours(day)
        levels = 4 if story.route == Route.IMPORTANT else 3
        fate = self.rng.random()
        if smooth or fate < 0.78:
            moves = self._straight(text, begun, levels)
        elif fate < 0.81:
            moves = self._straight(text, begun, 0)
            moves.append(Move(self._later(moves[-1].at, 0, 1), Kind.WITHDRAW))
        else:
            level = self.rng.choices(range(levels), weights=[6, 3, 2, 2][:levels])[0]
            moves = self._returned(text, begun, level)
            if fate < 0.98:
                revised = self._later(moves[-1].at, 1, 3)
                moves += [Move(revised, Kind.SAVE, text), *self._approvals(revised, levels - level)]
        return replace(story, moves=tuple(moves))

    def _filed_by(self, unit: DemoUnit, writers: tuple[Writer, ...], day: date) -> tuple[Story, Text]:
        rng = self.rng
        stage, _round = self.window.stage_on(day)
        genre, text = texts.compose(
            rng, stage, organ=unit.organ, short_name=unit.short_name, taken=self.taken
        )
        important = rng.random() < 0.12
        story = Story(
            unit=unit,
            writers=writers,
            genre=genre,
            stage=stage,
            topic_kind=rng.choice([TopicKind.KEY, TopicKind.KEY, TopicKind.HIGHLIGHT, TopicKind.HOT]),
            route=Route.IMPORTANT if important else Route.ORDINARY,
            route_reason=rng.choice(texts.REASONS_IMPORTANT) if important else "",
            urgent=rng.random() < 0.06,
            attachment="png" if genre == Genre.PICTURE else rng.choice(KINDS) if rng.random() < 0.12 else "",
            moves=(),
        )
        return story, text

    def _writers(self, unit: DemoUnit) -> tuple[Writer, ...]:
        people = [p for p in cast.PEOPLE if p.unit == unit.code and p.roles == cast.AUTHOR]
        self.rng.shuffle(people)
        first, *others = people
        if others and self.rng.random() < 0.3:
            return (Writer(first.name, 2, first.username), Writer(others[0].name, 1, others[0].username))
        if self.rng.random() < 0.06:
            return (Writer(first.name, 1, first.username), Writer(self.rng.choice(cast.GUESTS), 1))
        return (Writer(first.name, 1, first.username),)

    # What is under way --------------------------------------------------------------------------------

    def _open(self) -> Iterator[Story]:
        """Items that stand in every status today, urgent ones among them."""
        # The units of the listed logins come first, so that their desks are not empty.
        shown = ["150502", "150521", "150500-Z1", "150500-K1"]
        order = sorted(cast.UNITS, key=lambda unit: unit.code not in shown)
        units = [unit for unit in order if unit.monthly]
        for number, (status, days) in enumerate(OPEN):
            unit = units[number % len(units)]
            story, text = self._filed_by(unit, self._writers(unit), self.window.today - timedelta(days=9))
            in_group = status in {Status.GROUP_REVIEW, Status.GROUP_RETURN}
            route = Route.IMPORTANT if in_group else Route.ORDINARY
            yield replace(
                story,
                route=route,
                route_reason=texts.REASONS_IMPORTANT[0] if in_group else "",
                urgent=status in IN_SIGHT and number % 3 == 0,
                moves=tuple(self._ending_in(status, text, days)),
            )

    def _of_the_head(self) -> Iterator[Story]:
        """Items that stand with the head of their unit or came back from there; and one sent back to the
        first level by the third."""
        for code, days, after in (
            (cast.OWN_CHECK, 0, ()),
            (cast.OWN_CHECK, 1, ()),
            (cast.OWN_CHECK, 1, (Kind.RETURN,)),
            ("150521", 1, (Kind.APPROVE, Kind.APPROVE, Kind.SEND_BACK)),
        ):
            unit = next(unit for unit in cast.UNITS if unit.code == code)
            story, text = self._filed_by(unit, self._writers(unit), self.window.today - timedelta(days=9))
            moves = self._ending_with([Kind.SAVE, Kind.FILE, *after], text, days)
            yield replace(
                story,
                route=Route.ORDINARY,
                route_reason="",
                stays_with_head=code == cast.OWN_CHECK,
                moves=tuple(moves),
            )

    def _ending_in(self, status: Status, text: Text, days: int) -> list[Move]:
        """Moves that leave the item in `status`, the last of them `days` working days before the end."""
        kinds = [Kind.SAVE] if status == Status.DRAFT else [Kind.SAVE, Kind.FILE, *WAY_TO[status]]
        return self._ending_with(kinds, text, days)

    def _ending_with(self, kinds: Sequence[Kind], text: Text, days: int) -> list[Move]:
        """These moves, the last of them `days` working days before the end."""
        at = self._earlier(self.window.end, days + 1)
        moves: list[Move] = []
        for kind in reversed(kinds):
            flaw = self.rng.choice(texts.FLAWS) if kind in {Kind.RETURN, Kind.SEND_BACK} else None
            text = flaw.spoil(text) if flaw else text
            moves.insert(0, Move(at, kind, flaw=flaw))
            at = self._earlier(at, 0 if kind == Kind.FILE else 1)
        return [replace(moves[0], text=text), *moves[1:]]

    # Chains of moves ----------------------------------------------------------------------------------

    def _straight(self, text: Text, begun: datetime, levels: int) -> list[Move]:
        """Saved, filed, and let through `levels` levels."""
        return [Move(begun, Kind.SAVE, text), *self._approvals(begun, levels)]

    def _approvals(self, saved: datetime, levels: int) -> list[Move]:
        moves = [Move(saved + timedelta(minutes=self.rng.randint(5, 50)), Kind.FILE)]
        for _level in range(levels):
            moves.append(Move(self._later(moves[-1].at, 0, 2), Kind.APPROVE))
        return moves

    def _returned(self, text: Text, begun: datetime, level: int) -> list[Move]:
        """Filed with a flaw and sent back by the level after `level` approvals, now and then for two."""
        flaw = self.rng.choice(texts.FLAWS)
        moves = self._straight(flaw.spoil(text), begun, level)
        moves.append(Move(self._later(moves[-1].at, 0, 2), Kind.RETURN, flaw=flaw))
        return moves

    def _until_end(self, moves: Iterable[Move]) -> Iterator[Move]:
        return (move for move in moves if move.at < self.window.end)

    def _office_hours(self, day: date) -> datetime:
        clock = time(self.rng.randint(8, 16), self.rng.randrange(60))
        return datetime.combine(working_day(day), clock, ZONE)

    def _later(self, moment: datetime, fewest: int, most: int) -> datetime:
        """A moment in office hours, so many working days later."""
        days = self.rng.randint(fewest, most)
        if not days and moment.hour < 16:
            return moment + timedelta(minutes=self.rng.randint(15, 90))
        day = moment.date()
        for _step in range(max(days, 1)):
            day = working_day(day + timedelta(days=1))
        return self._office_hours(day)

    def _earlier(self, moment: datetime, days: int) -> datetime:
        """A moment in office hours, so many working days before; without any, a little before."""
        if not days:
            return moment - timedelta(minutes=self.rng.randint(10, 50))
        day = moment.date()
        for _step in range(days):
            day -= timedelta(days=1)
            while day.weekday() > 4:
                day -= timedelta(days=1)
        return self._office_hours(day)


#: What has happened to an item after it was filed, by the status it stands in.
WAY_TO: dict[Status, tuple[Kind, ...]] = {
    Status.SECTION_REVIEW: (),
    Status.SUPERVISING_REVIEW: (Kind.APPROVE,),
    Status.PRINCIPAL_REVIEW: (Kind.APPROVE, Kind.APPROVE),
    Status.GROUP_REVIEW: (Kind.APPROVE, Kind.APPROVE, Kind.APPROVE),
    Status.SECTION_RETURN: (Kind.RETURN,),
    Status.SUPERVISING_RETURN: (Kind.APPROVE, Kind.RETURN),
    Status.PRINCIPAL_RETURN: (Kind.APPROVE, Kind.APPROVE, Kind.RETURN),
    Status.GROUP_RETURN: (Kind.APPROVE, Kind.APPROVE, Kind.APPROVE, Kind.RETURN),
    Status.WITHDRAWN: (Kind.WITHDRAW,),
}
IN_SIGHT = frozenset({Status.SECTION_REVIEW, Status.SUPERVISING_REVIEW, Status.PRINCIPAL_REVIEW})
#: Status and how many working days ago the last thing happened. No two neighbours alike, so that every
#: unit has different ones.
OPEN: tuple[tuple[Status, int], ...] = (
    (Status.SECTION_REVIEW, 0), (Status.DRAFT, 0), (Status.SECTION_REVIEW, 1), (Status.DRAFT, 2),
    (Status.SECTION_RETURN, 1), (Status.SUPERVISING_REVIEW, 0), (Status.PRINCIPAL_REVIEW, 1),
    (Status.SUPERVISING_RETURN, 2), (Status.SECTION_REVIEW, 3), (Status.SUPERVISING_REVIEW, 2),
    (Status.PRINCIPAL_REVIEW, 0), (Status.WITHDRAWN, 1), (Status.GROUP_REVIEW, 1), (Status.DRAFT, 1),
    (Status.SECTION_REVIEW, 6), (Status.PRINCIPAL_RETURN, 1), (Status.SUPERVISING_REVIEW, 4),
    (Status.GROUP_REVIEW, 3), (Status.PRINCIPAL_REVIEW, 2), (Status.SECTION_RETURN, 3), (Status.DRAFT, 4),
    (Status.GROUP_RETURN, 0), (Status.SUPERVISING_REVIEW, 7), (Status.SECTION_REVIEW, 0),
    (Status.SUPERVISING_RETURN, 0), (Status.WITHDRAWN, 2), (Status.PRINCIPAL_REVIEW, 5), (Status.DRAFT, 6),
    (Status.SECTION_RETURN, 5), (Status.SECTION_REVIEW, 2),
    # What a meeting of the leading group has dealt with meanwhile; see `meetings`.
    (Status.GROUP_REVIEW, 6), (Status.GROUP_REVIEW, 5),
)  # fmt: skip
