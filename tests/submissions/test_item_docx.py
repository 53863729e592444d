"""An item as a Word file."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import docx
import pytest
from django.test import Client
from django.urls import reverse
from docx.document import Document
from docx.oxml.ns import qn

from accounts.models import User
from reviews.enums import Action
from submissions.models import Item
from submissions.wordfile.reading import read_word
from tests.conftest import Cast, draft, filed, shanghai, step

NOW = shanghai("2026-04-10")
TABLE = (
    '<table><tbody><tr><th colspan="2">甲</th><td>乙</td></tr>'
    '<tr><td rowspan="2">丙</td><td>丁</td><td></td></tr>'
    "<tr><td>戊</td><td>己</td></tr></tbody></table>"
)


def download(client: Client, item: Item) -> Any:
    return client.get(reverse("submissions:item-word", args=[item.pk]))


def opened(client: Client, item: Item) -> Document:
    answer = download(client, item)
    assert answer.status_code == 200
    return docx.Document(io.BytesIO(answer.content))


def test_it_has_title_signature_and_text(cast: Cast, as_user: Callable[[User], Client]) -> None:
    item = draft(cast.author, NOW, html="<h2>一、头</h2><p>正<strong>文</strong>。</p><h3>（一）小</h3>")
    paragraphs = opened(as_user(cast.author), item).paragraphs
    assert [(one.text, one.style.name) for one in paragraphs if one.text] == [  # type: ignore[union-attr]
        (item.title, "Title"),
        ("青山县　甲作者", "公文无缩进"),
        ("一、头", "Heading 1"),
        ("正文。", "Normal"),
        ("（一）小", "Heading 2"),
    ]
    assert [run.bold for one in paragraphs if one.text == "正文。" for run in one.runs] == [None, True, None]


def test_lists_and_quotations_are_paragraphs_with_signs(
    cast: Cast, as_user: Callable[[User], Client]
) -> None:
    html = "<ul><li>甲<ol><li>乙</li><li>丙</li></ol></li></ul><blockquote><p>丁</p></blockquote>"
    texts = [one.text for one in opened(as_user(cast.author), draft(cast.author, NOW, html=html)).paragraphs]
    assert texts[-4:] == ["• 甲", "1. 乙", "2. 丙", "丁"]


def test_a_table_keeps_its_merged_cells(cast: Cast, as_user: Callable[[User], Client]) -> None:
    (table,) = opened(as_user(cast.author), draft(cast.author, NOW, html=TABLE)).tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["甲", "甲", "乙"],
        ["丙", "丁", ""],
        ["丙", "戊", "己"],
    ]
    widths = {int(column.get(qn("w:w"))) for column in table._tbl.tblGrid.iterchildren()}
    assert max(widths) * 3 <= 8844 + 3


@pytest.mark.parametrize(
    "html",
    [
        TABLE.replace("th", "td"),
        '<table><tr><td rowspan="2">甲</td><td rowspan="3">乙</td></tr><tr></tr><tr><td>丙</td></tr></table>',
        "<p>甲</p><p>乙<br>丙</p><p>x<sup>2</sup> &lt;b&gt; &amp;amp;</p>",
    ],
)
def test_what_it_holds_reads_back_the_same(html: str, cast: Cast, as_user: Callable[[User], Client]) -> None:
    item = draft(cast.author, NOW, html=html)
    answer = download(as_user(cast.author), item)
    assert read_word(io.BytesIO(answer.content), {"青山县"}).html == item.html


def test_others_get_the_text_that_was_filed_not_the_one_being_written(
    cast: Cast, as_user: Callable[[User], Client]
) -> None:
    item = step(filed(cast.author, NOW), Action.RETURN, cast.section_head, NOW, "补充数字")
    Item.objects.filter(pk=item.pk).update(title="正在改的标题", html="<p>改</p>", body="改")
    titles = [opened(as_user(who), item).paragraphs[0].text for who in (cast.author, cast.section_head)]
    assert titles == ["正在改的标题", "青山县扎实推进巡察整改"]


def test_whoever_may_not_see_an_item_gets_no_file(
    cast: Cast, foreign_cast: Cast, as_user: Callable[[User], Client]
) -> None:
    item = filed(cast.author, NOW)
    for person in (cast.other_author, foreign_cast.section_head):
        assert download(as_user(person), item).status_code == 404


def test_its_name_is_the_title_without_what_a_file_name_cannot_have(
    cast: Cast, as_user: Callable[[User], Client]
) -> None:
    item = draft(cast.author, NOW, title='整改/见效:"一"')
    assert "%2F" not in download(as_user(cast.author), item)["Content-Disposition"]
