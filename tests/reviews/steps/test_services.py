"""`take_step`: every row of the table works, nothing else does, and nobody judges their own work."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts.enums import Role
from accounts.models import AuditEntry, RoleGrant, User
from accounts.services.roles import grant_role
from reviews.chain import ROADS, STEPS, IllegalStep, Level, Road, approval, behind, road_of
from reviews.enums import SIGNING, Action
from reviews.models import Decision
from reviews.steps.moving import Overtaken, TextChanged
from reviews.steps.services import NobodyCanDecide, NotReady, ReasonMissing, take_step
from submissions.enums import Chain, Route, Status
from submissions.models import Item, StaleMonth, Version
from submissions.services.drafts import Author, save_draft
from tests.conftest import LONG_AGO, Cast, City, draft, filed, issued, make_person, shanghai, step
from tests.reviews.builders import (
    IMPORTANT,
    NOW,
    ORDINARY,
    decider,
    discussed,
    important,
    item_at,
    refiled,
    revised,
    states,
    unit_head,
    use_chain,
)

PEOPLE = [
    "author",
    "colleague",
    "other_author",
    "section_head",
    "supervising_leader",
    "principal_leader",
    "group_member",
    "admin",
    "county_admin",
    "auditor",
]
REVIEWING = [(road, level) for road, levels in ROADS.items() for level in levels]
COUNTY = Road(Chain.UNIT_FIRST_COUNTY, Route.IMPORTANT)
#: Steps that bring a text or an item along have functions of their own.
BY_HAND = {Action.SUBMIT, Action.WITHDRAW, Action.PASS, Action.RETURN, Action.ISSUE, Action.SEND_BACK}


def take(item: Item, action: Action, by: User, comment: str = "", **seen: Any) -> Decision:
    """Take a step from the state given, or from where the item stands."""
    item.refresh_from_db()
    seen = {"source": item.status, "version": item.version, **seen}
    return take_step(item=item, action=action, by=by, comment=comment, now=NOW, **seen)


def back_to(item: Item, action: Action) -> str | None:
    """Where a step back leads, if there is a level before."""
    earlier = behind(road_of(item), item.status) if action == Action.SEND_BACK else []
    return earlier[0].waiting if earlier else None


def end_roles(person: User) -> None:
    """As if the person had never held a role."""
    person.grants.all().delete()


def everything() -> tuple[Any, ...]:
    """All that a step may change."""
    return tuple(
        list(model.objects.order_by("pk").values())
        for model in (Item, Decision, AuditEntry, StaleMonth, Version)
    )


# The table


@pytest.mark.parametrize(
    "row",
    [step for step in STEPS if step.action in BY_HAND],
    ids=lambda row: f"{row.road.chain}-{row.road.route}-{row.source}-{row.action}-{row.target}",
)
def test_every_row_of_the_table_works(cast: Cast, row) -> None:
    item = item_at(cast, row.source, row.road)
    if row.action == Action.WITHDRAW and item.decisions.signed().exists():
        return  # the table names it, the rule of the first decision forbids it: tested below
    person = cast.author if row.role == Role.AUTHOR else decider(cast, row.source)
    if (row.source, row.action) == (Status.MEETING_REVIEW, Action.ISSUE):
        discussed(item, person, NOW)
    to = row.target if row.action == Action.SEND_BACK else None
    decision = take(item, row.action, person, comment="意见", to=to)
    item.refresh_from_db()
    assert item.status == row.target
    assert item.status_since == NOW
    assert (decision.source, decision.target, decision.role, decision.by) == (
        row.source,
        row.target,
        row.role,
        person,
    )


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize(
    ("road", "status"), [(road, status) for road in (ORDINARY, COUNTY) for status in states(road)]
)
def test_what_the_table_does_not_name_is_refused_to_everybody(
    cast: Cast, road: Road, status: Status, action: Action
) -> None:
    if any((step.road, step.source, step.action) == (road, status, action) for step in STEPS):
        return
    item = item_at(cast, status, road)
    before = everything()
    for person in PEOPLE:
        with pytest.raises(IllegalStep):
            take(item, action, getattr(cast, person), comment="意见")
    assert everything() == before


@pytest.mark.parametrize(("road", "level"), REVIEWING, ids=lambda value: getattr(value, "waiting", value))
def test_nobody_records_a_recusal_by_hand(cast: Cast, road: Road, level: Level) -> None:
    item = item_at(cast, level.waiting, road)
    for person in PEOPLE:
        with pytest.raises(PermissionDenied):
            take(item, Action.RECUSE, getattr(cast, person))


@pytest.mark.parametrize(("road", "level"), REVIEWING, ids=lambda value: getattr(value, "waiting", value))
def test_only_the_holder_of_the_level_decides(cast: Cast, road: Road, level: Level) -> None:
    item = item_at(cast, level.waiting, road)
    before = everything()
    for person in PEOPLE:
        for action in SIGNING:
            if person != level.role:
                with pytest.raises((PermissionDenied, IllegalStep)):
                    take(item, action, getattr(cast, person), comment="意见", to=back_to(item, action))
    assert everything() == before


@pytest.mark.parametrize("status", [Status.DRAFT, Status.WITHDRAWN, Status.SECTION_RETURN])
@pytest.mark.parametrize("person", [person for person in PEOPLE if person != "author"])
def test_only_its_writers_file_an_item(cast: Cast, status: Status, person: str) -> None:
    item = item_at(cast, status)
    with pytest.raises(PermissionDenied):
        take(item, Action.SUBMIT, getattr(cast, person))


def test_a_coauthor_may_file_and_withdraw(cast: Cast) -> None:
    authors = [Author("甲作者", 1, cast.author), Author("乙同事", 1, cast.colleague)]
    item = step(draft(cast.author, NOW, authors=authors), Action.SUBMIT, cast.colleague, NOW)
    assert step(item, Action.WITHDRAW, cast.colleague, NOW).status == Status.WITHDRAWN


def test_somebody_without_any_role_no_longer_files(cast: Cast) -> None:
    item = draft(cast.author, NOW)
    end_roles(cast.author)
    with pytest.raises(PermissionDenied):
        take(item, Action.SUBMIT, User.objects.get(pk=cast.author.pk))


# What a step leaves behind


def test_filing_gives_number_version_and_time(cast: Cast) -> None:
    item = filed(cast.author, NOW)
    assert (item.version, item.submitted_at, item.issued_at) == (1, NOW, None)
    assert item.number == f"{cast.author.unit.code}-2026-0001"
    assert item.versions.get().content["title"] == item.title


def test_a_resubmission_keeps_number_and_time_and_adds_a_version(cast: Cast) -> None:
    item = item_at(cast, Status.SECTION_RETURN)
    number = item.number
    item = refiled(item, cast.author, shanghai("2026-05-02"), title="修改后的标题")
    assert (item.version, item.number, item.submitted_at) == (2, number, NOW)
    titles = item.versions.order_by("number").values_list("content__title", flat=True)
    assert list(titles) == ["青山县扎实推进巡察整改", "修改后的标题"]


def test_filing_after_a_withdrawal_counts_from_the_new_time(cast: Cast) -> None:
    item = item_at(cast, Status.WITHDRAWN)
    later = shanghai("2026-05-02")
    assert step(item, Action.SUBMIT, cast.author, later).submitted_at == later


@pytest.mark.parametrize("action", [Action.PASS, Action.RETURN])
def test_every_step_writes_one_decision_and_one_audit_row(cast: Cast, action: Action) -> None:
    item = filed(cast.author, NOW)
    decisions, entries = item.decisions.count(), AuditEntry.objects.count()
    take(item, action, cast.section_head, comment="请核实")
    assert item.decisions.count() == decisions + 1
    assert AuditEntry.objects.count() == entries + 1
    entry = AuditEntry.objects.order_by("pk").last()
    assert entry is not None
    version = item.versions.get()
    assert (entry.actor, entry.action, entry.target_id) == (cast.section_head, f"item.{action}", str(item.pk))
    assert entry.detail == {
        "from": Status.SECTION_REVIEW,
        "to": item.decisions.order_by("-pk")[0].target,
        "version": 1,
        "sha256": version.sha256,
    }


def test_a_signature_names_the_version_it_was_given_to(cast: Cast) -> None:
    item = item_at(cast, Status.SUPERVISING_RETURN)
    item = refiled(item, cast.author, body="改好了。")
    take(item, Action.PASS, cast.supervising_leader)
    numbers = item.decisions.signed().order_by("pk").values_list("action", "version__number")
    assert list(numbers) == [("pass", 1), ("return", 1), ("pass", 2)]


@pytest.mark.parametrize(
    ("status", "action", "months"),
    [
        (Status.DRAFT, Action.SUBMIT, {"2026-04"}),
        (Status.SECTION_REVIEW, Action.WITHDRAW, {"2026-02"}),
        (Status.PRINCIPAL_REVIEW, Action.ISSUE, {"2026-02", "2026-04"}),
        (Status.SECTION_REVIEW, Action.PASS, set()),
        (Status.SECTION_REVIEW, Action.RETURN, set()),
    ],
)
def test_months_whose_figures_move_are_marked_with_the_step(
    cast: Cast, status: Status, action: Action, months: set[str]
) -> None:
    item = item_at(cast, status, now=shanghai("2026-02-03"))
    StaleMonth.objects.all().delete()
    person = cast.author if action in {Action.SUBMIT, Action.WITHDRAW} else decider(cast, status)
    take(item, action, person, comment="意见")
    assert {f"{stale.month:%Y-%m}" for stale in StaleMonth.objects.filter(office=item.office)} == months


def test_the_month_is_the_one_in_shanghai(cast: Cast) -> None:
    item = draft(cast.author, NOW)
    step(item, Action.SUBMIT, cast.author, shanghai("2026-05-01", "00:10"))
    assert f"{StaleMonth.objects.get().month:%Y-%m}" == "2026-05"


@pytest.mark.parametrize("table", ["accounts_auditentry", "reviews_decision", "submissions_stalemonth"])
def test_nothing_is_written_when_one_part_of_the_step_cannot_be(cast: Cast, table: str) -> None:
    item = item_at(cast, Status.PRINCIPAL_REVIEW)
    StaleMonth.objects.all().delete()
    before = everything()
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION pg_temp.refuse() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the disk is full'; END $$"
        )
        cursor.execute(f"CREATE TRIGGER refuse BEFORE INSERT ON {table} EXECUTE FUNCTION pg_temp.refuse()")
    with pytest.raises(DatabaseError):
        take(item, Action.ISSUE, cast.principal_leader)
    assert everything() == before


# What is missing


@pytest.mark.parametrize("comment", ["", "   ", "\n\t"])
def test_a_return_needs_a_reason(cast: Cast, comment: str) -> None:
    item = filed(cast.author, NOW)
    with pytest.raises(ReasonMissing):
        take(item, Action.RETURN, cast.section_head, comment=comment)
    item.refresh_from_db()
    assert item.status == Status.SECTION_REVIEW


def test_an_incomplete_draft_is_not_filed(cast: Cast) -> None:
    item = draft(cast.author, NOW, title="", checker="", declared_unclassified=False)
    before = everything()
    with pytest.raises(NotReady) as refused:
        take(item, Action.SUBMIT, cast.author)
    assert set(refused.value.problems) == {"title", "checker", "declared_unclassified"}
    assert everything() == before


# Somebody was faster, or the text has changed


def test_a_step_from_a_state_that_is_gone_is_overtaken(cast: Cast) -> None:
    item = item_at(cast, Status.SUPERVISING_REVIEW)
    before = everything()
    with pytest.raises(Overtaken):
        take(item, Action.PASS, cast.section_head, source=Status.SECTION_REVIEW)
    assert everything() == before


def test_a_decision_on_a_text_filed_again_since_is_refused(cast: Cast) -> None:
    item = refiled(item_at(cast, Status.SECTION_RETURN), cast.author, body="改好了。")
    before = everything()
    with pytest.raises(TextChanged) as refused:
        take(item, Action.PASS, cast.section_head, version=1)
    assert (refused.value.read, refused.value.current) == (1, 2)
    assert everything() == before


# Withdrawal


def test_an_item_is_withdrawn_only_before_the_first_decision(cast: Cast) -> None:
    item = item_at(cast, Status.SUPERVISING_REVIEW)
    with pytest.raises(IllegalStep):
        take(item, Action.WITHDRAW, cast.author)


def test_an_item_is_not_withdrawn_once_it_was_returned(cast: Cast) -> None:
    item = refiled(item_at(cast, Status.SECTION_RETURN), cast.author, body="改好了。")
    with pytest.raises(IllegalStep):
        take(item, Action.WITHDRAW, cast.author)


def test_a_recusal_is_no_decision_so_the_item_can_still_be_withdrawn(cast: Cast) -> None:
    end_roles(cast.section_head)
    item = filed(cast.author, NOW)
    assert item.status == Status.SUPERVISING_REVIEW
    assert step(item, Action.WITHDRAW, cast.author, NOW).status == Status.WITHDRAWN


def test_reviewers_and_strangers_do_not_withdraw(cast: Cast) -> None:
    item = filed(cast.author, NOW)
    for person in [person for person in PEOPLE if person != "author"]:
        with pytest.raises(PermissionDenied):
            take(item, Action.WITHDRAW, getattr(cast, person))


# Nobody judges their own work


@pytest.mark.parametrize("level", ROADS[IMPORTANT], ids=lambda level: level.waiting)
def test_a_reviewers_own_item_passes_over_their_level(cast: Cast, city: City, level) -> None:
    leader = decider(cast, level.waiting)
    item = filed(leader, NOW, **important(Route.IMPORTANT))
    for other in ROADS[IMPORTANT]:
        if other != level and item.status == other.waiting:
            item = step(item, step_action(item), decider(cast, other.waiting), NOW)
    assert item.status == Status.ISSUED
    recused = item.decisions.get(action=Action.RECUSE)
    assert (recused.source, recused.role, recused.by) == (level.waiting, level.role, None)
    assert not item.decisions.signed().filter(by=leader).exists()


def step_action(item: Item) -> Action:
    return approval(road_of(item), item.status)


@pytest.mark.parametrize("part", ["submitter", "coauthor"])
def test_a_holder_who_wrote_the_item_is_out_while_another_holder_decides(
    cast: Cast, city: City, part: str
) -> None:
    deputy = make_person(city.section, "deputy", "副科长", Role.SECTION_HEAD)
    if part == "submitter":
        item = filed(cast.section_head, NOW)
    else:
        authors = [Author("甲作者", 2, cast.author), Author("丁科长", 1, cast.section_head)]
        item = filed(cast.author, NOW, authors=authors)
    assert item.status == Status.SECTION_REVIEW
    with pytest.raises(PermissionDenied):
        take(item, Action.PASS, cast.section_head)
    assert step(item, Action.PASS, deputy, NOW).status == Status.SUPERVISING_REVIEW


def test_taking_ones_name_off_does_not_make_one_a_judge(cast: Cast) -> None:
    authors = [Author("甲作者", 1, cast.author), Author("戊分管", 1, cast.supervising_leader)]
    item = filed(cast.author, NOW, authors=authors)
    item = step(item, Action.RETURN, cast.section_head, NOW, "请核实")
    save_draft(item=item, by=cast.author, fields={}, authors=authors[:1], now=NOW)
    item = step(item, Action.SUBMIT, cast.author, NOW)
    item = step(item, Action.PASS, cast.section_head, NOW)
    assert item.status == Status.PRINCIPAL_REVIEW
    assert item.decisions.get(action=Action.RECUSE).source == Status.SUPERVISING_REVIEW


def test_a_signer_cannot_become_an_author(cast: Cast) -> None:
    item = item_at(cast, Status.SUPERVISING_RETURN)
    authors = [Author("甲作者", 1, cast.author), Author("丁科长", 1, cast.section_head)]
    save_draft(item=item, by=cast.author, fields={}, authors=authors, now=NOW)
    with pytest.raises(NotReady) as refused:
        take(item, Action.SUBMIT, cast.author)
    assert set(refused.value.problems) == {"authors"}
    assert "丁科长" in refused.value.problems["authors"]


@pytest.mark.parametrize("route", Route)
def test_nobody_signs_two_levels_whatever_roles_they_hold(cast: Cast, city: City, route: Route) -> None:
    everyone = [decider(cast, level.waiting) for level in ROADS[Road(Chain.THREE_LEVELS, route)]]
    for person in everyone:
        for level in ROADS[Road(Chain.THREE_LEVELS, route)]:
            if person != decider(cast, level.waiting):
                grant_role(user=person, role=level.role, unit=city.office, since=LONG_AGO)
    item = filed(cast.author, NOW, **important(route))
    signed: list[User] = []
    while item.status != Status.ISSUED:
        for person in signed:
            with pytest.raises(PermissionDenied):
                take(item, step_action(item), person)
        person = next(one for one in everyone if one not in signed)
        item = step(item, step_action(item), person, NOW)
        signed.append(person)
    assert len(signed) == len(set(signed)) == len(ROADS[Road(Chain.THREE_LEVELS, route)])


def test_the_one_holder_of_two_roles_signs_the_first_and_is_recused_from_the_second(
    cast: Cast, city: City
) -> None:
    end_roles(cast.supervising_leader)
    grant_role(user=cast.section_head, role=Role.SUPERVISING_LEADER, unit=city.office, since=LONG_AGO)
    item = step(filed(cast.author, NOW), Action.PASS, cast.section_head, NOW)
    assert item.status == Status.PRINCIPAL_REVIEW
    assert item.decisions.get(action=Action.RECUSE).source == Status.SUPERVISING_REVIEW


def test_whoever_returned_an_item_decides_on_it_again(cast: Cast) -> None:
    item = refiled(item_at(cast, Status.SUPERVISING_RETURN), cast.author, body="改好了。")
    assert item.status == Status.SUPERVISING_REVIEW
    assert step(item, Action.PASS, cast.supervising_leader, NOW).status == Status.PRINCIPAL_REVIEW


def test_somebody_of_another_office_decides_on_nothing_here(cast: Cast, foreign_cast: Cast) -> None:
    item = filed(cast.author, NOW)
    with pytest.raises(PermissionDenied):
        take(item, Action.PASS, foreign_cast.section_head)


# Levels without anybody


def test_a_level_without_a_holder_is_passed_over_and_recorded(cast: Cast) -> None:
    end_roles(cast.supervising_leader)
    item = step(filed(cast.author, NOW), Action.PASS, cast.section_head, NOW)
    assert item.status == Status.PRINCIPAL_REVIEW
    passed, recused = item.decisions.in_order()[1:]
    assert (passed.action, recused.action, recused.by) == (Action.PASS, Action.RECUSE, None)
    assert AuditEntry.objects.get(action="item.recuse").actor is None


def test_holders_who_left_or_whose_time_is_over_do_not_count(cast: Cast) -> None:
    cast.section_head.is_active = False
    cast.section_head.save()
    cast.supervising_leader.grants.update(until=shanghai("2026-04-09").date())
    assert filed(cast.author, NOW).status == Status.PRINCIPAL_REVIEW


def test_the_last_level_that_can_decide_issues(cast: Cast) -> None:
    end_roles(cast.principal_leader)
    item = item_at(cast, Status.SUPERVISING_REVIEW)
    item = step(item, Action.PASS, cast.supervising_leader, NOW)
    assert (item.status, item.issued_at) == (Status.ISSUED, NOW)


@pytest.mark.parametrize("route", Route)
def test_an_office_where_no_level_could_decide_is_told_at_filing(cast: Cast, route: Route) -> None:
    for level in ROADS[Road(Chain.THREE_LEVELS, route)]:
        end_roles(decider(cast, level.waiting))
    item = draft(cast.author, NOW, **important(route))
    before = everything()
    with pytest.raises(NobodyCanDecide) as refused:
        take(item, Action.SUBMIT, cast.author)
    assert refused.value.roles == [level.role for level in ROADS[Road(Chain.THREE_LEVELS, route)]]
    assert everything() == before


def test_a_leader_who_holds_every_level_alone_cannot_file(cast: Cast, city: City) -> None:
    for level in ROADS[ORDINARY]:
        end_roles(decider(cast, level.waiting))
    for level in ROADS[ORDINARY]:
        grant_role(user=cast.principal_leader, role=level.role, unit=city.office, since=LONG_AGO)
    with pytest.raises(NobodyCanDecide):
        take(draft(cast.principal_leader, NOW), Action.SUBMIT, cast.principal_leader)


def test_the_head_of_a_unit_issues_nothing_alone(cast: Cast) -> None:
    """In a county whose director wrote along, nobody of the office is left to decide at the meeting."""
    use_chain(cast, Chain.UNIT_FIRST_COUNTY)
    item = filed(cast.author, NOW, authors=[Author("甲", 1), Author("主任", 1, cast.principal_leader)])
    assert item.status == Status.UNIT_REVIEW
    before = everything()
    with pytest.raises(NobodyCanDecide) as refused:
        take(item, Action.PASS, unit_head(cast))
    assert refused.value.roles == [Role.PRINCIPAL_LEADER]
    assert everything() == before


def test_a_returned_item_is_not_issued_because_its_level_has_emptied(cast: Cast) -> None:
    item = item_at(cast, Status.PRINCIPAL_RETURN)
    end_roles(cast.principal_leader)
    revised(item, cast.author, body="没有人签过的正文。")
    with pytest.raises(NobodyCanDecide) as refused:
        take(item, Action.SUBMIT, cast.author)
    assert refused.value.roles == [Role.PRINCIPAL_LEADER]
    item.refresh_from_db()
    assert (item.status, item.version, item.versions.count()) == (Status.PRINCIPAL_RETURN, 1, 1)


def test_an_item_whose_level_emptied_while_it_waited_stays_where_it_is(cast: Cast) -> None:
    item = filed(cast.author, NOW)
    end_roles(cast.section_head)
    with pytest.raises(PermissionDenied):
        take(item, Action.PASS, User.objects.get(pk=cast.section_head.pk))
    item.refresh_from_db()
    assert item.status == Status.SECTION_REVIEW


def test_a_role_that_begins_tomorrow_does_not_decide_today(cast: Cast) -> None:
    RoleGrant.objects.filter(user=cast.section_head).update(since=timezone.localdate(shanghai("2026-04-11")))
    assert filed(cast.author, NOW).status == Status.SUPERVISING_REVIEW


# Facts that stay


def test_an_issued_item_is_never_moved_again(cast: Cast) -> None:
    item = issued(cast.author, cast, NOW)
    for action in Action:
        for person in PEOPLE:
            with pytest.raises((IllegalStep, PermissionDenied)):
                take(item, action, getattr(cast, person), comment="意见")


def test_decisions_without_their_person_are_refused_by_the_database(cast: Cast) -> None:
    item = filed(cast.author, NOW)
    facts = {
        "item": item,
        "version": item.versions.get(),
        "source": Status.SECTION_REVIEW,
        "target": Status.SECTION_RETURN,
        "role": Role.SECTION_HEAD,
        "at": NOW,
    }
    for wrong in (
        {"action": Action.PASS, "by": None},
        {"action": Action.RECUSE, "by": cast.section_head},
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            Decision.objects.create(**facts, **wrong)
