"""The import on the web: upload, look at every row, confirm."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from accounts.models import User
from adoptions.models import Adoption, LedgerImport, Outlet
from submissions.models import Item
from tests.adoptions.builders import at, book, read, row, text, upload
from tests.conftest import Cast

pytestmark = pytest.mark.usefixtures("outlets")
SignIn = Callable[[User], Client]


def preview(admin: Any, rows: list[dict[str, Any]]) -> LedgerImport:
    answer = admin.post(at("import-start"), {"file": upload(book(rows))})
    stored = LedgerImport.objects.latest("pk")
    assert answer.url == at("import-preview", stored.pk)
    return stored


def test_a_ledger_is_looked_at_first_and_written_when_confirmed(admin: Any) -> None:
    stored = preview(admin, [row("甲"), row("甲"), row("乙")])
    page = admin.get(at("import-preview", stored.pk))
    assert [len(page.context["page"].object_list), page.context["rows"]] == [3, 3]
    assert not Item.objects.exists()
    answer = admin.post(at("import-confirm", stored.pk))
    assert answer.url == at("import-detail", stored.pk)
    assert Adoption.objects.count() == 2
    assert admin.get(answer.url).status_code == 200
    assert admin.get(at("import-preview", stored.pk)).url == answer.url


def test_the_preview_names_cell_and_reason_and_can_be_narrowed_to_a_fate(admin: Any) -> None:
    stored = preview(admin, [row("甲"), row("乙", 采用媒体="无名报")])
    page = admin.get(at("import-preview", stored.pk), {"fate": "refused"})
    assert [fate.title for fate in page.context["page"]] == ["乙"]
    assert "E3" in text(page)
    assert page.context["unknown"] == [("outlet", "无名报", 1)]


def test_refused_rows_are_left_out_only_when_that_is_asked_for(admin: Any) -> None:
    stored = preview(admin, [row("甲"), row("乙", 采用媒体="无名报")])
    admin.post(at("import-confirm", stored.pk))
    assert not Adoption.objects.exists()
    admin.post(at("import-confirm", stored.pk), {"accept_partial": "1"})
    assert Adoption.objects.count() == 1


def test_rows_are_checked_again_after_an_outlet_was_added(admin: Any, cast: Cast) -> None:
    stored = preview(admin, [row("乙", 采用媒体="无名报")])
    data = {"name": "无名报", "level": "city", "carrier": "newspaper", "active_from": "2020-01-01"}
    admin.post(at("outlet-create"), data)
    admin.post(at("import-recheck", stored.pk))
    stored.refresh_from_db()
    assert (stored.accepted, stored.refused) == (1, 0)


def test_nothing_is_written_when_the_rows_would_fare_otherwise_than_shown(
    admin: Any, outlets: dict[str, Outlet]
) -> None:
    stored = preview(admin, [row("甲")])
    Outlet.objects.filter(pk=outlets["city"].pk).update(name="改了名的报")
    answer = admin.post(at("import-confirm", stored.pk))
    assert answer.url == at("import-preview", stored.pk)
    assert not Item.objects.exists()
    stored.refresh_from_db()
    assert stored.refused == 1


def test_confirming_twice_writes_once(admin: Any) -> None:
    stored = preview(admin, [row("甲")])
    for _ in range(2):
        admin.post(at("import-confirm", stored.pk))
    assert Adoption.objects.count() == 1


def test_a_preview_can_be_discarded_but_an_import_cannot(admin: Any) -> None:
    stored = preview(admin, [row("甲")])
    admin.post(at("import-discard", stored.pk))
    assert not LedgerImport.objects.exists()
    stored = preview(admin, [row("甲")])
    admin.post(at("import-confirm", stored.pk))
    admin.post(at("import-discard", stored.pk))
    assert LedgerImport.objects.filter(pk=stored.pk).exists()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"no workbook", "台账.xlsx"),
        (book([row("甲")], ["标题", "别的"]), "台账.xlsx"),
        (book([]), "台账.xlsx"),
        (book([row("甲")]), "台账.exe"),
        (b"", "台账.csv"),
    ],
)
def test_a_file_that_is_no_ledger_is_answered_with_422(content: bytes, name: str, admin: Any) -> None:
    answer = admin.post(at("import-start"), {"file": upload(content, name)})
    assert answer.status_code == 422
    assert "invalid-feedback" in text(answer)
    assert not LedgerImport.objects.exists()


def test_another_office_finds_no_import_and_others_of_the_office_may_not(
    admin: Any, as_user: SignIn, cast: Cast, foreign_cast: Cast
) -> None:
    stored = preview(admin, [row("甲")])
    for person, status in [(foreign_cast.admin, 404), (cast.county_admin, 403), (cast.author, 403)]:
        client = as_user(person)
        for name in ("import-preview", "import-detail", "import-fates", "import-file"):
            assert client.get(at(name, stored.pk)).status_code == status, name
        for name in ("import-confirm", "import-recheck", "import-discard"):
            assert client.post(at(name, stored.pk)).status_code == status, name
    assert not Adoption.objects.exists()


def test_what_writes_is_no_link(admin: Any) -> None:
    stored = preview(admin, [row("甲")])
    for name in ("import-confirm", "import-recheck", "import-discard"):
        assert admin.get(at(name, stored.pk)).status_code == 405


def test_the_fates_are_a_workbook_with_formulas_as_text(admin: Any) -> None:
    stored = preview(admin, [row("=1+1", 报送单位="@无名县")])
    response = admin.get(at("import-fates", stored.pk))
    sheet: Any = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    last = [cell.value for cell in sheet[sheet.max_row]]
    assert last[0] == 2
    assert "C2" in last[2]
    assert "@无名县" in last
    assert all(cell.data_type != "f" for cell in sheet[sheet.max_row])


def test_the_uploaded_file_can_be_had_again(admin: Any) -> None:
    stored = preview(admin, [row("甲")])
    response = admin.get(at("import-file", stored.pk))
    assert read(b"".join(response.streaming_content)).rows[0].title == "甲"
    assert response["Content-Disposition"].startswith("attachment")


def test_the_empty_ledger_can_be_filled_in_and_read(admin: Any) -> None:
    response = admin.get(at("ledger-template"))
    workbook = load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    sheet: Any = workbook.worksheets[0]
    header = [cell.value for cell in sheet[1]]
    sheet.append([row("甲").get(name) for name in header])
    filled = io.BytesIO()
    workbook.save(filled)
    assert read(filled.getvalue()).rows[0].problems == []


def test_the_list_names_imports_and_previews(admin: Any) -> None:
    first = preview(admin, [row("甲")])
    admin.post(at("import-confirm", first.pk))
    second = preview(admin, [row("乙")])
    page = text(admin.get(at("import-list")))
    assert at("import-detail", first.pk) in page
    assert at("import-preview", second.pk) in page


def test_a_ledger_file_that_was_lost_is_told_in_plain_words(admin: Any) -> None:
    stored = preview(admin, [row("甲")])
    stored.file.storage.delete(str(stored.file.name))
    for name in ("import-recheck", "import-confirm"):
        answer = admin.post(at(name, stored.pk), follow=True)
        assert answer.redirect_chain == [(at("import-preview", stored.pk), 302)]
        assert "alert-danger" in text(answer), name
    assert not Adoption.objects.exists()
    assert admin.get(at("import-file", stored.pk)).status_code == 404
    assert admin.post(at("import-discard", stored.pk)).url == at("import-list")
    assert not LedgerImport.objects.exists()
