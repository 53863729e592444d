"""The moves of the plan, done by the people of the city through the services of filing and review."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from accounts.models import StandIn, User
from demo import cast, files, texts
from demo.city import City
from demo.plan import Kind, Move, Story
from reviews.chain import LEVELS, SECTION, UNIT, approval, road_of
from reviews.checklists import choices
from reviews.enums import Action
from reviews.returns.answering import field_of, keep_answers
from reviews.returns.points import Point
from reviews.returns.returned import open_points
from reviews.secrecy.questions import SECRECY_QUESTIONS
from reviews.secrecy.rules import is_awaiting_secrecy_review
from reviews.secrecy.services import review_secrecy
from reviews.steps.services import take_step
from submissions.enums import Status
from submissions.models import Item
from submissions.services.drafts import Author, attach, save_draft
from submissions.uploads import check_upload

#: What is decided, where it does not depend on the level.
DECIDED = {Kind.RETURN: Action.RETURN, Kind.SEND_BACK: Action.SEND_BACK}

type Issued = Callable[[City, Story, Item, datetime], None]


class Life:
    """One item on its way; `issued` is told when it gets there."""

    def __init__(self, city: City, story: Story, issued: Issued) -> None:
        self.city, self.story, self.issued = city, story, issued
        self.writer = city.people[story.writers[0].username]
        self.item: Item | None = None
        self.flaw: texts.Flaw | None = None
        for move in story.moves:
            city.agenda.enter(move.at, partial(self._happen, move))

    def _happen(self, move: Move, now: datetime) -> None:
        if move.kind == Kind.SAVE:
            self._save(move, now)
        else:
            self._step(move, now)

    def _save(self, move: Move, now: datetime) -> None:
        """The writer's text as of this move; the attachment comes with the first."""
        assert move.text is not None
        city, story = self.city, self.story
        _stage, round_name = city.window.stage_on(now.date())
        saved = save_draft(
            item=self.item,
            by=self.writer,
            fields={
                "unit": city.units[story.unit.code],
                "title": move.text.title,
                "body": move.text.body,
                "genre": story.genre,
                "stage": story.stage,
                "round": city.rounds.get(round_name),
                "topic_kind": story.topic_kind,
                "route": story.route,
                "route_reason": story.route_reason,
                "urgent": story.urgent,
                "checker": story.unit.checker,
                "declared_unclassified": True,
            },
            authors=[
                Author(name=each.name, share=each.share, user=city.people.get(each.username))
                for each in story.writers
            ],
            now=now,
        )
        if self.item is None and story.attachment:
            upload = check_upload(files.make(story.attachment, saved.pk))
            attach(item=saved, upload=upload, by=self.writer, now=now)
        self.item = saved

    def _step(self, move: Move, now: datetime) -> None:
        """One step of the review by whoever's turn it is; an item that needs no more is left alone."""
        item = self.item
        assert item is not None
        item.refresh_from_db(fields=["status", "version"])
        by, comment = self.writer, ""
        checked: list[str] = []
        points: tuple[Point, ...] = ()
        if move.kind == Kind.FILE:
            action = Action.SUBMIT
            self._answer(item, now)
        elif move.kind == Kind.WITHDRAW:
            action = Action.WITHDRAW
        elif item.status not in LEVELS:
            return  # a level was passed over, so that the item needed one signature less
        else:
            by = self._decider(item, now)
            action = DECIDED.get(move.kind) or approval(road_of(item), item.status)
            if action == Action.ISSUE and is_awaiting_secrecy_review(item):
                find_no_secrets(self.city, item, now)
            if move.flaw:
                self.flaw, comment, points = move.flaw, move.flaw.comment, move.flaw.points
            else:
                said = texts.COMMENTS_ISSUE if action == Action.ISSUE else texts.COMMENTS_PASS
                comment = self.city.rng.choice(said)
                checked = _all_points(item)
        take_step(
            item=item,
            action=action,
            by=by,
            source=item.status,
            version=item.version,
            comment=comment,
            points=points,
            checked=checked,
            to=SECTION.waiting if action == Action.SEND_BACK else None,
            now=now,
        )
        if action == Action.ISSUE:
            self.issued(self.city, self.story, item, now)
        if action == Action.SUBMIT and not self._rests(move):
            self.city.agenda.enter(now + timedelta(minutes=4), self._pass_by_head)

    def _rests(self, filing: Move) -> bool:
        """Whether the head of the unit is left to decide: so in the story, or as the writer withdraws."""
        after = [move.kind for move in self.story.moves if move.at > filing.at]
        return self.story.stays_with_head or after[:1] == [Kind.WITHDRAW]

    def _pass_by_head(self, now: datetime) -> None:
        """Where the unit checks its own items first, its head lets this one go on."""
        item = self.item
        assert item is not None
        item.refresh_from_db(fields=["status", "version"])
        if item.status == UNIT.waiting:
            take_step(
                item=item,
                action=Action.PASS,
                by=self._decider(item, now),
                source=item.status,
                version=item.version,
                comment="情况属实，同意上报。",
                checked=_all_points(item),
                now=now,
            )

    def _answer(self, item: Item, now: datetime) -> None:
        """What the writers say they did about each point of the last return."""
        asked = open_points(item)
        said = self.flaw.answers if self.flaw else ()
        posted: dict[str, str] = {}
        for point, answer in zip(asked, said, strict=False):
            posted |= {field_of(point): answer, f"{field_of(point)}-done": "on"}
        keep_answers(item=item, posted=posted, read=None, now=now)

    def _decider(self, item: Item, now: datetime) -> User:
        """One of the holders of the level's role, or who stands in for them: a leader's own items never come
        to that leader."""
        role = LEVELS[Status(item.status)].role
        people = self.city.people
        holder = self.city.rng.choice([people[p.username] for p in cast.PEOPLE if role in p.roles])
        entry = StandIn.objects.at(now).filter(absent=holder).select_related("stand_in").first()
        return entry.stand_in if entry else holder


def _all_points(item: Item) -> list[str]:
    return [code for code, _words in choices(item.status)]


def find_no_secrets(city: City, item: Item, now: datetime) -> None:
    """The separate secrecy review of an item that needs one, half an hour ago."""
    review_secrecy(
        item=item,
        version=item.version,
        answers=dict.fromkeys(SECRECY_QUESTIONS, False),
        clear=True,
        comment="",
        by=city.people["baomi"],
        now=now - timedelta(minutes=30),
    )
