"""Bringing a ledger in: every row's fate, and what is written of it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.enums import UnitKind
from accounts.models import Unit
from accounts.services.units import create_unit
from adoptions.entries.services import revoke_entry
from adoptions.events.services import EventFacts, register_event
from adoptions.importing.writing import Outcome
from adoptions.models import Adoption, Credit, LedgerImport, Outlet
from submissions.enums import Origin, Status
from submissions.models import Item, StaleMonth
from tests.adoptions.builders import HEADER, NOW, adopt, book, row, run_import, told
from tests.conftest import LONG_AGO, Cast, City, filed, shanghai

pytestmark = pytest.mark.usefixtures("outlets")


def kinds(outcome: Outcome) -> list[str]:
    return [fate.kind for fate in outcome.fates]


def run(rows: list[dict[str, Any]], cast: Cast, **options: Any) -> Outcome:
    outcome = run_import(book(rows), cast, **options)
    assert sum(outcome.counts.values()) == len(rows) == len(outcome.fates)
    return outcome


def test_every_row_meets_one_fate(cast: Cast) -> None:
    rows = [row("甲"), row("甲"), row("乙", 报送单位="无名县"), row("丙"), {"标题": "合计"}]
    outcome = run(rows, cast, accept_partial=True)
    assert kinds(outcome) == ["accepted", "duplicate", "refused", "accepted", "skipped"]
    assert [fate.row for fate in outcome.fates] == [2, 3, 4, 5, 6]
    assert Adoption.objects.count() == 2


def test_items_are_made_as_of_the_day_they_were_filed(cast: Cast, city: City) -> None:
    run([row("甲"), row("乙", 报送时间="")], cast)
    first, second = Item.objects.order_by("title").filter(title__in=["甲", "乙"])
    by_title = {first.title: first, second.title: second}
    assert timezone.localdate(by_title["甲"].submitted_at) == date(2026, 3, 2)
    assert timezone.localdate(by_title["乙"].submitted_at) == date(2026, 3, 5)
    for item in (first, second):
        assert (item.status, item.origin, item.unit) == (Status.ISSUED, Origin.LEDGER, city.county)
        assert str(item.number).startswith("150500-a-2026-")


def test_what_is_imported_counts_by_the_ledger_it_came_from(cast: Cast) -> None:
    outcome = run([row("甲", 备注="头版", 采用方式="转载")], cast)
    adoption = Adoption.objects.counted().get()
    assert adoption.ledger == outcome.record
    assert (adoption.ledger_row, adoption.note, adoption.mode) == (2, "头版", "repost")
    assert outcome.record is not None
    assert outcome.record.confirmed_at == NOW


def test_the_months_of_filing_and_adoption_are_counted_again(cast: Cast) -> None:
    run([row("甲", 报送时间="2026-02-28", 采用时间="2026-03-31"), row("乙", 采用媒体="", 采用时间="")], cast)
    months = {f"{month:%Y-%m}" for month in StaleMonth.objects.values_list("month", flat=True)}
    assert months == {"2026-02", "2026-03"}


def test_unknown_units_and_outlets_are_refused_with_their_cells_and_never_guessed(cast: Cast) -> None:
    rows = [
        row("甲", 报送单位="青山"),
        row("乙", 采用媒体="示例市日报社"),
        row("丙", 报送单位="青山县委巡察办"),
    ]
    outcome = run(rows, cast, accept_partial=True)
    assert kinds(outcome) == ["refused"] * 3
    assert [told(fate) for fate in outcome.fates] == [["C2"], ["E3"], ["C4"]]
    assert outcome.fates[0].unknown == [("unit", "青山")]
    assert outcome.fates[1].unknown == [("outlet", "示例市日报社")]
    assert not outcome.written
    assert Outlet.objects.count() == 4


@pytest.mark.parametrize("name", ["青山县", " 青 山 县 ", "150500-a", "青山县（县）"])
def test_a_unit_is_found_by_name_or_code_alone(name: str, cast: Cast) -> None:
    fine = name != "青山县（县）"
    assert kinds(run([row("甲", 报送单位=name)], cast)) == ["accepted" if fine else "refused"]


def test_a_name_that_two_units_bear_is_refused(cast: Cast, city: City) -> None:
    for parent in (city.county, city.other_county):
        create_unit(
            parent=parent,
            kind=UnitKind.DEPARTMENT,
            code=f"{parent.code}-x",
            name="县委组织部",
            active_from=LONG_AGO,
        )
    outcome = run(
        [row("甲", 报送单位="县委组织部"), row("乙", 报送单位="150500-a-x")], cast, accept_partial=True
    )
    assert kinds(outcome) == ["refused", "accepted"]


def test_units_and_outlets_must_have_existed_on_the_day(cast: Cast, city: City) -> None:
    Unit.objects.filter(pk=city.other_county.pk).update(active_to=date(2026, 3, 1))
    Outlet.objects.filter(name="示例市日报").update(active_to=date(2026, 3, 4))
    outcome = run(
        [row("甲", 报送单位="白水县"), row("乙"), row("丙", 采用时间="2026-03-04")], cast, accept_partial=True
    )
    assert kinds(outcome) == ["refused", "refused", "accepted"]


def test_a_level_that_the_outlet_does_not_have_is_refused(cast: Cast) -> None:
    outcome = run([row("甲", 级别="中央"), row("乙", 级别="市级")], cast, accept_partial=True)
    assert kinds(outcome) == ["refused", "accepted"]
    assert told(outcome.fates[0]) == ["F2"]


def test_a_day_to_come_is_refused(cast: Cast) -> None:
    assert told(run([row("甲", 采用时间="2026-08-21")], cast).fates[0]) == ["H2"]


def test_several_units_are_credited_equally_and_the_first_has_filed(cast: Cast, city: City) -> None:
    run([row("甲", 报送单位="白水县、青山县")], cast)
    assert set(Credit.objects.values_list("unit", "share")) == {
        (city.county.pk, 1),
        (city.other_county.pk, 1),
    }
    assert Item.objects.get(title="甲").unit == city.other_county
    assert kinds(run([row("乙", 报送单位="白水县；白水县")], cast)) == ["refused"]


def test_an_item_in_several_outlets_is_one_item(cast: Cast) -> None:
    rows = [row("甲"), row("甲", 采用媒体="示例中央日报", 采用时间="2026-03-07"), row("甲", 报送时间="")]
    outcome = run(rows, cast)
    assert kinds(outcome) == ["accepted", "accepted", "duplicate"]
    assert Item.objects.get(title="甲").adoptions.count() == 2


def test_items_of_one_title_and_different_days_are_two(cast: Cast) -> None:
    run([row("甲"), row("甲", 报送时间="2026-03-04", 采用时间="2026-03-06")], cast)
    assert Item.objects.filter(title="甲").count() == 2


def test_an_item_that_is_in_the_system_is_found_and_not_made_again(cast: Cast, item: Item) -> None:
    run([row(item.title)], cast)
    assert Item.objects.get() == item
    assert item.adoptions.count() == 1


def test_an_adoption_that_is_in_the_system_is_a_duplicate_even_when_it_was_revoked(
    cast: Cast, item: Item, outlets: dict[str, Outlet]
) -> None:
    adoption = adopt(item, outlets["city"], "2026-03-05", cast)
    outcome = run([row(item.title)], cast)
    assert kinds(outcome) == ["duplicate"]
    assert outcome.fates[0].adoption == adoption.pk
    revoke_entry(entry=adoption, reason="误登", revision=1, by=cast.admin, now=NOW)
    assert kinds(run([row(item.title)], cast)) == ["duplicate"]


def test_an_item_that_is_still_in_review_is_not_issued_by_a_ledger(cast: Cast) -> None:
    waiting = filed(cast.author, shanghai("2026-03-02"))
    assert kinds(run([row(waiting.title)], cast)) == ["refused"]
    assert not Adoption.objects.exists()


def test_one_refused_row_keeps_everything_out(cast: Cast) -> None:
    outcome = run([row("甲"), row("乙", 报送单位="无名县")], cast)
    assert (outcome.accepted, outcome.refused, outcome.written) == (1, 1, False)
    assert not Item.objects.exists()
    assert not Adoption.objects.exists()
    assert not LedgerImport.objects.exists()


def test_refused_rows_are_left_out_when_that_is_asked_for(cast: Cast) -> None:
    outcome = run([row("甲"), row("乙", 报送单位="无名县")], cast, accept_partial=True)
    assert outcome.written
    assert outcome.record is not None
    assert (outcome.record.accepted, outcome.record.refused) == (1, 1)
    assert Adoption.objects.count() == 1


def test_the_same_file_twice_adds_nothing(cast: Cast) -> None:
    content = book([row("甲"), row("乙", 报送时间=""), row("丙", 采用媒体="", 采用时间="")])
    assert run_import(content, cast).written
    again = run_import(content, cast)
    assert (again.duplicate, again.written) == (3, False)
    assert (Item.objects.count(), Adoption.objects.count(), LedgerImport.objects.count()) == (3, 2, 1)


def test_a_corrected_file_adds_only_what_was_left_out(cast: Cast) -> None:
    run([row("甲"), row("乙", 报送单位="无名县")], cast, accept_partial=True)
    outcome = run([row("甲"), row("乙")], cast)
    assert kinds(outcome) == ["duplicate", "accepted"]
    assert Adoption.objects.count() == 2


def test_a_dry_run_touches_nothing(cast: Cast) -> None:
    outcome = run([row("甲")], cast, dry_run=True)
    assert (outcome.accepted, outcome.written) == (1, False)
    assert not Item.objects.exists()
    assert not LedgerImport.objects.exists()
    assert not StaleMonth.objects.exists()


def test_only_the_administrator_of_the_office_imports(cast: Cast, foreign_cast: Cast) -> None:
    for person in (cast.author, cast.county_admin, foreign_cast.admin):
        with pytest.raises(PermissionDenied):
            run_import(book([row("甲")]), cast, by=person)


def test_a_large_ledger_takes_hardly_more_queries_than_a_small_one(cast: Cast) -> None:
    def rows(count: int, word: str) -> list[dict[str, Any]]:
        days = [f"2026-{1 + number % 6:02}-{1 + number % 28:02}" for number in range(count)]
        return [row(f"{word}{number}", 报送时间=day, 采用时间=day) for number, day in enumerate(days)]

    small, large = book(rows(3, "小")), book(rows(2700, "大"))
    with CaptureQueriesContext(connection) as few:
        run_import(small, cast)
    with CaptureQueriesContext(connection) as many:
        outcome = run_import(large, cast)
    assert outcome.accepted == 2700
    assert len(many) <= len(few) + 15


# Place, length, genre, shares

FULL = [*HEADER, "版位", "字数", "体裁", "份额"]


def run_full(rows: list[dict[str, Any]], cast: Cast, **options: Any) -> Outcome:
    return run_import(book(rows, FULL), cast, **options)


def test_place_length_genre_and_shares_are_taken_from_the_ledger(cast: Cast, city: City) -> None:
    run_full(
        [
            row("甲", 版位="头版头条", 字数="1200", 体裁="问题分析", 报送单位="青山县、白水县", 份额="2、1"),
            row("乙"),
        ],
        cast,
    )
    first, second = Adoption.objects.order_by("ledger_row")
    assert (first.position, first.length, first.item.genre) == ("front_lead", 1200, "analysis")
    assert dict(first.credits.values_list("unit", "share")) == {city.county.pk: 2, city.other_county.pk: 1}
    assert (second.position, second.length, second.item.genre) == ("", None, "")


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"体裁": "诗歌"}, "M2"),
        ({"字数": "很长"}, "L2"),
        ({"字数": "0"}, "L2"),
        ({"版位": "头等"}, "K2"),
        ({"份额": "2、1"}, "N2"),
        ({"份额": "半"}, "N2"),
        ({"报送单位": "青山县、白水县", "份额": "1"}, "N2"),
        ({"报送单位": "青山县、白水县", "份额": "101、1"}, "N2"),
    ],
)
def test_what_is_not_clear_about_them_refuses_the_row(cells: dict[str, str], column: str, cast: Cast) -> None:
    outcome = run_full([row("甲", **cells)], cast)
    assert [told(fate) for fate in outcome.fates] == [[column]]
    assert not outcome.written


def test_shares_in_per_cent_are_shortened(cast: Cast, city: City) -> None:
    run_full([row("甲", 报送单位="青山县、白水县", 份额="60%、40%")], cast)
    assert dict(Credit.objects.values_list("unit", "share")) == {city.county.pk: 3, city.other_county.pk: 2}


def test_every_adoption_keeps_the_genre_of_its_row_and_the_item_that_of_the_earliest(cast: Cast) -> None:
    rows = [
        row("甲", 体裁="消息", 采用时间="2026-03-06"),
        row("甲", 采用媒体="示例中央日报"),
        row("甲", 采用媒体="示例县融媒", 体裁="调研"),
    ]
    assert kinds(run_full(rows, cast)) == ["accepted"] * 3
    assert list(Adoption.objects.order_by("ledger_row").values_list("genre", flat=True)) == [
        "news",
        "",
        "research",
    ]
    assert Item.objects.get(title="甲").genre == "research"


def test_the_genre_of_an_item_that_was_filed_here_counts_for_its_adoptions(cast: Cast, item: Item) -> None:
    day = f"{timezone.localtime(item.submitted_at):%Y-%m-%d}"
    run_full([row(item.title, 报送时间=day, 体裁="调研")], cast)
    assert Adoption.objects.get().item == item
    assert Adoption.objects.get().genre is None


def test_the_genre_of_an_item_in_the_system_stays(cast: Cast) -> None:
    run_full([row("甲", 体裁="消息")], cast)
    outcome = run_full([row("甲", 采用媒体="示例中央日报", 体裁="调研")], cast)
    assert kinds(outcome) == ["accepted"]
    assert Item.objects.get(title="甲").genre == "news"


def test_an_item_whose_genre_nobody_told_can_be_read(cast: Cast, admin: Any) -> None:
    run([row("甲")], cast)
    adoption = Adoption.objects.get()
    assert admin.get(reverse("submissions:item-detail", args=[adoption.item_id])).status_code == 200
    assert admin.get(reverse("adoptions:adoption-detail", args=[adoption.pk])).status_code == 200


def test_an_import_moves_the_months_of_an_items_events(cast: Cast) -> None:
    run([row("甲")], cast)
    item = Item.objects.get(title="甲")
    facts = EventFacts(date=date(2026, 5, 6), level="city")
    register_event(kind="instruction", subject=item, facts=facts, by=cast.admin, now=NOW)
    StaleMonth.objects.all().delete()
    run([row("甲", 采用媒体="示例中央日报", 采用时间="2026-07-01")], cast)
    months = {f"{month:%Y-%m}" for month in StaleMonth.objects.values_list("month", flat=True)}
    assert months >= {"2026-05", "2026-07"}
