"""Meetings: who calls, records and concludes them, and that nothing is approved which nobody spoke of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.enums import Role
from accounts.models import AuditEntry, User
from notices.enums import Kind
from notices.models import Notice
from reviews.chain import Road
from reviews.checklists import choices
from reviews.enums import Action, MeetingKind, Stance
from reviews.meetings.agenda import entries_of, entry_of
from reviews.meetings.concluding import conclude
from reviews.meetings.rules import LEVEL_OF
from reviews.meetings.services import (
    MeetingFacts,
    MeetingOver,
    NotForMeeting,
    call_meeting,
    cancel_meeting,
    change_meeting,
    move_on_agenda,
    put_on_agenda,
    record_opinion,
    resolve,
    take_off_agenda,
)
from reviews.models import AgendaItem, Meeting, Opinion
from reviews.undoing.services import undo_step
from submissions.enums import Chain, Route, Status
from submissions.models import Item
from tests.conftest import Cast, City, make_person, shanghai, step
from tests.reviews.builders import IMPORTANT, item_at, refiled

NOW = shanghai("2026-04-10", "09:00")
HELD = shanghai("2026-04-10", "15:00")
AFTER = shanghai("2026-04-10", "17:00")
COUNTY = Road(Chain.COUNTY, Route.ORDINARY)
GROUP, DIRECTORS = MeetingKind.GROUP, MeetingKind.DIRECTORS
SignIn = Callable[[User], Client]


@pytest.fixture
def second(city: City) -> User:
    return make_person(city.office, "group2", "二成员", Role.GROUP_MEMBER)


def called(cast: Cast, kind: str, *members: User, recorder: User | None = None) -> Meeting:
    chair = cast.group_member if kind == GROUP else cast.principal_leader
    facts = MeetingFacts(HELD, "三楼会议室", chair, recorder or cast.section_head, members)
    return call_meeting(office=chair.office, kind=kind, facts=facts, by=cast.section_head, now=NOW)


def waiting(cast: Cast, kind: str) -> Item:
    return item_at(cast, LEVEL_OF[kind].waiting, IMPORTANT if kind == GROUP else COUNTY, NOW)


def on_table(cast: Cast, kind: str, *members: User) -> AgendaItem:
    return put_on_agenda(
        meeting=called(cast, kind, *members), item=waiting(cast, kind), by=cast.section_head, now=NOW
    )


def said(entry: AgendaItem, by: User, *members: User, stance: str = Stance.AGREE) -> None:
    for member in members:
        record_opinion(entry=entry, member=member, stance=stance, text="", by=by, now=HELD)


def resolved(entry: AgendaItem, by: User, approved: bool | None, text: str = "") -> None:
    resolve(entry=entry, approved=approved, text=text, by=by, now=HELD)


def concluded(entry: AgendaItem, now: datetime = AFTER) -> AgendaItem:
    meeting = Meeting.objects.get(pk=entry.meeting_id)
    checked = [code for code, _words in choices(LEVEL_OF[meeting.kind].waiting)]
    conclude(meeting=meeting, checked=checked, by=meeting.chair, now=now)
    entry.refresh_from_db()
    return entry


def state(item: Item) -> str:
    item.refresh_from_db()
    return item.status


# Calling -----------------------------------------------------------------------------------------------


def test_members_are_told_of_time_and_place_once_and_again_when_these_change(
    cast: Cast, second: User
) -> None:
    meeting = called(cast, GROUP, second)
    facts = MeetingFacts(HELD, "三楼会议室", cast.group_member, cast.section_head, [second])
    change_meeting(meeting=meeting, facts=facts, by=cast.section_head, now=NOW)
    assert Notice.objects.filter(kind=Kind.MEETING).count() == 2
    later = MeetingFacts(HELD + timedelta(days=1), "", cast.group_member, cast.section_head, [second])
    change_meeting(meeting=meeting, facts=later, by=cast.section_head, now=NOW)
    notices = Notice.objects.filter(kind=Kind.MEETING, recipient=second).order_by("pk")
    assert [notice.link for notice in notices] == [reverse("reviews:meeting-detail", args=[meeting.pk])] * 2
    assert "2026年4月11日 15:00" in notices[1].text


def test_the_chair_must_be_one_who_decides_at_that_level(cast: Cast) -> None:
    facts = MeetingFacts(HELD, "", cast.supervising_leader, cast.section_head, [])
    for kind in (GROUP, DIRECTORS):
        with pytest.raises(PermissionDenied):
            call_meeting(office=cast.author.office, kind=kind, facts=facts, by=cast.section_head, now=NOW)


@pytest.mark.parametrize("who", ["author", "admin", "auditor", "county_admin"])
def test_only_reviewers_of_the_office_call_meetings(cast: Cast, who: str) -> None:
    facts = MeetingFacts(HELD, "", cast.group_member, cast.section_head, [])
    with pytest.raises(PermissionDenied):
        call_meeting(office=cast.author.office, kind=GROUP, facts=facts, by=getattr(cast, who), now=NOW)


def test_whoever_has_spoken_stays_on_the_list_of_members(cast: Cast, second: User) -> None:
    entry = on_table(cast, GROUP, second)
    said(entry, second, second)
    facts = MeetingFacts(HELD, "", cast.group_member, cast.section_head, [])
    change_meeting(meeting=entry.meeting, facts=facts, by=cast.section_head, now=NOW)
    assert second in entry.meeting.members.all()


def test_a_meeting_called_off_leaves_its_items_waiting(cast: Cast) -> None:
    entry = on_table(cast, GROUP)
    item, meeting = entry.item, entry.meeting
    cancel_meeting(meeting=meeting, by=cast.section_head, now=NOW)
    assert state(item) == Status.GROUP_REVIEW
    assert not Meeting.objects.exists()
    assert AuditEntry.objects.filter(action="meeting.cancel").exists()


# The agenda --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [Status.PRINCIPAL_REVIEW, Status.GROUP_RETURN, Status.ISSUED])
def test_only_what_waits_for_the_meeting_comes_on_its_agenda(cast: Cast, status: str) -> None:
    item = item_at(cast, status, IMPORTANT, NOW)
    with pytest.raises(NotForMeeting):
        put_on_agenda(meeting=called(cast, GROUP), item=item, by=cast.section_head, now=NOW)


def test_an_item_stands_on_one_agenda_at_a_time_and_once_on_it(cast: Cast) -> None:
    entry = on_table(cast, GROUP)
    again = put_on_agenda(meeting=entry.meeting, item=entry.item, by=cast.section_head, now=NOW)
    assert again == entry
    assert AuditEntry.objects.filter(action="agenda.put").count() == 1
    with pytest.raises(NotForMeeting):
        put_on_agenda(meeting=called(cast, GROUP), item=entry.item, by=cast.section_head, now=NOW)


def test_items_are_moved_and_taken_off(cast: Cast) -> None:
    first = on_table(cast, GROUP)
    second = put_on_agenda(meeting=first.meeting, item=waiting(cast, GROUP), by=cast.section_head, now=NOW)
    move_on_agenda(entry=second, up=True, by=cast.section_head, now=NOW)
    move_on_agenda(entry=second, up=True, by=cast.section_head, now=NOW)
    assert [entry.row for entry in entries_of(first.meeting)] == [second, first]
    take_off_agenda(entry=second, by=cast.section_head, now=NOW)
    assert [entry.row for entry in entries_of(first.meeting)] == [first]
    assert state(second.item) == Status.GROUP_REVIEW


def test_a_new_text_takes_the_opinions_on_the_old_one_along(cast: Cast) -> None:
    entry = on_table(cast, GROUP)
    said(entry, cast.group_member, cast.group_member)
    step(entry.item, Action.RETURN, cast.group_member, HELD, "改")
    item = refiled(entry.item, cast.author, HELD, body="另一稿")
    renewed = put_on_agenda(meeting=entry.meeting, item=item, by=cast.section_head, now=HELD)
    assert (renewed.pk, renewed.version.number) == (entry.pk, 2)
    assert not Opinion.objects.exists()


# Opinions ----------------------------------------------------------------------------------------------


def test_a_member_speaks_for_themselves_and_the_recorder_for_everybody(cast: Cast, second: User) -> None:
    entry = on_table(cast, GROUP, second)
    said(entry, second, second)
    said(entry, cast.section_head, cast.group_member, second, stance=Stance.CHANGES)
    assert {opinion.stance for opinion in Opinion.objects.all()} == {Stance.CHANGES}
    assert AuditEntry.objects.filter(action="agenda.opinion").count() == 3


@pytest.mark.parametrize("who", ["supervising_leader", "admin", "author"])
def test_nobody_else_records_an_opinion_or_a_resolution(cast: Cast, second: User, who: str) -> None:
    entry = on_table(cast, GROUP, second)
    other: User = getattr(cast, who)
    with pytest.raises(PermissionDenied):
        said(entry, other, second)
    with pytest.raises(PermissionDenied):
        said(entry, other, other)
    with pytest.raises(PermissionDenied):
        resolved(entry, other, True)
    with pytest.raises(PermissionDenied):
        said(entry, second, cast.group_member)


def test_a_writer_of_the_item_has_no_say_on_it(cast: Cast, second: User) -> None:
    entry = on_table(cast, GROUP, second)
    entry.item.writers.create(user=second)
    with pytest.raises(PermissionDenied):
        said(entry, cast.section_head, second)
    assert entry_of(entry).writers == [second]
    said(entry, cast.section_head, cast.group_member)
    resolved(entry, cast.section_head, True)
    assert concluded(entry).decision is not None


# Conclusion --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [GROUP, DIRECTORS])
def test_the_chair_carries_out_what_was_resolved_in_one_press(cast: Cast, kind: str) -> None:
    members = [cast.supervising_leader, cast.section_head] if kind == DIRECTORS else []
    entry = on_table(cast, kind, *members)
    back = put_on_agenda(meeting=entry.meeting, item=waiting(cast, kind), by=cast.section_head, now=NOW)
    put_off = put_on_agenda(meeting=entry.meeting, item=waiting(cast, kind), by=cast.section_head, now=NOW)
    said(entry, cast.section_head, entry.meeting.chair, *members)
    resolved(entry, cast.section_head, True)
    resolved(back, cast.section_head, False, "补充数据\n核对人名")
    concluded(entry)
    assert [state(each.item) for each in (entry, back, put_off)] == [
        Status.ISSUED,
        LEVEL_OF[kind].returned,
        LEVEL_OF[kind].waiting,
    ]
    assert entry.decision is not None
    assert (entry.decision.by, entry.decision.at) == (entry.meeting.chair, AFTER)
    assert "2026年4月10日" in entry.decision.comment
    assert entry.decision.checked
    back.refresh_from_db()
    assert back.decision is not None
    assert [point.text for point in back.decision.points.order_by("position")] == ["补充数据", "核对人名"]


def test_pressing_twice_concludes_once(cast: Cast, as_user: SignIn) -> None:
    entry = on_table(cast, GROUP)
    said(entry, cast.section_head, cast.group_member)
    resolved(entry, cast.section_head, True)
    url = reverse("reviews:meeting-conclude", args=[entry.meeting_id])
    checked = {"checked": [code for code, _words in choices(Status.GROUP_REVIEW)]}
    client = as_user(cast.group_member)
    with time_machine.travel(AFTER):
        answers = [client.post(url, checked).status_code for _press in range(2)]
    assert answers == [302, 302]
    assert entry.item.decisions.filter(action=Action.ISSUE).count() == 1
    assert AuditEntry.objects.filter(action="meeting.conclude").count() == 1


def test_a_concluded_meeting_stays_as_it_is(cast: Cast) -> None:
    entry = on_table(cast, GROUP)
    concluded(entry)
    with pytest.raises(MeetingOver):
        concluded(entry)
    with pytest.raises(MeetingOver):
        said(entry, cast.section_head, cast.group_member)
    with pytest.raises(MeetingOver):
        resolved(entry, cast.section_head, True)
    with pytest.raises(MeetingOver):
        take_off_agenda(entry=entry, by=cast.section_head, now=AFTER)


def test_what_was_overtaken_meanwhile_is_left_with_its_reason(cast: Cast, second: User) -> None:
    entry = on_table(cast, GROUP)
    said(entry, cast.section_head, cast.group_member)
    resolved(entry, cast.section_head, True)
    step(entry.item, Action.RETURN, second, HELD, "先改")
    concluded(entry)
    assert entry.decision is None
    assert str(Status.GROUP_RETURN.label) in entry.failure
    assert state(entry.item) == Status.GROUP_RETURN


def test_what_was_withdrawn_meanwhile_is_left_with_its_reason(cast: Cast) -> None:
    entry = on_table(cast, DIRECTORS)
    said(entry, cast.section_head, cast.principal_leader)
    resolved(entry, cast.section_head, True)
    step(entry.item, Action.WITHDRAW, cast.author, HELD)
    concluded(entry)
    assert entry.decision is None
    assert str(Status.WITHDRAWN.label) in entry.failure


def test_a_text_changed_meanwhile_is_not_approved(cast: Cast) -> None:
    entry = on_table(cast, DIRECTORS)
    said(entry, cast.section_head, cast.principal_leader)
    resolved(entry, cast.section_head, True)
    step(entry.item, Action.WITHDRAW, cast.author, HELD)
    refiled(entry.item, cast.author, HELD, body="另一稿")
    concluded(entry)
    assert entry.decision is None
    assert state(entry.item) == Status.MEETING_REVIEW


def test_nothing_is_approved_before_everybody_was_heard(cast: Cast, second: User) -> None:
    entry = on_table(cast, GROUP, second)
    said(entry, cast.section_head, cast.group_member)
    resolved(entry, cast.section_head, True)
    concluded(entry)
    assert "二成员" in entry.failure
    assert state(entry.item) == Status.GROUP_REVIEW


def test_a_meeting_of_less_than_half_approves_nothing(cast: Cast, second: User) -> None:
    entry = on_table(cast, GROUP, second)
    said(entry, cast.section_head, cast.group_member)
    said(entry, cast.section_head, second, stance=Stance.ABSENT)
    resolved(entry, cast.section_head, True)
    assert concluded(entry).failure
    assert state(entry.item) == Status.GROUP_REVIEW


def test_only_the_chair_concludes_and_not_before_it_begins(cast: Cast, second: User) -> None:
    entry = on_table(cast, GROUP, second)
    for by, now in ((second, AFTER), (cast.section_head, AFTER), (cast.group_member, NOW)):
        with pytest.raises(PermissionDenied):
            conclude(meeting=entry.meeting, checked=[], by=by, now=now)


def test_a_chair_who_has_lost_the_role_decides_nothing(cast: Cast) -> None:
    entry = on_table(cast, GROUP)
    said(entry, cast.section_head, cast.group_member)
    resolved(entry, cast.section_head, True)
    cast.group_member.grants.all().delete()
    concluded(entry)
    assert entry.failure
    assert state(entry.item) == Status.GROUP_REVIEW


def test_what_the_chair_takes_back_is_said_and_can_be_discussed_again(cast: Cast) -> None:
    entry = on_table(cast, GROUP)
    said(entry, cast.section_head, cast.group_member)
    resolved(entry, cast.section_head, True)
    decision = concluded(entry).decision
    assert decision is not None
    assert not entry_of(entry).undone
    undo_step(decision=decision, by=cast.group_member, now=AFTER + timedelta(minutes=1))
    assert entry_of(entry).undone
    item = Item.objects.get(pk=entry.item_id)
    put_on_agenda(meeting=called(cast, GROUP), item=item, by=cast.section_head, now=AFTER)


# The county rule ---------------------------------------------------------------------------------------


def test_an_ordinary_item_of_a_county_is_not_approved_without_a_meeting(cast: Cast) -> None:
    item = waiting(cast, DIRECTORS)
    with pytest.raises(PermissionDenied):
        step(item, Action.ISSUE, cast.principal_leader, AFTER)
    assert state(item) == Status.MEETING_REVIEW


def test_it_is_approved_once_a_meeting_that_began_has_heard_everybody(cast: Cast) -> None:
    entry = on_table(cast, DIRECTORS, cast.section_head)
    said(entry, cast.section_head, cast.principal_leader)
    with pytest.raises(PermissionDenied):
        step(entry.item, Action.ISSUE, cast.principal_leader, AFTER)
    said(entry, cast.section_head, cast.section_head)
    with pytest.raises(PermissionDenied):
        step(entry.item, Action.ISSUE, cast.principal_leader, HELD - timedelta(minutes=1))
    assert step(entry.item, Action.ISSUE, cast.principal_leader, AFTER).status == Status.ISSUED


def test_it_can_be_returned_without_a_meeting(cast: Cast) -> None:
    item = step(waiting(cast, DIRECTORS), Action.RETURN, cast.principal_leader, AFTER, "改标题")
    assert item.status == Status.MEETING_RETURN


# Pages -------------------------------------------------------------------------------------------------


def pages(entry: AgendaItem) -> list[str]:
    meeting = [entry.meeting_id]
    names = ["detail", "edit", "cancel", "conclude", "opinion", "sheet", "sheet-docx"]
    return [
        reverse("reviews:meeting-list"),
        *(reverse(f"reviews:meeting-{name}", args=meeting) for name in names),
        reverse("reviews:agenda-add", args=meeting),
        reverse("reviews:agenda-record", args=[entry.pk]),
    ]


@pytest.mark.parametrize("who", ["author", "county_admin", "auditor"])
def test_others_do_not_see_meetings(cast: Cast, as_user: SignIn, who: str) -> None:
    client, entry = as_user(getattr(cast, who)), on_table(cast, GROUP)
    assert {client.get(url).status_code for url in pages(entry)} == {403}


def test_the_head_of_a_unit_does_not_see_meetings(cast: Cast, city: City, as_user: SignIn) -> None:
    head = make_person(city.county, "head", "县主任", Role.UNIT_HEAD)
    entry = on_table(cast, GROUP)
    assert {as_user(head).get(url).status_code for url in pages(entry)} == {403}


def test_another_offices_reviewers_find_nothing(cast: Cast, foreign_cast: Cast, as_user: SignIn) -> None:
    client, entry = as_user(foreign_cast.section_head), on_table(cast, GROUP)
    assert {client.get(url).status_code for url in pages(entry)[1:]} == {404}
    assert b"2026-04-10" not in client.get(reverse("reviews:meeting-list")).content


def test_the_administrator_looks_on_and_changes_nothing(cast: Cast, as_user: SignIn) -> None:
    client, entry = as_user(cast.admin), on_table(cast, GROUP)
    may = [reverse("reviews:meeting-list"), reverse("reviews:meeting-detail", args=[entry.meeting_id])]
    assert {client.get(url).status_code for url in may} == {200}
    assert client.post(reverse("reviews:agenda-change", args=[entry.pk]), {"do": "off"}).status_code == 403
    assert client.get(reverse("reviews:agenda-record", args=[entry.pk])).status_code == 403
    assert client.get(reverse("reviews:meeting-create", args=[GROUP])).status_code == 403


def test_a_meeting_is_called_and_its_agenda_set_on_the_pages(
    cast: Cast, second: User, as_user: SignIn
) -> None:
    item, client = waiting(cast, GROUP), as_user(cast.section_head)
    page = client.get(reverse("reviews:meeting-create", args=[GROUP]))
    assert page.context["form"].initial["members"] == [cast.group_member.pk, second.pk]
    fields = {
        "held_at": "2026-04-10T15:00",
        "place": "三楼",
        "chair": cast.group_member.pk,
        "recorder": cast.section_head.pk,
        "members": [second.pk],
    }
    answer = client.post(reverse("reviews:meeting-create", args=[GROUP]), fields)
    meeting = Meeting.objects.get()
    assert answer["Location"] == reverse("reviews:agenda-add", args=[meeting.pk])
    assert meeting.held_at == HELD
    client.post(answer["Location"], {"items": [item.pk]})
    assert [entry.row.item for entry in entries_of(meeting)] == [item]
    assert not client.get(answer["Location"]).context["items"]


def test_a_chair_without_the_role_is_refused_on_the_page(cast: Cast, as_user: SignIn) -> None:
    fields: dict[str, Any] = {
        "held_at": "2026-04-10T15:00",
        "chair": cast.supervising_leader.pk,
        "recorder": cast.section_head.pk,
        "members": [cast.supervising_leader.pk],
    }
    answer = as_user(cast.section_head).post(reverse("reviews:meeting-create", args=[DIRECTORS]), fields)
    assert answer.status_code == 422
    assert "chair" in answer.context["form"].errors


def test_the_recorder_writes_the_minutes_of_an_item(cast: Cast, second: User, as_user: SignIn) -> None:
    entry = on_table(cast, GROUP, second)
    fields = {
        f"m{cast.group_member.pk}-stance": "agree",
        f"m{second.pk}-stance": "",
        f"m{second.pk}-text": "说了什么",
        "approved": "no",
        "resolution": "",
    }
    client, url = as_user(cast.section_head), reverse("reviews:agenda-record", args=[entry.pk])
    assert client.post(url, fields).status_code == 422
    assert not Opinion.objects.exists()
    fields |= {f"m{second.pk}-stance": "changes", "resolution": "补充数据"}
    assert client.post(url, fields).status_code == 302
    entry.refresh_from_db()
    assert (entry.approved, entry.resolution) == (False, "补充数据")
    assert Opinion.objects.count() == 2


def test_the_recorders_page_leaves_alone_what_a_member_said_meanwhile(
    cast: Cast, second: User, as_user: SignIn
) -> None:
    entry = on_table(cast, GROUP, second)
    said(entry, second, second)
    untouched = {f"initial-m{second.pk}-stance": "changes", f"m{second.pk}-stance": "changes"}
    before_it_was_said = {f"initial-m{second.pk}-stance": "", f"m{second.pk}-stance": ""}
    client, url = as_user(cast.section_head), reverse("reviews:agenda-record", args=[entry.pk])
    for fields in (untouched, before_it_was_said):
        answer = client.post(url, {**fields, f"m{cast.group_member.pk}-stance": "agree", "approved": "yes"})
        assert answer.status_code == 302
        assert Opinion.objects.get(member=second).stance == Stance.AGREE


def test_a_member_gives_an_opinion_of_their_own(cast: Cast, second: User, as_user: SignIn) -> None:
    entry = on_table(cast, GROUP, second)
    url = reverse("reviews:meeting-opinion", args=[entry.meeting_id])
    fields = {f"e{entry.pk}-stance": "agree", f"e{entry.pk}-text": "已阅"}
    assert as_user(second).post(url, fields).status_code == 302
    opinion = Opinion.objects.get()
    assert (opinion.member, opinion.recorded_by, opinion.text) == (second, second, "已阅")
    assert as_user(cast.supervising_leader).get(url).status_code == 403


def test_the_chair_ticks_every_point_before_something_is_approved(cast: Cast, as_user: SignIn) -> None:
    entry = on_table(cast, GROUP)
    said(entry, cast.section_head, cast.group_member)
    resolved(entry, cast.section_head, True)
    url = reverse("reviews:meeting-conclude", args=[entry.meeting_id])
    with time_machine.travel(AFTER):
        assert as_user(cast.group_member).post(url, {}).status_code == 422
    assert state(entry.item) == Status.GROUP_REVIEW


def test_an_item_is_put_on_an_agenda_from_its_own_page(cast: Cast, as_user: SignIn) -> None:
    item, meeting = waiting(cast, GROUP), called(cast, GROUP)
    client, url = as_user(cast.section_head), reverse("reviews:item-agenda", args=[item.pk])
    assert url in client.get(reverse("submissions:item-detail", args=[item.pk])).content.decode()
    assert client.post(url, {"meeting": meeting.pk}).status_code == 302
    assert item.agenda_entries.count() == 1
    assert as_user(cast.author).get(url).status_code == 403


def test_the_decision_page_says_that_a_meeting_is_needed(cast: Cast, as_user: SignIn) -> None:
    item = waiting(cast, DIRECTORS)
    page = as_user(cast.principal_leader).get(reverse("reviews:item-decide", args=[item.pk]))
    assert reverse("reviews:item-agenda", args=[item.pk]) in page.content.decode()


def test_lists_take_the_same_number_of_queries_whatever_their_length(
    cast: Cast, as_user: SignIn, django_assert_num_queries: Any
) -> None:
    client = as_user(cast.section_head)
    first = on_table(cast, GROUP)
    urls = [reverse("reviews:meeting-list"), reverse("reviews:meeting-detail", args=[first.meeting_id])]
    counts = []
    for url in urls:
        client.get(url)
        with CaptureQueriesContext(connection) as few:
            client.get(url)
        counts.append(len(few))
    for _number in range(4):
        called(cast, GROUP)
        put_on_agenda(meeting=first.meeting, item=waiting(cast, GROUP), by=cast.section_head, now=NOW)
    for url, count in zip(urls, counts, strict=True):
        with django_assert_num_queries(count):
            client.get(url)
