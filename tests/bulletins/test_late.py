"""Rules R81 and R82 of docs/scoring.md: late entries of earlier issues, and issues that correct others."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from adoptions.entries.services import edit_entry, revoke_entry
from adoptions.services import AdoptionFacts, Share
from bulletins.models import Bulletin
from bulletins.services.drafting import BulletinMoved, correct_bulletin, draft_bulletin
from bulletins.services.life import FiguresPending, sign_bulletin
from scoring.periods.period import Period
from scoring.services.versions import create_default_scheme
from tests.conftest import LONG_AGO, shanghai
from tests.stats.world import AFTER, LINK, QUARTER, adopted, checked, counted, out, put_out

LATER = shanghai("2026-07-02")
NEXT = QUARTER.shifted(3)
WHAT = "青山县市级采用数由1条更正为2条"


@pytest.fixture(autouse=True)
def _scheme(city) -> None:
    create_default_scheme(office=city.office, effective_from=LONG_AGO, now=AFTER)


def next_quarter(city, now=LATER) -> Bulletin:
    return draft_bulletin(office=city.office, period=NEXT, now=now)


def of(bulletin: Bulletin, name: str):
    return next(row for group in bulletin.content.groups for row in group.rows if row.name == name)


def test_r81_an_adoption_that_came_after_the_issue_is_listed_in_the_next(cast, city, outlets) -> None:
    adopted(cast, outlets["city"], "2026-02-11")
    counted(city.office, "2026-02")
    put_out(cast)
    adopted(cast, outlets["province"], "2026-03-20", title="迟到的一件")
    late = next_quarter(city).content.late
    assert [(row.change, row.line.item_title, row.points) for row in late] == [
        ("added", "迟到的一件", Decimal(20))
    ]
    assert (str(late[0].period), late[0].year, late[0].number) == ("2026Q1", 2026, 1)


def test_r81_late_points_are_in_the_running_total_and_not_in_the_period(cast, city, outlets) -> None:
    adopted(cast, outlets["city"], "2026-02-11")
    counted(city.office, "2026-02")
    issue = put_out(cast)
    adopted(cast, outlets["province"], "2026-03-20", title="迟到的一件")
    bulletin = next_quarter(city)
    row, before = of(bulletin, "青山县"), of(issue, "青山县")
    late = sum(line.points for line in bulletin.content.late)
    assert row.points == 0
    assert row.points_to_date == before.points_to_date + row.points + late
    assert "补登、更正1条，得分计入累计，不计入本期" in "".join(line.text for line in bulletin.content.body)
    assert [attachment.kind for attachment in bulletin.content.attachments][-1] == "late"


def test_r81_what_was_revoked_or_is_worth_something_else_is_listed_with_the_difference(
    cast, city, outlets
) -> None:
    gone = adopted(cast, outlets["city"], "2026-02-11", title="撤销的一件")
    item = adopted(cast, outlets["county"], "2026-03-11", title="后来更高的一件").item
    counted(city.office, "2026-02")
    counted(city.office, "2026-03")
    put_out(cast)
    revoke_entry(entry=gone, reason="登记错误", revision=gone.revision, by=cast.admin, now=LATER)
    adopted(cast, outlets["city"], "2026-03-10", item=item)
    late = {(row.change, row.line.outlet): row.points for row in next_quarter(city).content.late}
    assert late == {
        ("removed", "示例市日报"): Decimal(-10),
        ("added", "示例市日报"): Decimal(10),
        ("changed", "示例县融媒"): Decimal(-5),
    }


def test_r81_nothing_is_listed_twice(cast, city, outlets) -> None:
    put_out(cast)
    adopted(cast, outlets["province"], "2026-03-20", title="迟到的一件")
    april = draft_bulletin(office=city.office, period=Period.parse("2026-04"), now=LATER)
    assert len(april.content.late) == 1
    assert len(next_quarter(city).content.late) == 1
    ready = checked(city.office, cast.admin, Period.parse("2026-04"))
    out(ready, cast.principal_leader, LATER)
    assert next_quarter(city).content.late == ()


@pytest.mark.parametrize("day", [date(2026, 4, 1), date(2026, 7, 1)])
def test_r81_what_moves_into_a_later_quarter_is_gone_from_the_first_and_told_once(
    cast, city, outlets, day
) -> None:
    """29 March is corrected to a day of the second or third quarter: 10 points in all."""
    moved = adopted(cast, outlets["city"], "2026-03-29")
    put_out(cast)
    later = shanghai("2026-10-02")
    facts = AdoptionFacts(outlet=outlets["city"], date=day, credits=[Share(city.county)], link=LINK)
    edit_entry(entry=moved, facts=facts, reason="日期登错", revision=moved.revision, by=cast.admin, now=later)
    second = out(checked(city.office, cast.admin, NEXT, later), cast.principal_leader, later)
    assert [(row.change, row.points) for row in second.content.late] == [("removed", Decimal(-10))]
    third = draft_bulletin(office=city.office, period=NEXT.shifted(3), now=later)
    assert third.content.late == ()
    points = [of(issue, "青山县").points for issue in (second, third)]
    assert points == ([10, 0] if day.month == 4 else [0, 10])
    assert of(third, "青山县").points_to_date == 10


def test_r81_a_bulletin_whose_late_entries_another_has_printed_meanwhile_is_not_issued(
    cast, city, outlets
) -> None:
    put_out(cast)
    adopted(cast, outlets["province"], "2026-03-20", title="迟到的一件")
    first = checked(city.office, cast.admin, Period.parse("2026-04"), LATER)
    second = checked(city.office, cast.admin, NEXT, LATER)
    out(first, cast.principal_leader, LATER)
    with pytest.raises(FiguresPending):
        out(second, cast.principal_leader, LATER)
    second.refresh_from_db()
    assert second.status == "checked"


def test_r81_a_fact_of_a_time_without_an_issue_is_not_late(cast, city, outlets) -> None:
    adopted(cast, outlets["province"], "2026-03-20")
    assert next_quarter(city).content.late == ()


def test_r81_what_an_issue_counted_without_printing_it_is_late_in_the_next(cast, city, outlets) -> None:
    """Of the first quarter there is no bulletin; readers have it in the running total of the second."""
    gone = adopted(cast, outlets["city"], "2026-02-11", title="撤销的一件")
    issue = put_out(cast, NEXT)
    assert of(issue, "青山县").points_to_date == 10
    adopted(cast, outlets["province"], "2026-03-20", title="迟到的一件")
    revoke_entry(entry=gone, reason="登记错误", revision=gone.revision, by=cast.admin, now=LATER)
    adopted(cast, outlets["county"], "2026-08-01", title="第三季度的一件")
    third = draft_bulletin(office=city.office, period=NEXT.shifted(3), now=shanghai("2026-10-02"))
    late = {(row.change, row.line.item_title): row for row in third.content.late}
    assert {key: row.points for key, row in late.items()} == {
        ("removed", "撤销的一件"): Decimal(-10),
        ("added", "迟到的一件"): Decimal(20),
    }
    assert {(str(row.period), row.number) for row in late.values()} == {("2025-12..2026-03", 1)}
    row = of(third, "青山县")
    assert row.points_to_date == 10 + row.points + sum(row.points for row in late.values()) == 25


def test_r81_an_issue_of_its_own_speaks_for_days_that_another_only_counted(cast, city, outlets) -> None:
    adopted(cast, outlets["city"], "2026-02-11", title="早到的一件")
    put_out(cast, NEXT)
    adopted(cast, outlets["province"], "2026-03-20", title="迟到的一件")
    put_out(cast)
    third = draft_bulletin(office=city.office, period=NEXT.shifted(3), now=shanghai("2026-10-02"))
    assert third.content.late == ()


def test_r82_a_correction_is_a_new_issue_that_names_the_old_one(cast, city, outlets) -> None:
    adopted(cast, outlets["city"], "2026-02-11")
    counted(city.office, "2026-02")
    issue = put_out(cast)
    frozen = issue.document
    adopted(cast, outlets["city"], "2026-02-12", title="漏登的一件")
    correction = correct_bulletin(bulletin=issue, what=WHAT, by=cast.admin, now=AFTER)
    assert (correction.period, correction.status) == (issue.period, "draft")
    assert len(correction.content.adoptions) == 2
    told = "".join(line.text for line in correction.content.body)
    assert f"2026年第1期通报有误：{WHAT}。现予更正，以本期为准。" in told
    ready = checked(city.office, cast.admin)
    assert ready.pk == correction.pk
    second = out(ready, cast.principal_leader)
    assert second.content.corrects
    assert (second.number, second.content.corrects.number) == (2, 1)
    issue.refresh_from_db()
    assert (issue.document, issue.status, issue.corrected_by) == (frozen, "issued", second)


def test_r82_an_issue_has_one_correction_and_that_one_may_be_corrected_again(cast, city) -> None:
    issue = put_out(cast)
    correct_bulletin(bulletin=issue, what=WHAT, by=cast.admin, now=AFTER)
    with pytest.raises(BulletinMoved):
        correct_bulletin(bulletin=issue, what=WHAT, by=cast.admin, now=AFTER)
    second = out(checked(city.office, cast.admin), cast.principal_leader)
    third = correct_bulletin(bulletin=second, what=WHAT, by=cast.admin, now=AFTER)
    assert third.content.corrects
    assert third.content.corrects.number == 2


def test_r82_only_an_administrator_corrects_and_only_what_is_issued(cast, city) -> None:
    ready = checked(city.office, cast.admin)
    with pytest.raises(BulletinMoved):
        correct_bulletin(bulletin=ready, what=WHAT, by=cast.admin, now=AFTER)
    issue = out(ready, cast.principal_leader)
    for person in (cast.principal_leader, cast.section_head, cast.author):
        with pytest.raises(PermissionDenied):
            correct_bulletin(bulletin=issue, what=WHAT, by=person, now=AFTER)


def test_r82_what_a_correction_prints_is_not_late_in_the_next_issue(cast, city, outlets) -> None:
    issue = put_out(cast)
    adopted(cast, outlets["city"], "2026-02-12", title="漏登的一件")
    correct_bulletin(bulletin=issue, what=WHAT, by=cast.admin, now=AFTER)
    assert len(next_quarter(city).content.late) == 1
    out(checked(city.office, cast.admin), cast.principal_leader)
    assert next_quarter(city).content.late == ()


def test_r82_a_correction_lists_the_late_entries_that_its_original_listed(cast, city, outlets) -> None:
    put_out(cast)
    adopted(cast, outlets["province"], "2026-03-20", title="迟到的一件")
    issue = out(checked(city.office, cast.admin, NEXT, LATER), cast.principal_leader, LATER)
    correction = correct_bulletin(bulletin=issue, what=WHAT, by=cast.admin, now=LATER)
    assert [row.line.item_title for row in correction.content.late] == ["迟到的一件"]
    signed = checked(city.office, cast.admin, NEXT, LATER)
    with pytest.raises(BulletinMoved):
        sign_bulletin(bulletin=signed, by=cast.principal_leader, sha256="0" * 64, now=LATER)
    assert out(signed, cast.principal_leader, LATER).number == 3
