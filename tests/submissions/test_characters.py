"""Characters that other systems lose are the same on every way in and out of this one."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import User
from adoptions.models import Outlet
from bulletins.document.rows import Paragraph
from bulletins.files.pdf import bulletin_pdf
from bulletins.files.word.building import bulletin_docx
from kit.spelling import composed
from reviews.enums import Action
from submissions.models import Item
from submissions.wordfile.reading import read_word
from tests.adoptions.builders import book, row, run_import
from tests.bulletins.pdf_pages import pages
from tests.bulletins.sample import sample_document
from tests.conftest import Cast, draft, filed, shanghai, step
from tests.submissions.builders import form_data

NOW = shanghai("2026-04-10")
TYPED = {
    "rare Chinese characters": "吴𬱖、包喆、㙟",
    "the longest character": "𰻝面",
    "Traditional Mongolian": "ᠮᠣᠩᠭᠣᠯ ᠪᠢᠴᠢᠭ᠎ᠠ",
    "an emoji of seven code points": "👨‍👩‍👧‍👦",
    "a flag": "🇨🇳",
    "a skin and a picture sign": "👍🏽❤️",
    "decomposed input": "Cafe\u0301 re\u0301sume\u0301",
}
each_text = pytest.mark.parametrize("typed", TYPED.values(), ids=TYPED)


def bare(text: str) -> str:
    return re.sub(r"\s", "", composed(text))


def shown(html: str) -> str:
    """What of a page is read: without tags and spaces."""
    return bare(unescape(re.sub(r"<[^>]*>", "", html)))


def words_of(file: bytes) -> str:
    document = docx.Document(io.BytesIO(file))
    return bare("".join(part.text or "" for part in document.element.body.iter() if part.tag.endswith("}t")))


@each_text
@pytest.mark.parametrize("by_editor", [True, False])
def test_it_is_stored_composed_and_shown_on_every_page_of_the_item(
    typed: str, by_editor: bool, cast: Cast, as_user: Callable[[User], Client]
) -> None:
    text: dict[str, Any] = {"html": f"<p>甲{typed}</p>", "body": ""} if by_editor else {"body": f"甲{typed}"}
    client = as_user(cast.author)
    client.post(reverse("submissions:item-create"), form_data(title=f"题{typed}", **text))
    item = Item.objects.get()
    assert (item.title, item.body) == (f"题{composed(typed)}", f"甲{composed(typed)}")
    step(item, Action.SUBMIT, cast.author, NOW)
    reviewer = as_user(cast.section_head)
    for who, page in [
        (client, reverse("submissions:item-detail", args=[item.pk])),
        (client, reverse("submissions:version-detail", args=[item.pk, 1])),
        (reviewer, reverse("reviews:item-decide", args=[item.pk])),
    ]:
        seen = shown(who.get(page).content.decode())
        assert f"题{bare(typed)}" in seen, page
        assert f"甲{bare(typed)}" in seen, page


@each_text
def test_it_is_found_by_itself_and_by_any_two_of_its_signs(typed: str, cast: Cast) -> None:
    in_title, in_body = (
        filed(cast.author, NOW, title=f"题{typed}"),
        filed(cast.author, NOW, body=f"文{typed}"),
    )
    filed(cast.author, NOW, title="别的", body="别的")
    plain = composed(typed)
    pairs = {plain[at : at + 2] for at in range(len(plain) - 1)}
    for sought in [typed, plain, *(pair for pair in pairs if not re.search(r"\s", pair))]:
        assert set(Item.objects.containing(sought)) == {in_title, in_body}, sought


@each_text
def test_it_is_in_the_list_as_excel(typed: str, cast: Cast, as_user: Callable[[User], Client]) -> None:
    filed(cast.author, NOW, title=typed)
    answer = as_user(cast.admin).get(reverse("submissions:item-export"))
    sheet: Any = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active  # type: ignore[attr-defined]
    assert composed(typed) in {cell.value for cell in sheet[3]}


@each_text
def test_it_is_in_the_item_as_word(typed: str, cast: Cast, as_user: Callable[[User], Client]) -> None:
    item = draft(cast.author, NOW, title=f"题{typed}", body=f"甲{typed}")
    file = as_user(cast.author).get(reverse("submissions:item-word", args=[item.pk])).content
    assert f"题{bare(typed)}" in words_of(file)
    assert f"甲{bare(typed)}" in words_of(file)


@each_text
@pytest.mark.usefixtures("clean_files")
def test_it_comes_in_with_a_word_file(typed: str, cast: Cast, as_user: Callable[[User], Client]) -> None:
    document = docx.Document()
    document.add_paragraph(f"题{typed}")
    document.add_paragraph(f"甲{typed}。")
    file = io.BytesIO()
    document.save(file)
    upload = SimpleUploadedFile("稿件.docx", file.getvalue())
    empty = form_data(title="", body="", word_file=upload)
    assert as_user(cast.author).post(reverse("submissions:item-create"), empty).status_code == 302
    item = Item.objects.get()
    assert (bare(item.title), bare(item.body)) == (f"题{bare(typed)}", f"甲{bare(typed)}。")


@each_text
def test_it_is_in_a_bulletin_as_word_and_as_pdf_with_a_shape_for_each_sign(typed: str) -> None:
    text = (Paragraph("opening.1", "opening", f"甲{typed}"),)
    document = replace(sample_document(), title=f"题{typed}", text=text)
    assert f"甲{bare(typed)}" in words_of(bulletin_docx(document))
    printed = bulletin_pdf(document)
    assert printed.missing == ()
    seen = bare("".join(pages(printed.files[0])[0].texts))
    assert f"题{bare(typed)}" in seen
    assert f"甲{bare(typed)}" in seen


@each_text
def test_it_comes_in_with_a_ledger(typed: str, cast: Cast, outlets: dict[str, Outlet]) -> None:
    run_import(book([row(f"题{typed}")]), cast)
    assert Item.objects.get().title == f"题{composed(typed)}"


@each_text
def test_a_word_file_of_ours_reads_back_as_it_was(
    typed: str, cast: Cast, as_user: Callable[[User], Client]
) -> None:
    item = draft(cast.author, NOW, title=f"题{typed}", html=f"<p>甲<strong>{typed}</strong></p>")
    file = as_user(cast.author).get(reverse("submissions:item-word", args=[item.pk])).content
    text = read_word(io.BytesIO(file), {item.unit.name}, {"甲作者"})
    assert (bare(text.title), text.authors) == (bare(item.title), ["甲作者"])
    assert text.html == item.html


@pytest.mark.parametrize("page", ["submissions:item-detail", "submissions:item-list"])
def test_traditional_mongolian_runs_downwards(
    page: str, cast: Cast, as_user: Callable[[User], Client]
) -> None:
    mongolian = TYPED["Traditional Mongolian"]
    item = draft(cast.author, NOW, title=f"题{mongolian}", body=f"汉字段落。\n{mongolian}")
    address = reverse(page, args=[item.pk] if page.endswith("detail") else [])
    html = as_user(cast.author).get(address).content.decode()
    assert f'题<span lang="mn-Mong">{mongolian}</span>' in html
    if page.endswith("detail"):
        assert f'<p tabindex="0" lang="mn-Mong">{mongolian}</p>' in html
        assert "<p>汉字段落。</p>" in html
