"""Lets the plan happen: units, people and media, then every move through the services of the apps."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from django.contrib.auth.hashers import make_password
from django.db import transaction

from accounts.enums import UnitKind
from accounts.models import Unit, User
from accounts.services import create_unit, grant_role, record
from adoptions.models import Outlet
from publicity.demo import cast, files, media, texts
from publicity.demo.plan import Kind, Move, Planner, Story
from publicity.demo.window import ZONE, Window
from reviews.chain import LEVELS, approval
from reviews.enums import Action
from reviews.services import take_step
from submissions.enums import Status
from submissions.models import Item, Round
from submissions.services import Author, attach, save_draft
from submissions.uploads import check_upload


@dataclass(slots=True)
class Demo:
    """The city as it grows."""

    window: Window
    rng: Random = field(default_factory=lambda: Random(150500))  # noqa: S311 the demo is the same every time
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    rounds: dict[str, Round] = field(default_factory=dict)
    outlets: list[Outlet] = field(default_factory=list)

    @property
    def office(self) -> Unit:
        return self.units[cast.OFFICE]


@transaction.atomic
def build(today: date) -> Demo:
    """The whole demo city as of the morning of `today`, or nothing of it."""
    demo = Demo(Window(today))
    settle(demo)
    tell(demo, Planner(demo.window).stories())
    return demo


def settle(demo: Demo) -> None:
    """Units, people, rounds and media, all older than the first item."""
    since = demo.window.first - timedelta(days=365)
    demo.units[cast.OFFICE] = office = create_unit(
        parent=None,
        kind=UnitKind.OFFICE,
        code=cast.OFFICE,
        name="通辽市委巡察办（演示）",
        short_name="通辽市",
        region_code=cast.OFFICE,
        active_from=since,
    )
    for position, unit in enumerate(cast.UNITS, 1):
        demo.units[unit.code] = create_unit(
            parent=demo.units[unit.parent],
            kind=unit.kind,
            code=unit.code,
            name=unit.name,
            short_name=unit.short_name,
            region_code=unit.region_code,
            position=position,
            active_from=since,
        )
    password = make_password(cast.PASSWORD)  # slow on purpose, so once for all
    for person in cast.PEOPLE:
        user = User.objects.create(
            username=person.username,
            password=password,
            display_name=person.name,
            post=person.post,
            unit=demo.units[person.unit],
        )
        for role in person.roles:
            grant_role(user=user, role=role, unit=user.unit, since=since)
        demo.people[person.username] = user
    for name, first, last in demo.window.rounds:
        demo.rounds[name] = Round.objects.create(office=office, name=name, starts=first, ends=last)
    for outlet in media.OUTLETS:
        demo.outlets.append(
            Outlet.objects.create(
                office=office,
                name=outlet.name,
                level=outlet.level,
                carrier=outlet.carrier,
                active_from=since,
                active_to=demo.window.first if outlet.closed else None,
            )
        )
    begun = datetime.combine(since, time(9), ZONE)
    record(actor=None, action="office.set-up", target=office, office=office, now=begun, detail={"demo": True})


def tell(demo: Demo, stories: list[Story]) -> None:
    """Every move of every story, in the order in which they happened."""
    moves = [(move.at, number, move) for number, story in enumerate(stories) for move in story.moves]
    items: dict[int, Item] = {}
    for _at, number, move in sorted(moves, key=lambda entry: entry[:2]):
        story = stories[number]
        if move.kind == Kind.SAVE:
            items[number] = save(demo, story, items.get(number), move)
        else:
            step(demo, story, items[number], move)


def save(demo: Demo, story: Story, item: Item | None, move: Move) -> Item:
    """The writer's text as of this move; the attachment comes with the first."""
    assert move.text is not None
    writer = demo.people[story.writers[0].username]
    _stage, round_name = demo.window.stage_on(move.at.date())
    saved = save_draft(
        item=item,
        by=writer,
        fields={
            "unit": demo.units[story.unit.code],
            "title": move.text.title,
            "body": move.text.body,
            "genre": story.genre,
            "stage": story.stage,
            "round": demo.rounds.get(round_name),
            "topic_kind": story.topic_kind,
            "route": story.route,
            "route_reason": story.route_reason,
            "urgent": story.urgent,
            "checker": story.unit.checker,
            "declared_unclassified": True,
        },
        authors=[
            Author(name=each.name, share=each.share, user=demo.people.get(each.username))
            for each in story.writers
        ],
        now=move.at,
    )
    if item is None and story.attachment:
        upload = check_upload(files.make(story.attachment, saved.pk))
        attach(item=saved, upload=upload, by=writer, now=move.at)
    return saved


def step(demo: Demo, story: Story, item: Item, move: Move) -> None:
    """One step of the review by whoever's turn it is; an item that needs no more is left alone."""
    item.refresh_from_db()
    by, comment = demo.people[story.writers[0].username], move.comment
    if move.kind == Kind.FILE:
        action = Action.SUBMIT
    elif move.kind == Kind.WITHDRAW:
        action = Action.WITHDRAW
    elif item.status not in LEVELS:
        return  # a level was passed over, so that the item needed one signature less
    else:
        by = decider(demo, item)
        action = Action.RETURN if move.kind == Kind.RETURN else approval(item.route, item.status)
        if action != Action.RETURN:
            said = texts.COMMENTS_ISSUE if action == Action.ISSUE else texts.COMMENTS_PASS
            comment = demo.rng.choice(said)
    take_step(
        item=item,
        action=action,
        by=by,
        source=item.status,
        version=item.version,
        comment=comment,
        now=move.at,
    )


def decider(demo: Demo, item: Item) -> User:
    """One of the holders of the level's role: the leaders' own items never come to their own level."""
    role = LEVELS[Status(item.status)].role
    return demo.rng.choice([demo.people[person.username] for person in cast.PEOPLE if role in person.roles])
