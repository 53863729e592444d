"""What changed between two texts: nothing lost, nothing invented, quick, and readable."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from django.template.loader import render_to_string
from hypothesis import given, settings
from hypothesis import strategies as st

from reviews.comparing import diffs
from reviews.comparing.diffs import Change, Piece, changed_facts, compare
from tests.hanging import ends

#: Few different characters, so that the texts have much in common.
TEXTS = st.text(st.sampled_from("巡察整改，。的\n 1a2é\u0301\u200d👩👦🏽ᠮ\u180b"), max_size=60)


def old_of(pieces: list[Piece]) -> str:
    return "".join(piece.text for piece in pieces if piece.kind != "ins")


def new_of(pieces: list[Piece]) -> str:
    return "".join(piece.text for piece in pieces if piece.kind != "del")


def marked(old: str, new: str) -> str:
    """The comparison with [-taken out-] and {+put in+}."""
    signs = {"same": "{}", "del": "[-{}-]", "ins": "{{+{}+}}"}
    return "".join(signs[kind].format(text) for kind, text in compare(old, new))


@settings(max_examples=300, deadline=None)
@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_from_the_pieces(old: str, new: str) -> None:
    pieces = compare(old, new)
    assert (old_of(pieces), new_of(pieces)) == (old, new)


@settings(max_examples=200, deadline=None)
@given(TEXTS, TEXTS)
def test_the_pieces_are_never_empty_and_neighbours_differ_in_kind(old: str, new: str) -> None:
    pieces = compare(old, new)
    assert all(piece.text for piece in pieces)
    assert all(left.kind != right.kind for left, right in pairwise(pieces))
    assert compare(old, new) == pieces


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert compare(text, text) == ([Piece("same", text)] if text else [])


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("共发现问题12个。", "共发现问题15个。", "共发现问题[-12-]{+15+}个。"),
        ("扎实推进整改", "有力推进整改工作", "[-扎实-]{+有力+}推进整改{+工作+}"),
        ("第一段\n第二段\n", "第一段\n新的一段\n第二段\n", "第一段\n{+新的一段\n+}第二段\n"),
        ("第一段\n第二段\n", "第二段\n", "[-第一段\n-]第二段\n"),
        ("", "全文", "{+全文+}"),
        ("全文", "", "[-全文-]"),
        (
            "会后座谈。",
            "会后座谈，听取了各单位负责同志的意见建议，并研究下一步工作。",
            "会后座谈{+，听取了各单位负责同志的意见建议，并研究下一步工作+}。",
        ),
        ("台帐内83项", "台账内83项", "台[-帐-]{+账+}内83项"),
    ],
)
def test_what_changed_is_marked_character_by_character(old: str, new: str, expected: str) -> None:
    assert marked(old, new) == expected


def test_a_paragraph_is_compared_with_the_one_it_came_from() -> None:
    old = "组织开展专题培训。\n建立会商机制，每周梳理进展。\n"
    new = "市委召开动员会。\n组织开展专题培训班。\n建立会商机制，每月梳理进展。\n"
    assert marked(old, new) == (
        "{+市委召开动员会。\n+}组织开展专题培训{+班+}。\n建立会商机制，每[-周-]{+月+}梳理进展。\n"
    )


def test_a_rewritten_sentence_is_shown_whole_not_in_crumbs() -> None:
    pieces = compare("组织开展专题培训班，邀请专家授课。", "近日召开座谈会，听取意见和建议。")
    assert [piece.kind for piece in pieces] in (["del", "ins"], ["del", "ins", "same"])


@pytest.mark.parametrize("whole", ["👨‍👩‍👧‍👦", "👍🏽", "e\u0301", "ᠮ\u180b", "1234.5", "Wechat", "𬱖"])
def test_what_reads_as_one_sign_is_never_cut(whole: str) -> None:
    kept = [text for kind, text in compare(f"青山县委{whole}巡察办", "青山县委巡察办") if kind == "del"]
    assert kept == [whole]


def test_line_ends_of_another_system_are_no_change() -> None:
    assert compare("第一段\r\n第二段", "第一段\n第二段") == [Piece("same", "第一段\n第二段")]


def words(length: int, seed: int) -> str:
    signs = "的一是了在人有巡察整改工作市委办组问题落实推进责任监督，。\n"
    return "".join(random.Random(seed).choices(signs, k=length))  # noqa: S311


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (words(10_000, 1), words(10_000, 2)),
        ("的" * 10_000, "了" * 10_000),
        ("的一" * 5_000, "一的" * 5_000),
        ("的\n" * 5_000, "一\n的\n" * 2_500),
        (words(10_000, 1).replace("\n", ""), words(10_000, 2).replace("\n", "")),
    ],
)
def test_ten_thousand_characters_are_compared_in_a_moment(old: str, new: str) -> None:
    with ends():
        pieces = compare(old, new)
    assert (old_of(pieces), new_of(pieces)) == (old, new)


def test_beyond_the_limit_a_passage_is_shown_as_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diffs, "LIMIT", 10)
    assert marked("甲乙丙丁戊", "己乙庚丁辛") == "[-甲乙丙丁戊-]{+己乙庚丁辛+}"


def test_hostile_text_is_shown_as_text() -> None:
    pieces = compare("<script>alert(1)</script>", '<img src=x onerror="alert(2)">')
    html = render_to_string("components/diff.html", {"pieces": pieces})
    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;" in html


def test_facts_that_differ_are_named_with_both_values() -> None:
    old = {"体裁": "消息", "作者": "甲", "轮次": "第一轮"}
    new = {"作者": "甲、乙", "体裁": "消息", "附件": "a.docx"}
    assert changed_facts(old, new) == [
        Change("作者", "甲", "甲、乙"),
        Change("附件", "", "a.docx"),
        Change("轮次", "第一轮", ""),
    ]
