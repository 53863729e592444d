"""The PDF of a bulletin, measured on its pages against GB/T 9704—2012 (docs/gongwen-check.md)."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise

import pytest

from bulletins.document.document import BulletinDocument
from bulletins.document.rows import Attachment, Paragraph
from bulletins.files.pdf import bulletin_pdf
from tests.bulletins.pdf_pages import BLACK, RED, Glyph, Page, pages
from tests.bulletins.sample import sample_document

#: The text's edges in millimetres, one of its 28 characters, a 3号 character and the pitch of its 22 lines.
TOP, LEFT, RIGHT, BOTTOM = 37.0, 28.0, 184.0, 262.0
CHARACTER = 156 / 28
EM = 16 / 72 * 25.4
PITCH = (225 - EM) / 21
#: 4号, in which the page number and the imprint are set.
SMALL = 14 / 72 * 25.4


@cache
def printed(*, issued: bool = True, preprinted: bool = False, review: bool = False) -> list[Page]:
    document = sample_document(issued=issued)
    return pages(bulletin_pdf(document, preprinted=preprinted, review=review).files[0])


def with_text(*paragraphs: str) -> BulletinDocument:
    text = tuple(Paragraph(f"opening.{at}", "opening", each) for at, each in enumerate(paragraphs))
    return replace(sample_document(), text=text)


@cache
def full_page() -> Page:
    """The second page of a text that goes on and on."""
    return pages(bulletin_pdf(with_text("巡" * 3000)).files[0])[1]


def body(page: Page) -> list[list[Glyph]]:
    """The lines between the margins."""
    return [line for line in page.lines if line[0].em_bottom <= BOTTOM + 0.5]


def near(value: float, tolerance: float = 0.15) -> object:
    return pytest.approx(value, abs=tolerance)


def test_the_paper_is_a4() -> None:
    assert {(round(page.wide), round(page.high)) for page in printed()} == {(210, 297), (297, 210)}


def test_a_full_page_has_22_lines_of_28_characters() -> None:
    lines = body(full_page())
    assert [len(line) for line in lines] == [28] * 22
    pitches = {round(low[0].baseline - high[0].baseline, 2) for high, low in pairwise(lines)}
    assert pitches == {round(PITCH, 2)}


def test_the_text_fills_156_by_225_millimetres_within_the_margins() -> None:
    lines = body(full_page())
    assert lines[0][0].em_top == near(TOP)
    assert lines[-1][0].em_bottom == near(BOTTOM)
    assert {round(line[0].x, 1) for line in lines} == {LEFT}
    assert {round(line[-1].x + CHARACTER, 1) for line in lines} == {RIGHT}
    ink = [glyph for line in lines for glyph in line]
    assert min(glyph.top for glyph in ink) == near(37, 1)
    assert min(glyph.left for glyph in ink) == near(28, 1)
    assert max(glyph.right for glyph in ink) == near(210 - 26, 1)
    assert max(glyph.bottom for glyph in ink) == near(297 - 35, 1)


def test_the_text_is_black_and_of_16_points() -> None:
    assert {(glyph.size, glyph.colour) for line in body(full_page()) for glyph in line} == {(16.0, BLACK)}


def test_the_red_head_begins_35_millimetres_below_the_text_edge_in_the_middle() -> None:
    head = printed()[0].line("中共通辽市委")
    assert {glyph.colour for glyph in head} == {RED}
    assert head[0].em_top == near(TOP + 35)
    assert (head[0].left + head[-1].right) / 2 == near((LEFT + RIGHT) / 2, 0.5)
    assert head[0].size * 1.0 >= 40


def test_the_number_stands_two_lines_below_the_head_without_leading_zero() -> None:
    page = printed()[0]
    head, number = page.line("中共通辽市委"), page.line("通巡办通报")
    assert "".join(glyph.sign for glyph in number) == "通巡办通报〔2026〕3号"
    blank = number[0].em_top - head[0].em_bottom
    assert blank == near(2 * PITCH + (PITCH - EM))
    assert {glyph.colour for glyph in number} == {BLACK}
    assert (number[0].x + number[-1].x + EM) / 2 == near((LEFT + RIGHT) / 2, 0.6)


def test_the_red_line_is_156_millimetres_wide_and_4_below_the_number() -> None:
    page = printed()[0]
    (line,) = page.rules
    assert (line.left, line.right) == (near(LEFT, 0.05), near(RIGHT, 0.05))
    assert 0.35 <= line.thickness <= 0.5
    assert line.colour == RED
    assert line.top - line.thickness / 2 - page.line("通巡办通报")[0].em_bottom == near(4)


def test_the_title_stands_two_lines_below_the_red_line_in_22_points() -> None:
    page = printed()[0]
    first, second = page.line("关于2026年"), page.line("稿件报送及")
    (line,) = page.rules
    assert first[0].em_top - line.top == near(2 * PITCH, 0.4)
    assert {glyph.size for glyph in first + second} == {22.0}
    for part in (first, second):
        assert (part[0].left + part[-1].right) / 2 == near((LEFT + RIGHT) / 2, 0.5)
    assert len(first) != len(second)


def test_the_addressees_stand_flush_left_one_line_below_the_title() -> None:
    page = printed()[0]
    last, addressees = page.line("稿件报送及"), page.line("各旗县市区")
    assert addressees[0].em_top - last[0].em_bottom == near(PITCH + (PITCH - EM))
    assert addressees[0].x == near(LEFT)
    assert addressees[-1].sign == "："


def test_paragraphs_and_headings_are_indented_by_two_characters() -> None:
    page = printed()[0]
    for beginning in ("现将2026年", "一、基本情况"):
        assert page.line(beginning)[0].x == near(LEFT + 2 * CHARACTER)
    assert "Sans" in page.line("一、基本情况")[0].font
    assert "Serif" in page.line("现将2026年")[0].font


def test_attachments_are_listed_one_line_below_the_text_with_aligned_names() -> None:
    document = replace(
        with_text("通报如下。"), title="通报", attachments=(Attachment("adoptions", "采用稿件表"),)
    )
    page = pages(bulletin_pdf(document).files[0])[0]
    text, first, second = page.line("通报如下"), page.line("附件：1."), page.line("2.稿件")
    assert first[0].em_top - text[0].em_bottom == near(PITCH + (PITCH - EM))
    assert first[0].x == near(LEFT + 2 * CHARACTER)
    assert first[5].x == near(second[2].x)
    assert first[-1].sign != "。"


def test_the_date_ends_four_characters_from_the_right_with_the_signature_over_its_middle() -> None:
    document = with_text("通报如下。")
    short = replace(document, letterhead=replace(document.letterhead, signature="市委巡察办"))
    page = next(page for page in pages(bulletin_pdf(short).files[0]) if "2026年4月10日" in page.texts)
    signature, day = page.line("市委巡察办"), page.line("2026年4月10日")
    assert day[-1].x + CHARACTER == near(RIGHT - 4 * CHARACTER, 0.4)
    middle = [(line[0].x + line[-1].x + CHARACTER) / 2 for line in (signature, day)]
    assert middle[0] == near(middle[1], 0.4)


def test_the_signature_is_never_alone_on_its_page() -> None:
    for lines in range(6, 12):
        document = with_text(*["通报如下。"] * lines)
        page = next(page for page in pages(bulletin_pdf(document).files[0]) if "2026年4月10日" in page.texts)
        assert "附件：1.稿件报送及采用情况统计表" in page.texts
        alone = replace(document, attachments=(), groups=(), history=())
        alone = replace(alone, now=replace(alone.now, central=0, province=0, city=0, county=0))
        page = next(page for page in pages(bulletin_pdf(alone).files[0]) if "2026年4月10日" in page.texts)
        assert "通报如下。" in page.texts


def test_a_long_signature_ends_two_characters_from_the_right() -> None:
    page = next(page for page in printed() if "2026年4月10日" in page.texts)
    assert page.line("中共通辽市委")[-1].x + CHARACTER == near(RIGHT - 2 * CHARACTER, 0.4)


def test_attachments_begin_on_new_pages_with_label_and_title() -> None:
    page = next(page for page in printed() if page.texts[0] == "附件4")
    label, title = page.lines[0], page.lines[1]
    assert (label[0].x, label[0].em_top) == (near(LEFT), near(TOP))
    # 附件标题居中编排在版心第三行。
    assert title[0].em_top == near(TOP + 2 * PITCH)
    assert title[0].size == 22.0


def test_the_imprint_lies_on_the_lower_edge_of_the_last_page() -> None:
    page = printed()[-1]
    first, middle, last = page.rules[-3:]
    assert [round(each.thickness, 2) for each in (first, middle, last)] == [0.35, 0.25, 0.35]
    assert last.top + last.thickness / 2 == near(BOTTOM, 0.05)
    copies, printer = page.line("抄送："), page.line("中共通辽市委")
    assert {glyph.size for glyph in copies + printer} == {14.0}
    assert (copies[0].x, printer[0].x) == (near(LEFT + SMALL), near(LEFT + SMALL))
    assert copies[-1].sign == "。"
    assert "".join(glyph.sign for glyph in printer).endswith("2026年4月10日印发")
    assert printer[-1].x + SMALL == near(RIGHT - SMALL)


def test_the_imprint_has_a_page_of_its_own_behind_a_lying_table() -> None:
    document = replace(
        sample_document(), attachments=(Attachment("charts", "图"), Attachment("adoptions", "表"))
    )
    last = pages(bulletin_pdf(document).files[0])[-1]
    assert last.wide < last.high
    assert last.rules[-1].top == near(BOTTOM, 0.3)
    assert len(last.lines) == 3


def number(page: Page) -> list[Glyph]:
    """— 1 —, wherever it stands and however it is turned."""
    first = next(at for at, glyph in enumerate(page.glyphs) if glyph.sign == "—" and glyph.size == 14.0)
    return page.glyphs[
        first : first
        + next(at for at, glyph in enumerate(page.glyphs[first + 1 :], start=2) if glyph.sign == "—")
    ]


def test_page_numbers_stand_outside_seven_millimetres_below_the_text() -> None:
    for place, page in enumerate(printed(), start=1):
        if page.wide > page.high:
            continue
        drawn = number(page)
        assert "".join(glyph.sign for glyph in drawn) == f"—{place}—"
        assert (drawn[0].top + drawn[0].bottom) / 2 == near(BOTTOM + 7)
        if place % 2:
            # The dash of the shipped font is a little narrower than a character.
            assert drawn[-1].right == near(RIGHT - SMALL, 0.7)
        else:
            assert drawn[0].x == near(LEFT + SMALL)


def test_lying_pages_have_the_number_where_it_stands_upright() -> None:
    seen = set()
    for place, page in enumerate(printed(), start=1):
        if page.wide < page.high:
            continue
        drawn = number(page)
        assert "".join(glyph.sign for glyph in drawn) == f"—{place}—"
        # Turned to the right, the page's left edge is the foot: 297 − x is the height, y the distance across.
        assert 297 - (drawn[0].left + drawn[0].right) / 2 == near(BOTTOM + 7)
        if place % 2:
            assert max(glyph.bottom for glyph in drawn) == near(RIGHT - SMALL, 1)
        else:
            assert min(glyph.top for glyph in drawn) == near(LEFT + SMALL, 1)
        seen.add(place % 2)
    assert seen == {0, 1}


def test_the_head_of_a_table_is_on_each_of_its_pages() -> None:
    long = pages(bulletin_pdf(sample_document(rows=60)).files[0])
    lying = [page for page in long if page.wide > page.high]
    assert len(lying) > 5
    for page in lying:
        assert "单位" in "".join(page.texts[:9])


@pytest.mark.parametrize(("review", "mark"), [(False, "草稿"), (True, "送审稿")])
def test_what_is_not_issued_has_its_mark_on_every_page_and_no_number_and_nothing_red(review, mark) -> None:
    for page in printed(issued=False, review=review):
        assert {glyph.size for glyph in page.glyphs if glyph.sign == mark[0]} >= {110.0}
        assert RED not in {glyph.colour for glyph in page.glyphs} | {each.colour for each in page.strokes}
        assert "〔2026〕" not in "".join(page.texts)
    first = printed(issued=False, review=review)[0]
    assert mark in first.texts[0]
    middle = number(first)
    assert (middle[0].x + middle[-1].x + SMALL) / 2 == near((LEFT + RIGHT) / 2, 0.5)


def test_on_preprinted_paper_the_space_is_kept_and_nothing_is_red() -> None:
    with_head, without = printed()[0], printed(preprinted=True)[0]
    assert RED not in {glyph.colour for glyph in without.glyphs} | {each.colour for each in without.strokes}
    assert without.texts[0] == "通巡办通报〔2026〕3号"
    for beginning in ("通巡办通报", "关于2026年", "现将2026年"):
        assert without.line(beginning)[0].baseline == near(with_head.line(beginning)[0].baseline, 0.02)


def test_no_document_has_a_secrecy_mark() -> None:
    for shown in (printed(), printed(issued=False), printed(preprinted=True)):
        words = "".join(text for page in shown for text in page.texts)
        assert not any(mark in words for mark in ("秘密", "机密", "绝密", "★"))


def test_names_in_rare_characters_and_mongolian_are_printed() -> None:
    done = bulletin_pdf(with_text("包喆、吴𬱖、ᠮᠣᠩᠭᠣᠯ、é、“引号”、#sys.inputs、$x$、=SUM(A1)、😀"))
    assert done.missing == ()
    text = "".join(pages(done.files[0])[0].texts)
    for words in ("喆", "𬱖", "ᠮ", "é", "“引号”", "#sys.inputs、$x$、=SUM(A1)", "😀"):
        assert words in text, words


def test_what_no_font_has_is_printed_as_its_code_and_named() -> None:
    done = bulletin_pdf(with_text("文𓀀字"))
    assert done.missing == ("𓀀",)
    assert "［U+13000］" in "".join(pages(done.files[0])[0].texts)


def test_the_same_document_gives_the_same_bytes() -> None:
    assert bulletin_pdf(sample_document()).files == bulletin_pdf(sample_document()).files


def test_300_rows_are_all_in_the_pdf() -> None:
    shown = pages(bulletin_pdf(sample_document(rows=300)).files[0])
    words = "".join(text for page in shown for text in page.texts)
    assert all(f"（{at}）" in words for at in range(1, 301) if at != 5)


def test_as_many_units_as_there_are_fit_between_the_margins() -> None:
    document = sample_document()
    first = document.groups[0]
    many = tuple(replace(first.rows[at % 8], name=f"内蒙古自治区第{at}个很长的名称") for at in range(130))
    shown = pages(
        bulletin_pdf(replace(document, groups=(replace(first, rows=many), *document.groups[1:]))).files[0]
    )
    drawn = [page for page in shown if page.wide < page.high]
    lowest = max(glyph.bottom for page in drawn for glyph in page.glyphs if glyph.size == 10.5)
    assert lowest <= BOTTOM + 0.5
    assert "".join(text for page in drawn for text in page.texts).count("第129个") == 1


def test_addresses_and_codes_without_spaces_stay_within_the_margins() -> None:
    document = with_text("链接https://www.example.cn/" + "inspection/" * 9)
    longest = replace(document.lines[0], item_title="A" * 80)
    shown = pages(bulletin_pdf(replace(document, lines=(longest, *document.lines[1:]))).files[0])
    assert max(glyph.right for line in body(shown[0]) for glyph in line) <= RIGHT + 0.3
    table = next(page for page in shown if page.texts[0].endswith("附件2") or "附件2" in page.texts)
    ink = [glyph for glyph in table.glyphs if glyph.sign == "A"]
    assert len(ink) == 80
    assert max(glyph.right for glyph in ink) < min(g.left for g in table.glyphs if g.sign == "媒") + 30
