"""Rules R55 and R58 of docs/scoring.md: the steps of a bulletin, who may take them, and what they void."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from accounts.enums import Role
from accounts.models import AuditEntry
from accounts.services.roles import grant_role
from bulletins.enums import BulletinStatus
from bulletins.models import Bulletin
from bulletins.services.drafting import BulletinMoved
from bulletins.services.life import (
    FiguresPending,
    PeriodNotOver,
    Unanswered,
    WordsPending,
    WrongDay,
    check_bulletin,
    issue_bulletin,
    open_bulletin,
    reopen_bulletin,
    sign_bulletin,
)
from bulletins.services.objections import raise_objection
from bulletins.services.text import edit_text
from scoring.periods.period import Period
from scoring.services.versions import create_default_scheme
from tests.conftest import LONG_AGO, make_person, shanghai
from tests.stats.world import AFTER, adopted, checked, counted, drafted, open_to_objections, out, put_out

LATER = shanghai("2026-04-09")
UNTIL = "2026-04-05"


@pytest.fixture(autouse=True)
def _scheme(city) -> None:
    create_default_scheme(office=city.office, effective_from=LONG_AGO, now=AFTER)


def in_threads(*calls: Callable[[], object]) -> list[Exception]:
    """Run the calls at once, each on a connection of its own; gives what they raised."""
    start, failures = threading.Barrier(len(calls)), []

    def run(call: Callable[[], object]) -> None:
        try:
            start.wait(timeout=10)
            call()
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return failures


def test_r55_a_bulletin_goes_from_draft_over_objections_to_its_number(cast, city) -> None:
    bulletin = open_to_objections(city.office, cast.admin, UNTIL)
    assert bulletin.status == BulletinStatus.OBJECTIONS
    bulletin = check_bulletin(bulletin=bulletin, by=cast.section_head, sha256=bulletin.sha256, now=LATER)
    assert bulletin.status == BulletinStatus.CHECKED
    bulletin = sign_bulletin(bulletin=bulletin, by=cast.principal_leader, sha256=bulletin.sha256, now=LATER)
    assert bulletin.status == BulletinStatus.SIGNED
    assert bulletin.number is None
    bulletin = issue_bulletin(bulletin=bulletin, by=cast.admin, sha256=bulletin.sha256, now=LATER)
    assert (bulletin.status, bulletin.year, bulletin.number) == (BulletinStatus.ISSUED, 2026, 1)
    actions = AuditEntry.objects.filter(action__startswith="bulletin.").order_by("pk")
    assert [entry.action for entry in actions] == [
        "bulletin.draft", "bulletin.open", "bulletin.check", "bulletin.sign", "bulletin.issue",
    ]  # fmt: skip


def test_r55_the_leader_signs_and_issues_with_one_press(cast, city) -> None:
    bulletin = out(checked(city.office, cast.admin), cast.principal_leader)
    assert (bulletin.status, bulletin.number) == (BulletinStatus.ISSUED, 1)
    assert bulletin.signed_by == bulletin.issued_by == cast.principal_leader


def test_r55_nothing_is_issued_without_a_signature(cast, city) -> None:
    bulletin = checked(city.office, cast.admin)
    for person in (cast.admin, cast.principal_leader):
        with pytest.raises(BulletinMoved):
            issue_bulletin(bulletin=bulletin, by=person, sha256=bulletin.sha256, now=AFTER)


def test_r55_whoever_checked_does_not_sign(cast, city) -> None:
    deputy = cast.supervising_leader
    grant_role(user=deputy, role=Role.PRINCIPAL_LEADER, unit=city.office, since=LONG_AGO)
    bulletin = checked(city.office, deputy)
    with pytest.raises(PermissionDenied):
        sign_bulletin(bulletin=bulletin, by=deputy, sha256=bulletin.sha256, now=AFTER)
    assert out(bulletin, cast.principal_leader).number == 1


def test_r55_whoever_acts_for_the_leader_signs_while_he_acts_and_no_longer(cast, city) -> None:
    acting = make_person(city.office, "acting", "代签人")
    today = timezone.localdate()
    grant_role(
        user=acting,
        role=Role.PRINCIPAL_LEADER,
        unit=city.office,
        since=today - timedelta(days=9),
        until=today - timedelta(days=1),
    )
    bulletin = checked(city.office, cast.admin)
    with pytest.raises(PermissionDenied):
        sign_bulletin(bulletin=bulletin, by=acting, sha256=bulletin.sha256, now=AFTER)
    substitute = make_person(city.office, "substitute", "现任代签人")
    grant_role(
        user=substitute,
        role=Role.PRINCIPAL_LEADER,
        unit=city.office,
        since=today - timedelta(days=1),
        until=today + timedelta(days=1),
    )
    assert out(bulletin, substitute).signed_by == substitute


def test_r55_whoever_wrote_in_the_text_does_not_check_it(cast, city) -> None:
    draft = drafted(city.office)
    draft = edit_text(
        bulletin=draft, words={"opening.1": "现通报如下。"}, by=cast.admin, sha256=draft.sha256, now=AFTER
    )
    second = make_person(city.office, "second", "第二管理员", Role.OFFICE_ADMIN)
    draft = edit_text(
        bulletin=draft, words={"demands.2": "（一）早报。"}, by=second, sha256=draft.sha256, now=AFTER
    )
    for person in (cast.admin, second):
        with pytest.raises(PermissionDenied):
            check_bulletin(bulletin=draft, by=person, sha256=draft.sha256, now=AFTER)
    done = check_bulletin(bulletin=draft, by=cast.section_head, sha256=draft.sha256, now=AFTER)
    assert done.checked_by == cast.section_head


@pytest.mark.parametrize("who", ["author", "group_member", "county_admin", "auditor", "principal_leader"])
def test_r55_nobody_else_checks(who, cast, city) -> None:
    draft = drafted(city.office)
    with pytest.raises(PermissionDenied):
        check_bulletin(bulletin=draft, by=getattr(cast, who), sha256=draft.sha256, now=AFTER)


@pytest.mark.parametrize("who", ["author", "section_head", "supervising_leader", "county_admin", "auditor"])
def test_r55_nobody_else_signs_issues_or_reopens(who, cast, city) -> None:
    person = getattr(cast, who)
    ready = checked(city.office, cast.admin)
    seen = ready.sha256
    with pytest.raises(PermissionDenied):
        sign_bulletin(bulletin=ready, by=person, sha256=seen, now=AFTER)
    with pytest.raises(PermissionDenied):
        reopen_bulletin(bulletin=ready, by=person, sha256=seen, now=AFTER)
    sign_bulletin(bulletin=ready, by=cast.principal_leader, sha256=seen, now=AFTER)
    with pytest.raises(PermissionDenied):
        issue_bulletin(bulletin=ready, by=person, sha256=seen, now=AFTER)


def test_r55_an_administrator_of_another_office_has_no_say(foreign_cast, cast, city) -> None:
    draft = drafted(city.office)
    foreign = {"by": foreign_cast.admin, "sha256": draft.sha256, "now": AFTER}
    with pytest.raises(PermissionDenied):
        check_bulletin(bulletin=draft, **foreign)
    with pytest.raises(PermissionDenied):
        open_bulletin(bulletin=draft, until=date(2026, 4, 5), **foreign)
    with pytest.raises(PermissionDenied):
        edit_text(bulletin=draft, words={"opening.1": "乱改"}, **foreign)
    ready = checked(city.office, cast.admin)
    with pytest.raises(PermissionDenied):
        sign_bulletin(bulletin=ready, by=foreign_cast.principal_leader, sha256=ready.sha256, now=AFTER)


def test_r55_figures_that_wait_to_be_counted_are_not_checked(cast, city, outlets) -> None:
    draft = drafted(city.office)
    adopted(cast, outlets["city"], "2026-02-11")
    with pytest.raises(FiguresPending):
        check_bulletin(bulletin=draft, by=cast.admin, sha256=draft.sha256, now=AFTER)
    anew = drafted(city.office)
    with pytest.raises(BulletinMoved):
        check_bulletin(bulletin=anew, by=cast.admin, sha256=draft.sha256, now=AFTER)
    done = check_bulletin(bulletin=anew, by=cast.admin, sha256=anew.sha256, now=AFTER)
    assert done.checked_by == cast.admin


def test_r55_a_period_that_runs_is_neither_opened_nor_checked(cast, city) -> None:
    running = drafted(city.office, Period.parse("2026-04"))
    with pytest.raises(PeriodNotOver):
        check_bulletin(bulletin=running, by=cast.admin, sha256=running.sha256, now=AFTER)
    with pytest.raises(PeriodNotOver):
        open_to_objections(city.office, cast.admin, "2026-05-01", Period.parse("2026-04"))


def test_r55_a_checked_bulletin_stands_still_until_it_is_made_a_draft_again(cast, city, outlets) -> None:
    bulletin = checked(city.office, cast.admin)
    adopted(cast, outlets["city"], "2026-02-11")
    assert drafted(city.office).sha256 == bulletin.sha256
    seen = bulletin.sha256
    reopened = reopen_bulletin(bulletin=bulletin, by=cast.admin, sha256=seen, now=LATER)
    assert (reopened.status, reopened.checked_by, len(reopened.content.adoptions)) == (
        BulletinStatus.DRAFT,
        None,
        1,
    )


def test_r55_reopening_voids_check_and_signature_and_the_record_says_whose(cast, city) -> None:
    bulletin = checked(city.office, cast.admin)
    signed = sign_bulletin(bulletin=bulletin, by=cast.principal_leader, sha256=bulletin.sha256, now=AFTER)
    reopened = reopen_bulletin(bulletin=signed, by=cast.principal_leader, sha256=signed.sha256, now=LATER)
    assert (reopened.status, reopened.checked_by, reopened.signed_by) == (BulletinStatus.DRAFT, None, None)
    entry = AuditEntry.objects.get(action="bulletin.reopen")
    assert (entry.detail["checked_by"], entry.detail["signed_by"]) == ("辛管理", "己主要")
    assert entry.detail["sha256"] == bulletin.sha256


def test_r55_what_was_not_read_is_neither_signed_nor_issued_nor_reopened(cast, city) -> None:
    ready = checked(city.office, cast.admin)
    other = {"by": cast.principal_leader, "sha256": "0" * 64, "now": AFTER}
    for step in (sign_bulletin, reopen_bulletin):
        with pytest.raises(BulletinMoved):
            step(bulletin=ready, **other)
    sign_bulletin(bulletin=ready, by=cast.principal_leader, sha256=ready.sha256, now=AFTER)
    with pytest.raises(BulletinMoved):
        issue_bulletin(bulletin=ready, **other)
    ready.refresh_from_db()
    assert ready.status == BulletinStatus.SIGNED


def test_r55_numbers_begin_anew_with_the_year_of_issue(cast, city) -> None:
    with_number = [put_out(cast, Period.parse(text)) for text in ("2025-12", "2026-01")]
    assert [(bulletin.year, bulletin.number) for bulletin in with_number] == [(2026, 1), (2026, 2)]
    later = checked(city.office, cast.admin, Period.parse("2026-02"))
    later = out(later, cast.principal_leader, shanghai("2027-01-01", "00:00"))
    assert (later.year, later.number) == (2027, 1)


def test_r58_the_check_waits_for_the_last_day_and_for_every_answer(cast, city, outlets) -> None:
    adopted(cast, outlets["city"], "2026-02-11")
    counted(city.office, "2026-02")
    bulletin = open_to_objections(city.office, cast.admin, UNTIL)
    check = {"by": cast.section_head, "sha256": bulletin.sha256}
    with pytest.raises(Unanswered):
        check_bulletin(bulletin=bulletin, now=shanghai(UNTIL, "23:59"), **check)
    line = bulletin.content.lines[0]
    raise_objection(
        bulletin=bulletin,
        unit=city.county,
        line_key=line.key,
        reason="应为自治区级",
        by=cast.author,
        now=shanghai(UNTIL, "23:59"),
    )
    with pytest.raises(Unanswered):
        check_bulletin(bulletin=bulletin, now=LATER, **check)


def test_r58_the_last_day_is_moved_but_not_into_the_past(cast, city) -> None:
    bulletin = open_to_objections(city.office, cast.admin, UNTIL)
    again = {"bulletin": bulletin, "by": cast.admin, "sha256": bulletin.sha256, "now": AFTER}
    assert open_bulletin(until=date(2026, 4, 20), **again).objections_until == date(2026, 4, 20)
    with pytest.raises(WrongDay):
        open_bulletin(until=date(2026, 4, 1), **again)


def test_r80_an_edit_that_wants_a_look_keeps_the_bulletin_from_its_check(cast, city, outlets) -> None:
    draft = drafted(city.office)
    draft = edit_text(
        bulletin=draft, words={"overview.2": "报送零条。"}, by=cast.admin, sha256=draft.sha256, now=AFTER
    )
    adopted(cast, outlets["city"], "2026-02-11")
    anew = drafted(city.office)
    with pytest.raises(WordsPending):
        check_bulletin(bulletin=anew, by=cast.section_head, sha256=anew.sha256, now=AFTER)
    looked = edit_text(
        bulletin=anew, words={"overview.2": "报送一条。"}, by=cast.admin, sha256=anew.sha256, now=AFTER
    )
    done = check_bulletin(bulletin=looked, by=cast.section_head, sha256=looked.sha256, now=AFTER)
    assert done.status == BulletinStatus.CHECKED


@pytest.mark.django_db(transaction=True)
def test_two_leaders_who_sign_and_issue_at_once_give_one_number(cast, city) -> None:
    second = make_person(city.office, "second", "另一位主要领导", Role.PRINCIPAL_LEADER)
    bulletin = checked(city.office, cast.admin)

    def press(person) -> Callable[[], object]:
        return lambda: out(bulletin, person)

    failures = in_threads(press(cast.principal_leader), press(second), press(second))
    assert [type(failure) for failure in failures] == [BulletinMoved, BulletinMoved]
    assert Bulletin.objects.get().number == 1
    assert AuditEntry.objects.filter(action="bulletin.issue").count() == 1


@pytest.mark.django_db(transaction=True)
def test_signature_and_return_at_once_leave_one_of_the_two(cast, city) -> None:
    bulletin = checked(city.office, cast.admin)
    seen = bulletin.sha256
    failures = in_threads(
        lambda: out(bulletin, cast.principal_leader),
        lambda: reopen_bulletin(bulletin=bulletin, by=cast.admin, sha256=seen, now=AFTER),
    )
    assert [type(failure) for failure in failures] == [BulletinMoved]
    assert Bulletin.objects.get().status in {BulletinStatus.ISSUED, BulletinStatus.DRAFT}
