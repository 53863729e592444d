"""The list of items: who sees what, search, order, query counts, export; versions and numbers."""

from __future__ import annotations

import re
from io import BytesIO
from threading import Barrier, Thread

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from reviews.enums import Action
from submissions.models import Item
from submissions.services.filing import content_hash, take_numbers
from tests.conftest import Cast, City, draft, filed, shanghai, step

NOW = shanghai("2026-04-10")
LIST, EXPORT = reverse("submissions:item-list"), reverse("submissions:item-export")


def titles(client, **query: str) -> list[str]:
    return [item.title for item in client.get(LIST, query).context["page"]]


def test_a_county_sees_its_own_items_and_the_office_all(cast: Cast, as_user) -> None:
    filed(cast.author, NOW, title="青山的稿")
    filed(cast.other_author, NOW, title="白水的稿")
    assert titles(as_user(cast.colleague)) == ["青山的稿"]
    assert set(titles(as_user(cast.section_head))) == {"青山的稿", "白水的稿"}


def test_a_draft_is_its_writers_alone(cast: Cast, as_user) -> None:
    item = draft(cast.author, NOW, title="未成稿")
    page = reverse("submissions:item-detail", args=[item.pk])
    assert as_user(cast.author).get(page).status_code == 200
    for other in (cast.colleague, cast.county_admin, cast.section_head, cast.admin):
        assert as_user(other).get(page).status_code == 404
        assert "未成稿" not in as_user(other).get(LIST).content.decode()


def test_a_foreign_item_is_answered_like_one_that_does_not_exist(
    cast: Cast, foreign_cast: Cast, as_user
) -> None:
    item = filed(cast.author, NOW)

    def answer(pk: int) -> str:
        page = as_user(foreign_cast.admin).get(reverse("submissions:item-detail", args=[pk]))
        assert page.status_code == 404
        return re.sub(r'(csrfmiddlewaretoken" value=")\w+', r"\1", page.content.decode())

    assert answer(item.pk) == answer(10**9)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("整改", True),
        ("落地见", True),
        ("𬱖", True),
        ("喆", True),
        ("ABC", True),
        ("e\u0301", True),
        ("100%", True),
        ("整改 𬱖", True),
        ("改整", False),
        ("1_0", False),
        ("%", True),
        ("无此词", False),
    ],
)
def test_search_finds_any_substring_of_title_or_body(cast: Cast, as_user, words: str, found: bool) -> None:
    filed(
        cast.author,
        NOW,
        title="巡察整改扎实推进",
        body="王𬱖、李喆 abc \u00e9 完成率100%，推动整改落地见效。",
    )
    assert bool(titles(as_user(cast.author), q=words)) is found


def test_a_two_character_search_uses_the_bigram_index(cast: Cast) -> None:
    filed(cast.author, NOW)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_indexscan = off")
        plan = Item.objects.containing("整改").explain()
    assert "item_text_bigrams" in plan


def test_lists_are_filtered_and_sorted(cast: Cast, as_user) -> None:
    client = as_user(cast.section_head)
    filed(cast.author, shanghai("2026-04-01"), title="乙")
    item = filed(cast.other_author, shanghai("2026-04-02"), title="甲")
    step(item, Action.RETURN, cast.section_head, NOW, "补充数字")
    assert titles(client, status="returned") == ["甲"]
    assert titles(client, status="section_review") == ["乙"]
    assert titles(client, filed_to="2026-04-01") == ["乙"]
    assert titles(client, unit="白水县") == ["甲"]
    assert titles(client, o="submitted_at") == ["乙", "甲"]
    assert titles(client, o="-submitted_at") == ["甲", "乙"]


def test_a_page_takes_the_same_queries_for_one_row_and_for_thirty(
    cast: Cast, as_user, django_assert_num_queries
) -> None:
    client = as_user(cast.section_head)
    filed(cast.author, NOW)
    client.get(LIST)
    with CaptureQueriesContext(connection) as few:
        client.get(LIST)
    expected = len(few)
    for number in range(30):
        filed(cast.author, NOW, title=f"第{number}篇")
    with django_assert_num_queries(expected):
        page = client.get(LIST)
    assert page.context["page"].paginator.count == 31


def test_the_export_holds_what_the_list_shows_and_no_formula(cast: Cast, as_user) -> None:
    filed(cast.author, NOW, title="=HYPERLINK(1)")
    filed(cast.other_author, NOW, title="白水的稿")
    answer = as_user(cast.section_head).get(EXPORT, {"unit": "青山县"})
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value == "=HYPERLINK(1)"]
    assert [cell.data_type for cell in cells] == ["s"]
    assert not any("白水" in str(cell.value) for row in sheet.iter_rows() for cell in row)


def test_every_filed_text_is_kept_with_its_hash(cast: Cast) -> None:
    item = filed(cast.author, NOW, title="第一稿")
    step(item, Action.RETURN, cast.section_head, NOW, "改标题")
    Item.objects.filter(pk=item.pk).update(title="第二稿")
    step(item, Action.SUBMIT, cast.author, NOW)
    first, second = item.versions.order_by("number")
    assert [first.content["title"], second.content["title"]] == ["第一稿", "第二稿"]
    assert first.sha256 == content_hash(first.content) != second.sha256


def test_a_withdrawn_item_keeps_its_number_and_no_other_gets_it(cast: Cast) -> None:
    item = filed(cast.author, NOW)
    number = item.number
    step(item, Action.WITHDRAW, cast.author, NOW)
    other = filed(cast.colleague, NOW, title="另一篇")
    step(item, Action.SUBMIT, cast.author, NOW)
    assert item.number == number == f"{cast.author.unit.code}-2026-0001"
    assert other.number == f"{cast.author.unit.code}-2026-0002"


@pytest.mark.django_db(transaction=True)
def test_numbers_taken_at_once_are_all_different(city: City) -> None:
    barrier, taken = Barrier(6), []

    def take() -> None:
        barrier.wait()
        with transaction.atomic():
            taken.extend(take_numbers(unit=city.county, year=2026, count=3))
        connection.close()

    threads = [Thread(target=take) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == len(set(taken)) == 18


@pytest.mark.parametrize("hostile", ["\x00", "a\x1b"])
def test_control_characters_in_a_search_are_refused_with_400(cast: Cast, as_user, hostile: str) -> None:
    assert as_user(cast.author).get(LIST, {"q": hostile}).status_code == 400
