"""A ledger as offices keep it: what its preview asks, what is corrected there, and what comes of it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from openpyxl import Workbook

from adoptions.importing.fates import Fate
from adoptions.importing.previews import fates_of
from adoptions.models import Adoption, LedgerImport
from submissions.models import Item
from tests.adoptions.builders import HEADER, at, book, row, saved, text, upload

pytestmark = pytest.mark.usefixtures("outlets")


def preview(admin: Any, content: bytes) -> LedgerImport:
    admin.post(at("import-start"), {"file": upload(content)})
    return LedgerImport.objects.latest("pk")


def check(admin: Any, stored: LedgerImport, **said: Any) -> list[Fate]:
    """What became of the rows after the preview was told more."""
    answer = admin.post(
        at("import-recheck", stored.pk), {name.replace("_", "-"): said[name] for name in said}
    )
    assert answer.status_code == 302
    stored.refresh_from_db()
    return fates_of(stored)


def kinds(fates: list[Fate]) -> list[str]:
    return [fate.kind for fate in fates]


def test_the_year_is_asked_once_for_all_days_without_one(admin: Any) -> None:
    days = ("3.5", "3月6日", "2026-03-07")
    stored = preview(admin, book([row(f"第{day}", 采用时间=day, 报送时间="") for day in days]))
    assert kinds(fates_of(stored)) == ["refused", "refused", "accepted"]
    form = admin.get(at("import-preview", stored.pk)).context["questions"]
    assert (list(form.fields), form.initial["year"]) == (["year"], 2026)
    assert kinds(check(admin, stored, answer="1", year="2026")) == ["accepted"] * 3
    admin.post(at("import-confirm", stored.pk))
    assert {adoption.date for adoption in Adoption.objects.all()} == {date(2026, 3, day) for day in (5, 6, 7)}


@pytest.mark.parametrize("year", ["", "26", "²", "9" * 5000, "x"])
def test_a_year_that_is_none_is_answered_and_changes_nothing(admin: Any, year: str) -> None:
    stored = preview(admin, book([row("甲", 采用时间="3.5")]))
    answer = admin.post(at("import-recheck", stored.pk), {"answer": "1", "year": year})
    assert answer.status_code == 422
    stored.refresh_from_db()
    assert stored.told.get("year") is None


@pytest.mark.parametrize(("said", "kind"), [("yes", "accepted"), ("no", "skipped")])
def test_hidden_rows_wait_until_somebody_says_what_they_are(admin: Any, said: str, kind: str) -> None:
    workbook = Workbook()
    sheet: Any = workbook.active
    sheet.append(HEADER)
    for title in ("甲", "乙"):
        sheet.append([row(title).get(name) for name in HEADER])
    sheet.row_dimensions[3].hidden = True
    stored = preview(admin, saved(workbook))
    assert kinds(fates_of(stored)) == ["accepted", "refused"]
    assert kinds(check(admin, stored, answer="1", hidden=said)) == ["accepted", kind]


def test_a_cell_is_corrected_in_the_preview_and_the_import_keeps_what_the_file_says(admin: Any) -> None:
    stored = preview(admin, book([row("甲", 采用时间=4.2, 采用媒体="无名报"), row("乙")]))
    first = fates_of(stored)[0]
    assert {name for name, _title, _text, _before in first.fields} == {"date"}
    told = {"cell-2-date": "2026-03-20", "cell-2-title": "冒名", "cell-3-title": "冒名"}
    first, second = check(admin, stored, **told)
    assert (first.kind, first.title, second.title) == ("refused", "甲", "乙")
    assert first.mended == [("date", "4.2", "2026-03-20")]
    (first, _second) = check(admin, stored, **{"cell-2-outlet": "示例市日报"})
    assert first.kind == "accepted"
    admin.post(at("import-confirm", stored.pk))
    assert Adoption.objects.get(item__title="甲").date == date(2026, 3, 20)
    page = text(admin.get(at("import-detail", stored.pk)))
    assert "4.2" in page
    assert "无名报" in page


def test_a_row_is_set_aside_and_taken_back(admin: Any) -> None:
    stored = preview(admin, book([row("甲", 采用媒体="无名报"), row("乙")]))
    assert kinds(check(admin, stored, out_2="on", out_3="on")) == ["skipped", "accepted"]
    assert stored.skipped == 1
    assert kinds(check(admin, stored, back_2="on")) == ["refused", "accepted"]


def test_every_row_is_counted_once_whatever_becomes_of_it(admin: Any) -> None:
    rows = [row("甲"), row("甲"), row("乙", 报送单位="无名县"), {"标题": "合计"}, {"序号": "填表人：某某"}]
    stored = preview(admin, book(rows))
    assert (stored.accepted, stored.duplicate, stored.refused, stored.skipped) == (1, 1, 1, 2)
    assert len(stored.fates) == 5


@pytest.mark.parametrize(
    "written", ["青山县,白水县", "青山县，白水县", "青山县/白水县", "青山县;白水县", "青山县 白水县"]
)
def test_units_in_one_cell_are_told_apart_when_all_are_known(admin: Any, written: str) -> None:
    stored = preview(admin, book([row("甲", 报送单位=written)]))
    assert kinds(fates_of(stored)) == ["accepted"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("巡察整改落实", "巡察 整改落实"),
        ("ＡＢ工作法", "ab工作法"),
        ("深入一⼀线", "深入⼀一线"),
        ("“三联”机制(一)", "“三联”机制（一）"),
    ],
)
@pytest.mark.parametrize(("said", "items"), [("yes", 1), ("no", 2)])
def test_titles_that_look_the_same_are_asked_about(
    admin: Any, one: str, other: str, said: str, items: int
) -> None:
    stored = preview(admin, book([row(one), row(other, 采用时间="2026-03-06")]))
    asked = fates_of(stored)
    assert (kinds(asked), asked[1].alike) == (["accepted", "refused"], one)
    assert kinds(check(admin, stored, same_3=said)) == ["accepted", "accepted"]
    admin.post(at("import-confirm", stored.pk))
    assert (Item.objects.count(), Adoption.objects.count()) == (items, 2)


def test_a_title_of_the_system_that_looks_the_same_is_asked_about(admin: Any) -> None:
    admin.post(at("import-confirm", preview(admin, book([row("巡察整改落实")])).pk))
    stored = preview(admin, book([row("巡察整改 落实", 采用时间="2026-03-06")]))
    assert fates_of(stored)[0].alike == "巡察整改落实"
    assert kinds(check(admin, stored, same_2="yes")) == ["accepted"]
    admin.post(at("import-confirm", stored.pk))
    assert (Item.objects.count(), Adoption.objects.count()) == (1, 2)


def test_a_line_broken_within_a_title_makes_no_other_item(admin: Any) -> None:
    stored = preview(admin, book([row("巡察整改\n落实"), row("巡察整改落实", 采用时间="2026-03-06")]))
    assert kinds(fates_of(stored)) == ["accepted", "accepted"]


def test_of_several_units_the_one_nobody_knows_is_named_alone(admin: Any) -> None:
    stored = preview(admin, book([row("甲", 报送单位="青山县,无名县")]))
    assert fates_of(stored)[0].unknown == [("unit", "无名县")]
