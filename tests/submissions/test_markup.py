"""The text as HTML: what is kept, what never gets through, and that every text has one form."""

from __future__ import annotations

import re
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.spelling import composed
from submissions.markup import clean, downwards, from_words, words
from submissions.markup.tree import mainly_mongolian

MONGOLIAN = "ᠮᠣᠩᠭᠣᠯ ᠪᠢᠴᠢᠭ"


def signs(text: str) -> str:
    """What of a text must not be lost: all but spaces, control characters and what is unseen."""
    seen = (char for char in composed(text) if unicodedata.category(char) != "Cc" and not char.isspace())
    return unicodedata.normalize("NFD", "".join(seen))


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<p>甲</p><div>乙<div>丙</div>丁</div>", "<p>甲</p><p>乙</p><p>丙</p><p>丁</p>"),
        ("甲<br>乙<br><br><br>丙", "<p>甲<br>乙<br>丙</p>"),
        ("<p>　　甲 \n 乙</p><p> </p><p>&nbsp;<br></p>", "<p>甲乙</p>"),
        ("<b>甲</b><i>乙</i>", "<p><strong>甲</strong><em>乙</em></p>"),
        ("<strong><em>甲</em>乙</strong>", "<p><em><strong>甲</strong></em><strong>乙</strong></p>"),
        ("<h1>甲</h1><h2>乙</h2><h4>丙</h4>", "<h2>甲</h2><h2>乙</h2><h3>丙</h3>"),
        ("<ul><li>甲<ol><li>乙</li></ol></li></ul>", "<ul><li>甲<ol><li>乙</li></ol></li></ul>"),
        ("<ol><li><p>甲</p><p>乙</p></li><li></li></ol>", "<ol><li>甲<br>乙</li></ol>"),
        ("<blockquote><div>甲</div></blockquote>", "<blockquote><p>甲</p></blockquote>"),
        (
            '<table id="x"><tr><th colspan="2">甲</th></tr><tr><td rowspan="1"><p>乙</p>丙</td></tr></table>',
            '<table><tbody><tr><th colspan="2">甲</th></tr><tr><td>乙<br>丙</td></tr></tbody></table>',
        ),
        (
            "<table><tr><td>甲<table><tr><td>乙</td><td>丙</td></tr></table></td></tr></table>",
            "<table><tbody><tr><td>甲<br>乙 丙</td></tr></tbody></table>",
        ),
        ("<table><tr><td></td></tr></table>", ""),
        ("H<sub>2</sub>O<sup>2</sup> <u>下</u>", "<p>H<sub>2</sub>O<sup>2</sup> <u>下</u></p>"),
        (f"<p>{MONGOLIAN}</p>", f'<p lang="mn-Mong">{MONGOLIAN}</p>'),
        ("", ""),
    ],
)
def test_paragraphs_marks_lists_and_tables_are_kept_in_one_form(html: str, kept: str) -> None:
    assert clean(html) == kept


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '<p onclick="alert(1)" style="position:fixed" class="btn" id="read">甲</p>',
        '<a href="javascript:alert(1)">甲</a>',
        '<a href=" java&#10;script:alert(1)" target=_blank>甲</a>',
        "<svg><script>alert(1)</script><p>甲</p></svg>",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        '<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">',
        '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
        "<template><p>甲</p></template>",
        "<style>p{background:url(//x)}</style>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
        "<form action=//x><input name=csrf><button>甲</button></form>",
        "<!--><img src=x onerror=alert(1)>-->",
        "<p lang='x\" onclick=alert(1)'>甲",
        '<td colspan="2" onclick="x">甲</td>',
        '<table><tr><td colspan="99999999" rowspan="-1">甲</td></tr></table>',
        "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>",
        "<p>\u0338script</p><p>>\u0338</p>",
        "<base href=//x><meta http-equiv=refresh content=0><link rel=stylesheet href=//x>",
        "\x00<scr\x00ipt>alert(1)</scr\x00ipt>",
    ],
)
def test_nothing_gets_through_but_the_kept_elements(html: str) -> None:
    result = clean(html)
    kept = {"p", "br", "strong", "em", "u", "sub", "sup", "h2", "h3", "ul", "ol", "li", "blockquote"}
    kept |= {"table", "caption", "thead", "tbody", "tr", "th", "td"}
    for piece in result.split("<")[1:]:
        tag, _, attributes = piece.partition(">")[0].lstrip("/").partition(" ")
        assert tag in kept
        assert all(part.split("=")[0] in {"lang", "colspan", "rowspan"} for part in attributes.split())
    assert composed(result).count("<p") == result.count("<p>")
    assert clean(result) == result


