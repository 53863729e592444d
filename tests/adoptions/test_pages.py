"""The pages of the ledger of adoptions."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import User
from adoptions.entries.services import revoke_entry
from adoptions.models import Adoption, Outlet
from adoptions.services import Share
from submissions.models import Item
from tests.adoptions.builders import NOW, adopt, at, form_data, proof, text
from tests.conftest import Cast, City, filed, issued, shanghai
from tests.submissions.builders import PDF

SignIn = Callable[[User], Client]


# Who sees and who may


def test_a_county_sees_what_is_credited_to_it_and_nothing_of_others(
    adoption: Adoption, as_user: SignIn, cast: Cast
) -> None:
    assert adoption.item.title in text(as_user(cast.author).get(at("adoption-list")))
    other = as_user(cast.other_author)
    assert adoption.item.title not in text(other.get(at("adoption-list")))
    assert other.get(at("adoption-detail", adoption.pk)).status_code == 404


def test_a_county_sees_an_adoption_it_has_a_share_in(
    item: Item, outlets: dict[str, Outlet], as_user: SignIn, cast: Cast, city: City
) -> None:
    shares = [Share(city.county), Share(city.other_county)]
    adoption = adopt(item, outlets["city"], "2026-04-10", cast, credits=shares)
    page = as_user(cast.other_author).get(at("adoption-detail", adoption.pk))
    assert page.status_code == 200
    assert reverse("submissions:item-detail", args=[item.pk]) not in text(page)


def test_another_office_finds_nothing_here(
    adoption: Adoption, outlets: dict[str, Outlet], as_user: SignIn, foreign_cast: Cast
) -> None:
    foreign = as_user(foreign_cast.admin)
    for name, pk in [
        ("adoption-detail", adoption.pk),
        ("adoption-edit", adoption.pk),
        ("adoption-revoke", adoption.pk),
        ("proof-download", adoption.pk),
        ("adoption-create", adoption.item_id),
        ("outlet-edit", outlets["city"].pk),
    ]:
        assert foreign.get(at(name, pk)).status_code == 404, name
    assert adoption.item.title not in text(foreign.get(at("adoption-find")))


def test_only_the_office_administrator_writes(adoption: Adoption, as_user: SignIn, cast: Cast) -> None:
    for person in (cast.author, cast.county_admin, cast.section_head):
        client = as_user(person)
        assert client.get(at("adoption-detail", adoption.pk)).status_code == 200
        for name, args in [
            ("adoption-find", ()),
            ("adoption-create", (adoption.item_id,)),
            ("adoption-edit", (adoption.pk,)),
            ("adoption-revoke", (adoption.pk,)),
            ("outlet-list", ()),
            ("outlet-create", ()),
            ("import-list", ()),
            ("import-start", ()),
            ("ledger-template", ()),
        ]:
            assert client.get(at(name, *args)).status_code == 403, name
        assert at("adoption-edit", adoption.pk) not in text(client.get(at("adoption-detail", adoption.pk)))


# The list


def test_the_list_takes_as_many_queries_for_thirty_rows_as_for_one(
    admin: Any, item: Item, outlets: dict[str, Outlet], cast: Cast
) -> None:
    adopt(item, outlets["city"], "2026-04-01", cast)
    admin.get(at("adoption-list"))
    with CaptureQueriesContext(
        connection,
    ) as one:
        admin.get(at("adoption-list"))
    for day in range(2, 31):
        adopt(item, outlets["city"], f"2026-04-{day:02}", cast)
    with CaptureQueriesContext(connection) as thirty:
        page = admin.get(at("adoption-list"))
    assert len(page.context["page"].object_list) == 25
    assert page.context["page"].paginator.count == 30
    assert len(thirty) == len(one)


def test_the_links_behind_figures_are_understood(
    admin: Any, item: Item, outlets: dict[str, Outlet], cast: Cast, city: City
) -> None:
    adopt(item, outlets["central"], "2026-03-31", cast)
    adopt(item, outlets["city"], "2026-03-31", cast, link="")
    adopt(item, outlets["central"], "2026-04-01", cast)
    adopt(item, outlets["central"], "2026-03-30", cast, credits=[Share(city.other_county)])

    def count(**asked: object) -> int:
        return int(admin.get(at("adoption-list"), asked).context["page"].paginator.count)

    first_quarter = {"date_from": "2026-01-01", "date_to": "2026-03-31"}
    assert count() == 4
    assert count(**first_quarter) == 3
    assert count(unit=city.county.pk, **first_quarter) == 2
    assert count(unit=city.county.pk, level="central", counted=1, **first_quarter) == 1
    assert count(unit=city.county.pk, counted=1, **first_quarter) == 1
    assert count(state="waiting") == 1
    assert count(outlet=outlets["city"].pk) == 1
    assert count(item=item.pk) == 4
    assert count(q="市日报") == 1
    assert count(unit="没有这个单位") == 4


def test_revoked_ones_are_listed_only_when_asked_for(admin: Any, adoption: Adoption, cast: Cast) -> None:
    revoke_entry(entry=adoption, reason="登错", revision=1, by=cast.admin, now=NOW)
    assert adoption.item.title not in text(admin.get(at("adoption-list")))
    for state in ("revoked", "all"):
        page = admin.get(at("adoption-list"), {"state": state})
        assert adoption.item.title in text(page)
        assert "tone-refused" in text(page)


def test_the_list_can_be_sorted_by_every_column(
    admin: Any, item: Item, outlets: dict[str, Outlet], cast: Cast
) -> None:
    first = adopt(item, outlets["county"], "2026-04-01", cast)
    second = adopt(item, outlets["central"], "2026-04-02", cast)

    def order(wanted: str) -> list[Adoption]:
        return list(admin.get(at("adoption-list"), {"o": wanted}).context["page"])

    assert order("") == [second, first]
    assert order("date") == [first, second]
    assert order("level") == [second, first]
    assert order("-level") == [first, second]
    for column in ("title", "unit", "outlet", "registered", "-unit", "nonsense"):
        assert len(order(column)) == 2


def test_the_export_holds_what_the_list_shows_and_formulas_as_text(
    admin: Any, outlets: dict[str, Outlet], cast: Cast
) -> None:
    item = issued(cast.author, cast, shanghai("2026-03-02"), title='=HYPERLINK("http://x")')
    adopt(item, outlets["city"], "2026-04-10", cast, note="+1", page="@2")
    adopt(item, outlets["central"], "2026-05-10", cast)
    response = admin.get(at("adoption-export"), {"level": "city", "c": "all"})
    sheet: Any = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    header = [cell.value for cell in sheet[2]]
    assert sheet.max_row == 3
    values = {title: sheet.cell(3, at + 1) for at, title in enumerate(header)}
    assert values["标题"].value == '=HYPERLINK("http://x")'
    assert values["采用媒体"].value == "示例市日报"
    assert values["采用时间"].value.date() == date(2026, 4, 10)
    assert {values[title].data_type for title in ("标题", "备注", "版面")} == {"s"}


# Registering


def test_only_issued_items_can_be_found_and_registered(admin: Any, item: Item, cast: Cast) -> None:
    waiting = filed(cast.author, shanghai("2026-03-03"), title="还在审核的稿件")
    page = text(admin.get(at("adoption-find")))
    assert item.title in page
    assert waiting.title not in page
    assert admin.get(at("adoption-create", waiting.pk)).status_code == 404


def test_items_are_found_by_words_number_and_unit(admin: Any, item: Item, cast: Cast, city: City) -> None:
    other = issued(cast.other_author, cast, shanghai("2026-03-03"), title="白水县开展专项检查")

    def found(**asked: str) -> set[int]:
        return {row.pk for row in admin.get(at("adoption-find"), asked).context["page"]}

    assert found(q="整改") == {item.pk, other.pk}
    assert found(q="专项") == {other.pk}
    assert found(q=str(item.number)) == {item.pk}
    assert found(unit="白水县") == {other.pk}
    assert found(q="不存在的词") == set()


def test_the_search_leaves_out_adopted_items_when_asked(admin: Any, adoption: Adoption, cast: Cast) -> None:
    assert adoption.item.title not in text(admin.get(at("adoption-find"), {"unadopted": "on"}))
    revoke_entry(entry=adoption, reason="登错", revision=1, by=cast.admin, now=NOW)
    assert adoption.item.title in text(admin.get(at("adoption-find"), {"unadopted": "on"}))


def test_the_form_proposes_the_items_own_unit(admin: Any, item: Item, city: City) -> None:
    page = admin.get(at("adoption-create", item.pk))
    assert page.status_code == 200
    assert page.context["credits"].forms[0].initial == {"unit": city.county.pk, "share": 1}


def test_an_adoption_is_registered_with_credits_and_proof(
    admin: Any, item: Item, outlets: dict[str, Outlet], city: City, cast: Cast
) -> None:
    data = form_data(
        outlets["central"],
        item,
        link="",
        proof=SimpleUploadedFile("样报 1.pdf", PDF),
        **{
            "credits-TOTAL_FORMS": "3",
            "credits-1-unit": city.team.pk,
            "credits-1-share": "2",
            "credits-2-unit": "",
            "credits-2-share": "1",
        },
    )
    answer = admin.post(at("adoption-create", item.pk), data)
    adoption = Adoption.objects.get()
    assert answer.url == at("adoption-detail", adoption.pk)
    assert set(adoption.credits.values_list("unit", "share")) == {(city.county.pk, 1), (city.team.pk, 2)}
    assert adoption.proven
    assert adoption.registered_by == cast.admin
    assert "样报 1.pdf" in text(admin.get(answer.url))


def test_several_are_registered_in_a_row(admin: Any, item: Item, outlets: dict[str, Outlet]) -> None:
    data = form_data(outlets["central"], item, again="1")
    answer = admin.post(at("adoption-create", item.pk), data)
    assert answer.url == at("adoption-create", item.pk)
    assert "示例中央日报" in text(admin.get(answer.url))


def test_a_duplicate_is_refused_with_a_link_to_the_first(
    admin: Any, adoption: Adoption, outlets: dict[str, Outlet]
) -> None:
    answer = admin.post(at("adoption-create", adoption.item_id), form_data(outlets["city"], adoption.item))
    assert answer.status_code == 422
    assert at("adoption-detail", adoption.pk) in text(answer)
    assert answer.context["first"] == adoption
    assert Adoption.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"date": ""},
        {"date": "2999-01-01"},
        {"outlet": ""},
        {"link": "ftp://example.cn/1"},
        {"credits-0-unit": ""},
        {"credits-0-share": "0"},
        {"credits-0-unit": "999999"},
        {"mode": "other"},
    ],
)
def test_a_wrong_form_is_answered_with_422_and_stores_nothing(
    wrong: dict[str, str], admin: Any, item: Item, outlets: dict[str, Outlet]
) -> None:
    answer = admin.post(at("adoption-create", item.pk), form_data(outlets["city"], item) | wrong)
    assert answer.status_code == 422
    assert "invalid-feedback" in text(answer) or "alert-danger" in text(answer)
    assert not Adoption.objects.exists()


def test_an_outlet_of_another_office_cannot_be_chosen(admin: Any, item: Item, foreign_cast: Cast) -> None:
    theirs = Outlet.objects.create(
        office=foreign_cast.admin.office,
        name="别处日报",
        level="city",
        carrier="newspaper",
        active_from=date(2015, 1, 1),
    )
    assert theirs.name not in text(admin.get(at("adoption-create", item.pk)))
    assert admin.post(at("adoption-create", item.pk), form_data(theirs, item)).status_code == 422


def test_a_file_that_is_no_proof_is_refused(admin: Any, item: Item, outlets: dict[str, Outlet]) -> None:
    page = SimpleUploadedFile("样报.pdf", b"<html><script>alert(1)</script>")
    answer = admin.post(at("adoption-create", item.pk), form_data(outlets["city"], item, proof=page))
    assert answer.status_code == 422
    assert not Adoption.objects.exists()


def test_many_units_are_searched_by_name_instead_of_chosen(
    admin: Any, item: Item, outlets: dict[str, Outlet], city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adoptions.forms.CHOOSABLE_UNITS", 2)
    page = admin.get(at("adoption-create", item.pk))
    assert 'value="青山县"' in text(page)
    wrong = form_data(outlets["city"], item, **{"credits-0-unit": "没有的县"})
    assert admin.post(at("adoption-create", item.pk), wrong).status_code == 422
    right = form_data(outlets["city"], item, **{"credits-0-unit": "白水县"})
    assert admin.post(at("adoption-create", item.pk), right).status_code == 302
    assert Adoption.objects.get().credits.get().unit == city.other_county


# One adoption


def test_a_correction_is_saved_with_its_reason_and_shown(
    admin: Any, adoption: Adoption, outlets: dict[str, Outlet]
) -> None:
    data = form_data(outlets["city"], adoption.item, page="5版", revision="1", reason="版面登错")
    answer = admin.post(at("adoption-edit", adoption.pk), data)
    assert answer.url == at("adoption-detail", adoption.pk)
    page = text(admin.get(answer.url))
    assert "版面登错" in page
    assert "<ins>5版</ins>" in page


def test_a_correction_needs_its_reason(admin: Any, adoption: Adoption, outlets: dict[str, Outlet]) -> None:
    data = form_data(outlets["city"], adoption.item, page="5版", revision="1", reason=" ")
    assert admin.post(at("adoption-edit", adoption.pk), data).status_code == 422
    adoption.refresh_from_db()
    assert adoption.revision == 1


def test_whoever_edits_what_somebody_else_changed_is_told(
    admin: Any, adoption: Adoption, outlets: dict[str, Outlet]
) -> None:
    first = form_data(outlets["city"], adoption.item, page="5版", revision="1", reason="版面登错")
    second = first | {"page": "6版"}
    assert admin.post(at("adoption-edit", adoption.pk), first).status_code == 302
    answer = admin.post(at("adoption-edit", adoption.pk), second)
    assert answer.status_code == 409
    assert at("adoption-detail", adoption.pk) in text(answer)
    adoption.refresh_from_db()
    assert adoption.page == "5版"


def test_a_proof_file_is_added_later_and_can_be_removed(
    admin: Any, item: Item, outlets: dict[str, Outlet], cast: Cast
) -> None:
    adoption = adopt(item, outlets["city"], "2026-04-10", cast, link="")
    data = form_data(outlets["city"], item, link="", revision="1", reason="补佐证")
    admin.post(at("adoption-edit", adoption.pk), data | {"proof": SimpleUploadedFile("证明.pdf", PDF)})
    adoption.refresh_from_db()
    assert adoption.proven
    data |= {"revision": "2", "reason": "传错文件", "drop_proof": "on"}
    admin.post(at("adoption-edit", adoption.pk), data)
    adoption.refresh_from_db()
    assert not adoption.proven


def test_revoking_asks_for_the_reason_and_keeps_the_entry(admin: Any, adoption: Adoption) -> None:
    assert admin.get(at("adoption-revoke", adoption.pk)).status_code == 200
    empty = admin.post(at("adoption-revoke", adoption.pk), {"reason": "", "revision": "1"})
    assert empty.status_code == 422
    answer = admin.post(at("adoption-revoke", adoption.pk), {"reason": "误登", "revision": "1"})
    page = text(admin.get(answer.url))
    assert "误登" in page
    assert at("adoption-edit", adoption.pk) not in page
    assert admin.get(at("adoption-edit", adoption.pk)).status_code == 403
    assert (
        admin.post(at("adoption-revoke", adoption.pk), {"reason": "再", "revision": "2"}).status_code == 403
    )


def test_a_proof_is_a_download_that_cannot_run_anything(
    admin: Any, item: Item, outlets: dict[str, Outlet], cast: Cast
) -> None:
    adoption = adopt(item, outlets["city"], "2026-04-10", cast, link="", proof=proof("样报.pdf"))
    response = admin.get(at("proof-download", adoption.pk))
    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]


def test_a_proof_that_was_replaced_or_removed_can_still_be_had(
    adoption: Adoption, as_user: SignIn, cast: Cast, foreign_cast: Cast
) -> None:
    admin: Any = as_user(cast.admin)
    data = form_data(adoption.outlet, adoption.item, link="", page="", reason="换佐证")
    first = data | {"revision": "1", "proof": SimpleUploadedFile("样报.pdf", PDF)}
    admin.post(at("adoption-edit", adoption.pk), first)
    newer = PDF + b"\n% 2"
    replaced = data | {"revision": "2", "proof": SimpleUploadedFile("样报.pdf", newer)}
    admin.post(at("adoption-edit", adoption.pk), replaced)
    admin.post(at("adoption-edit", adoption.pk), data | {"revision": "3", "drop_proof": "on"})
    admin.post(at("adoption-edit", adoption.pk), data | {"revision": "4", "note": "仅备注"})
    page = text(admin.get(at("adoption-detail", adoption.pk)))
    contents = []
    for change in adoption.changes.order_by("pk"):
        former = at("former-proof", adoption.pk, change.pk)
        assert (former in page) is bool(change.before["proof_file"])
        if former in page:
            response: Any = as_user(cast.author).get(former)
            assert "sandbox" in response["Content-Security-Policy"]
            contents.append(b"".join(response.streaming_content))
            for stranger in (cast.other_author, cast.auditor, foreign_cast.admin):
                assert as_user(stranger).get(former).status_code == 404
        else:
            assert admin.get(former).status_code == 404
    assert contents == [PDF, newer]


def test_place_and_length_are_entered_shown_corrected_and_exported(
    admin: Any, item: Item, outlets: dict[str, Outlet]
) -> None:
    data = form_data(outlets["city"], item, position="front_lead", length="1200")
    answer = admin.post(at("adoption-create", item.pk), data)
    adoption = Adoption.objects.get()
    assert (adoption.position, adoption.length) == ("front_lead", 1200)
    page = text(admin.get(answer.url))
    assert "1200" in page
    assert str(adoption.get_position_display()) in page
    assert str(adoption.get_position_display()) in text(admin.get(at("adoption-list")))
    edited = data | {"position": "", "length": "900", "reason": "版位登错", "revision": "1"}
    admin.post(at("adoption-edit", adoption.pk), edited)
    page = text(admin.get(answer.url))
    assert "<ins>900</ins>" in page
    assert f"<del>{adoption.get_position_display()}</del>" in page
    adoption.refresh_from_db()
    assert (adoption.position, adoption.length) == ("", 900)
    book = admin.get(at("adoption-export"), {"c": "all"})
    sheet: Any = load_workbook(io.BytesIO(b"".join(book.streaming_content))).active
    values = dict(zip([cell.value for cell in sheet[2]], [cell.value for cell in sheet[3]], strict=True))
    assert (values["字数"], values["版位"]) == (900, None)
    assert values["体裁"] == item.get_genre_display()


@pytest.mark.parametrize("wrong", [{"length": "0"}, {"length": "-5"}, {"position": "back"}])
def test_a_length_or_place_that_cannot_be_is_refused(
    wrong: dict[str, str], admin: Any, item: Item, outlets: dict[str, Outlet]
) -> None:
    answer = admin.post(at("adoption-create", item.pk), form_data(outlets["city"], item) | wrong)
    assert answer.status_code == 422
    assert not Adoption.objects.exists()


def test_adoptions_are_found_by_their_place_on_the_page(
    admin: Any, item: Item, outlets: dict[str, Outlet], cast: Cast
) -> None:
    front = adopt(item, outlets["city"], "2026-04-10", cast, position="front")
    adopt(item, outlets["central"], "2026-04-10", cast)
    assert list(admin.get(at("adoption-list"), {"position": "front"}).context["page"]) == [front]


def test_an_adoption_without_a_proof_file_has_no_download(admin: Any, adoption: Adoption) -> None:
    assert admin.get(at("proof-download", adoption.pk)).status_code == 404


def test_the_item_page_shows_its_adoptions(
    admin: Any, adoption: Adoption, as_user: SignIn, cast: Cast
) -> None:
    address = reverse("submissions:item-detail", args=[adoption.item_id])
    assert at("adoption-detail", adoption.pk) in text(admin.get(address))
    assert at("adoption-create", adoption.item_id) in text(admin.get(address))
    author = text(as_user(cast.author).get(address))
    assert at("adoption-detail", adoption.pk) in author
    assert at("adoption-create", adoption.item_id) not in author
