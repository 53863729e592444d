"""Random people doing random things to random items: what must always hold, holds."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from accounts.enums import Role
from accounts.models import AuditEntry, RoleGrant, StandIn, User
from accounts.services.roles import grant_role
from reviews.chain import FILED_FROM, FINAL, LEVELS, MEETING, ROADS, STEPS, IllegalStep, road_of
from reviews.enums import APPROVING, SIGNING, Action
from reviews.models import AgendaItem, CheckedUnit, Decision, OfficeRule
from reviews.querysets import deciders
from reviews.steps.moving import Overtaken, TextChanged
from reviews.steps.services import NobodyCanDecide, NotReady, ReasonMissing, take_step
from reviews.undoing.services import CannotUndo, undo_step
from submissions.enums import EDITABLE, Chain, Route, Status
from submissions.models import Item
from submissions.services.drafts import Author, ItemLocked, save_draft
from submissions.services.filing import content_hash
from tests.conftest import LONG_AGO, City, draft, make_city, make_person, shanghai
from tests.reviews.builders import discussed

REFUSALS = (
    PermissionDenied,
    IllegalStep,
    NobodyCanDecide,
    NotReady,
    Overtaken,
    ReasonMissing,
    TextChanged,
)
TABLE = {(step.road, step.source, step.action, step.target, step.role) for step in STEPS}
#: Everybody writes; some hold several levels, most levels have several holders.
PEOPLE: dict[str, list[Role]] = {
    "author": [],
    "colleague": [],
    "unit head": [Role.UNIT_HEAD],
    "head": [Role.SECTION_HEAD],
    "leader": [Role.SUPERVISING_LEADER],
    "two levels": [Role.SECTION_HEAD, Role.SUPERVISING_LEADER],
    "principal": [Role.PRINCIPAL_LEADER],
    "every level": sorted({level.role for level in LEVELS.values()}),
    "administrator": [Role.OFFICE_ADMIN],
}
persons = st.sampled_from(sorted(PEOPLE))
writing = st.lists(persons, min_size=1, max_size=2, unique=True)
numbers = st.integers(0, 3)
kinds = st.sampled_from(["onward", "onward", "onward", "return", "return", "back", "withdraw"])
chains = st.sampled_from([Chain.THREE_LEVELS, Chain.COUNTY])


class Office(RuleBasedStateMachine):
    """One office and up to four items; every rule is one thing somebody does."""

    city: ClassVar[City]
    people: ClassVar[dict[str, User]]

    def __init__(self) -> None:
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.now = shanghai("2026-04-10")
        self.texts = 0
        self.items: list[Item] = []
        #: Hash of every version when it was first seen.
        self.frozen: dict[int, str] = {}
        #: Who was ever a writer of a filed version, by item.
        self.writers: dict[int, set[int]] = {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    def person(self, name: str) -> User:
        """As the next request loads them."""
        found: User = User.objects.get(pk=self.people[name].pk)
        return found

    def one(self, number: int) -> Item:
        return Item.objects.get(pk=self.items[number % len(self.items)].pk)

    # What people do

    @initialize(route=st.sampled_from(Route), writers=writing, chain=chains, own_check=st.booleans())
    def begin(self, route: Route, writers: list[str], chain: Chain, own_check: bool) -> None:
        self.set_rule(chain, own_check)
        self.write_down(route, writers)

    @rule(chain=chains, own_check=st.booleans())
    def change_the_rule(self, chain: Chain, own_check: bool) -> None:
        """What is on its way goes on as it began."""
        self.set_rule(chain, own_check)
        for item in self.items:
            self.check(item)

    def set_rule(self, chain: Chain, own_check: bool) -> None:
        office, county = self.city.office, self.city.county
        OfficeRule.objects.update_or_create(office=office, defaults={"chain": chain})
        CheckedUnit.objects.filter(unit=county).delete()
        if own_check:
            set_by = self.people["administrator"]
            CheckedUnit.objects.create(unit=county, since=self.now, set_by=set_by)

    @precondition(lambda self: len(self.items) < 4)
    @rule(route=st.sampled_from(Route), writers=writing)
    def write(self, route: Route, writers: list[str]) -> None:
        self.write_down(route, writers)

    def write_down(self, route: Route, writers: list[str]) -> None:
        """A new item of one person or two."""
        by = self.person(writers[0])
        authors = [Author(name, 1, self.people[name]) for name in writers]
        reason = "全市重点工作" if route == Route.IMPORTANT else ""
        self.items.append(draft(by, self.now, route=route, route_reason=reason, authors=authors))

    @rule(number=numbers, pick=st.integers(0, 9), kind=kinds)
    def go_on(self, number: int, pick: int, kind: str) -> None:
        """A step the table knows, by somebody whose kind of step it is."""
        self.step_of_kind(self.one(number), pick, kind)

    @rule(number=numbers, picks=st.lists(st.integers(0, 9), min_size=2, max_size=8), kind=kinds)
    def go_far(self, number: int, picks: list[int], kind: str) -> None:
        """Onward, and at last a step of some kind."""
        for pick in picks[:-1]:
            self.step_of_kind(self.one(number), pick, "onward")
        self.step_of_kind(self.one(number), picks[-1], kind)

    def step_of_kind(self, item: Item, pick: int, kind: str) -> None:
        steps = {
            step.action: step for step in STEPS if (step.road, step.source) == (road_of(item), item.status)
        }
        onward = next(iter(steps.values()), None)
        wanted = {"return": Action.RETURN, "withdraw": Action.WITHDRAW, "back": Action.SEND_BACK}
        step = steps.get(wanted.get(kind, Action.PASS), onward)
        if step is None:
            return
        names = [item.submitter.username]
        if step.role != Role.AUTHOR:
            able = deciders(item, LEVELS[Status(item.status)], self.now)
            holders = User.objects.filter(grants__role=step.role)
            people = able if pick % 3 and able else holders
            names = sorted(person.username for person in people) or sorted(PEOPLE)
        to = step.target if step.action == Action.SEND_BACK else None
        by = self.person(names[pick % len(names)])
        if item.status == MEETING.waiting and pick % 2:
            discussed(item, by, self.now)
        self.take(item, step.action, by.username, "意见", to=to)

    @rule(
        number=numbers,
        name=persons,
        action=st.sampled_from(Action),
        comment=st.sampled_from(["意见", ""]),
        to=st.sampled_from([None, *Status]),
    )
    def try_anything(self, number: int, name: str, action: Action, comment: str, to: Status | None) -> None:
        self.take(self.one(number), action, name, comment, to=to)

    @rule(number=numbers, name=persons, action=st.sampled_from(Action), other=st.sampled_from(Status))
    def press_on_an_old_page(self, number: int, name: str, action: Action, other: Status) -> None:
        """A step from a page of another moment."""
        item = self.one(number)
        if item.version and other == item.status:
            self.take(item, action, name, "意见", version=item.version - 1)
        elif other != item.status:
            self.take(item, action, name, "意见", source=other)

    @rule(number=numbers, authors=st.lists(persons, min_size=1, max_size=3, unique=True))
    def revise(self, number: int, authors: list[str]) -> None:
        """Another text and other authors, if the item is in its writers' hands."""
        item = self.one(number)
        self.texts += 1
        self.now += timedelta(hours=1)
        before = self.everything()
        lines = [Author(author, 1, self.people[author]) for author in authors]
        fields = {"body": f"第{self.texts}稿"}
        try:
            with transaction.atomic():
                save_draft(item=item, by=item.submitter, fields=fields, authors=lines, now=self.now)
        except ItemLocked:
            assert self.everything() == before
        self.check(item)

    @rule(name=persons, role=st.sampled_from(sorted(level.role for level in LEVELS.values())))
    def give_role(self, name: str, role: Role) -> None:
        person = self.person(name)
        if name != "administrator" and not person.grants.filter(role=role).exists():
            grant_role(user=person, role=role, unit=self.city.county, since=LONG_AGO)

    @rule(name=persons, pick=st.integers(0, 9))
    def take_a_role_away(self, name: str, pick: int) -> None:
        grants = list(self.person(name).grants.exclude(role=Role.AUTHOR).order_by("pk"))
        if grants:
            grants[pick % len(grants)].delete()

    @rule(role=st.sampled_from(sorted(level.role for level in LEVELS.values())), luck=st.integers(0, 3))
    def let_a_role_fall_vacant(self, role: Role, luck: int) -> None:
        if not luck:
            RoleGrant.objects.filter(role=role).delete()

    @rule(absent=persons, stand_in=persons, hours=st.integers(-2, 3))
    def travel(self, absent: str, stand_in: str, hours: int) -> None:
        """Somebody is away for some hours, or was; who acts for whom is anybody's guess."""
        if stand_in not in {absent, "administrator"}:
            since = self.now + timedelta(hours=min(hours, 0))
            StandIn.objects.create(
                absent=self.people[absent],
                stand_in=self.people[stand_in],
                since=since,
                until=since + timedelta(hours=abs(hours) + 1),
                given_by=self.people[absent],
                given_at=since,
            )

    @rule(number=numbers, minutes=st.sampled_from([1, 1, 1, 7]), name=st.none() | persons)
    def take_back(self, number: int, minutes: int, name: str | None) -> None:
        """The last decision on an item, by whoever made it or by somebody, soon or too late."""
        item = self.one(number)
        decision = item.decisions.filter(by__isnull=False).order_by("-pk").first()
        if decision is None:
            return
        self.now += timedelta(minutes=minutes)
        before, by = self.everything(), self.people[name] if name else decision.by
        assert by is not None
        try:
            with transaction.atomic():
                undo_step(decision=decision, by=by, now=self.now)
        except (PermissionDenied, CannotUndo) as refusal:
            assert self.everything() == before, "a refusal leaves nothing behind"
            event(f"undo refused: {type(refusal).__name__}")
            return
        event(f"undo of {decision.action}")
        after = Item.objects.get(pk=item.pk)
        assert (after.status, after.version) == (decision.source, item.version)
        assert self.now - decision.at <= timedelta(minutes=5)
        self.check(after)

    # What must come of it

    def take(
        self, item: Item, action: Action, name: str, comment: str, *, to: str | None = None, **page: Any
    ) -> None:
        self.now += timedelta(hours=1)
        seen = {"source": item.status, "version": item.version, **page}
        before = self.everything()
        try:
            with transaction.atomic():
                decision = take_step(
                    item=item,
                    action=action,
                    by=self.person(name),
                    comment=comment,
                    to=to,
                    now=self.now,
                    **seen,
                )
        except REFUSALS as refusal:
            assert self.everything() == before, "a refused step leaves nothing behind"
            event(f"{action} refused: {type(refusal).__name__}")
            return
        assert not page, "a page of another moment takes no step"
        self.after(item, decision, len(before[2]))
        event(f"{action} to {decision.target}")

    def after(self, old: Item, decision: Decision, entries: int) -> None:
        """What a step that was taken has brought about."""
        item = Item.objects.get(pk=old.pk)
        new = list(item.decisions.filter(pk__gte=decision.pk).order_by("pk"))
        assert [step.action for step in new[1:]] == [Action.RECUSE] * (len(new) - 1)
        assert AuditEntry.objects.count() == entries + len(new), "one audit row a step"
        assert item.version == old.version + (decision.action == Action.SUBMIT)
        if decision.action == Action.SUBMIT:
            authors = item.authorships.exclude(user=None).values_list("user_id", flat=True)
            self.writers.setdefault(item.pk, set()).update({item.submitter_id, *authors})
        if item.status in LEVELS:
            level = LEVELS[Status(item.status)]
            assert deciders(item, level, self.now).exists(), "no step leads to where nobody can decide"
        if old.number:
            assert item.number == old.number
        if old.status == MEETING.waiting and decision.action in APPROVING:
            on_the_table = AgendaItem.objects.filter(item=item, version=decision.version)
            assert on_the_table.exists(), "a meeting has spoken of what it approves"
        if old.status not in FILED_FROM:
            assert item.chain == old.chain, "the chain is settled when an item is filed"
        self.check(item)

    def everything(self) -> tuple[Any, ...]:
        models = (Item, Decision, AuditEntry)
        return tuple(list(model.objects.order_by("pk").values()) for model in models)

    def check(self, item: Item) -> None:
        """What holds of an item at any time."""
        item = Item.objects.get(pk=item.pk)
        every = list(item.decisions.select_related("version", "undoes", "undone_by").order_by("at", "pk"))
        self.walk(item, every)
        decisions = [step for step in every if not (step.undoes or hasattr(step, "undone_by"))]
        signed = {
            (person, step.source)
            for step in decisions
            if step.action in SIGNING
            for person in (step.by_id, step.acting_for_id)
            if person
        }
        signers = {person for person, _source in signed}
        assert len(signed) == len(signers), "one signer, one level"
        assert not signers & self.writers.get(item.pk, set()), "nobody judges their own work"
        if item.status == FINAL:
            approved = [step for step in decisions if step.action in APPROVING]
            assert approved[-1].version.number == item.version, "somebody has signed what is issued"
        versions = list(item.versions.order_by("number"))
        assert [version.number for version in versions] == list(range(1, item.version + 1))
        for version in versions:
            assert version.sha256 == content_hash(version.content)
            assert self.frozen.setdefault(version.pk, version.sha256) == version.sha256
        if item.status not in EDITABLE:
            filed = versions[-1].content
            assert {key: filed[key] for key in ("title", "genre", "body")} == {
                "title": item.title,
                "genre": item.genre,
                "body": item.body,
            }, "only who writes can be at another text than the filed one"

    def since_filing(self, decisions: list[Decision]) -> list[Decision]:
        """From the step on with which the item was filed anew, along the road of its present chain."""
        begun = [place for place, step in enumerate(decisions) if step.source in FILED_FROM]
        return decisions[begun[-1] :] if begun else decisions

    def walk(self, item: Item, decisions: list[Decision]) -> None:
        """The history leads from the draft to where the item stands, along the table."""
        place = Status.DRAFT.value
        for step in decisions:
            assert step.source == place
            if step.undoes:
                assert (step.source, step.target) == (step.undoes.target, step.undoes.source)
                place = step.target
                continue
            row = (step.source, step.action, step.target, step.role)
            roads = [road_of(item)] if step in self.since_filing(decisions) else ROADS
            assert any((road, *row) in TABLE for road in roads)
            place = step.target
        assert item.status == place


@pytest.mark.django_db
def test_whatever_people_do_the_rules_of_review_hold() -> None:
    Office.city = city = make_city()
    Office.people = {
        name: make_person(city.county, name, name, Role.AUTHOR, *roles) for name, roles in PEOPLE.items()
    }
    run_state_machine_as_test(
        Office,
        settings=settings(
            max_examples=40, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