def test_a_row_that_cells_above_fill_alone_is_taken_out_of_them() -> None:
    rows = '<tr><td rowspan="2">甲</td><td rowspan="3">乙</td></tr><tr></tr><tr><td>丙</td></tr>'
    kept = '<tr><td>甲</td><td rowspan="2">乙</td></tr><tr><td>丙</td></tr>'
    assert clean(f"<table>{rows}</table>") == f"<table><tbody>{kept}</tbody></table>"


def test_a_span_is_no_wider_than_a_page_can_bear() -> None:
    assert 'colspan="200"' in clean('<table><tr><td colspan="9999">甲</td></tr></table>')


@pytest.mark.parametrize("tag", ["div", "b", "ul><li", "table><tr><td", "blockquote", "font"])
def test_huge_nesting_is_flattened_in_good_time(tag: str) -> None:
    started = time.monotonic()
    result = clean(f"<{tag}>" * 6000 + "甲")
    assert words(result).endswith("甲")
    assert result.count("<") < 40
    assert time.monotonic() - started < 20


def test_words_are_a_paragraph_a_line_and_cells_joined_by_a_tab() -> None:
    html = clean(
        "<h2>一、头</h2><p>甲<br>乙</p><ul><li>丙</li></ul><ol><li>丁</li><li>戊</li></ol>"
        "<table><caption>表</caption><tr><th>a</th><th>b</th></tr><tr><td>1<br>2</td><td></td></tr></table>"
    )
    assert words(html).split("\n") == ["一、头", "甲", "乙", "• 丙", "1. 丁", "2. 戊", "表", "a\tb", "1 2"]


def test_a_line_break_in_the_source_is_none_between_chinese_characters_and_a_space_elsewhere() -> None:
    assert clean("<p>青山\n县委</p>") == "<p>青山县委</p>"
    assert clean("<p>on\nline</p>") == "<p>on line</p>"


def test_what_is_mainly_mongolian_runs_downwards_and_a_word_in_a_title_too() -> None:
    assert mainly_mongolian(f"{MONGOLIAN}报")
    assert not mainly_mongolian(f"《内蒙古日报》蒙古文版 {MONGOLIAN[:3]}刊登了我市巡察工作的做法")
    assert not mainly_mongolian("")
    assert (
        downwards(f"<b>{MONGOLIAN}</b>报") == f'&lt;b&gt;<span lang="mn-Mong">{MONGOLIAN}</span>&lt;/b&gt;报'
    )


@given(st.text())
def test_words_survive_being_made_html(text: str) -> None:
    html = from_words(text)
    assert clean(html) == html
    assert words(from_words(words(html))) == words(html)
    assert signs(words(html)) == signs(text)


@given(st.lists(st.text(alphabet="甲乙 ab&<>\"'喆𬱖", min_size=1).map(str.strip).filter(bool)))
def test_each_line_becomes_a_paragraph_and_each_paragraph_a_line(lines: list[str]) -> None:
    html = from_words("\n".join(lines))
    assert html.count("<p>") == len(lines)
    assert words(html).split("\n") == [re.sub(" +", " ", line) for line in lines] or not lines


TAGS = (
    "p /p b /b i ul li /li /ul ol table tr td /td td.colspan=3 /table thead caption h1 /h1 h4 br div "
    "/div sup blockquote /blockquote svg math script /script style select a.href=x"
)
TEXTS = "甲|乙 丙| |\n|\u3000|&nbsp;|&#824;|&lt;|\u0338|e|\u0301|\u200b|<|>"
PIECES = st.sampled_from(
    [*(f"<{tag.replace('.', ' ')}>" for tag in TAGS.split(" ")), *TEXTS.split("|"), MONGOLIAN]
)


@settings(max_examples=400)
@given(st.lists(PIECES | st.text(max_size=3), max_size=25).map("".join))
def test_cleaning_twice_changes_nothing(html: str) -> None:
    once = clean(html)
    assert clean(once) == once
    assert composed(once).count("<") == once.count("<")
    assert (once == "") == (words(once) == "")
