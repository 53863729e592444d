"""The Word file of a bulletin: page, grid, fonts, tables, sections, marks (docs/gongwen-check.md)."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml.etree import _Element

from bulletins.document.rows import Attachment, Paragraph
from bulletins.files.word.building import bulletin_docx
from tests.bulletins.sample import sample_document


@cache
def file(*, issued: bool = True, preprinted: bool = False, review: bool = False) -> ZipFile:
    document = sample_document(issued=issued)
    return ZipFile(BytesIO(bulletin_docx(document, preprinted=preprinted, review=review)))


@cache
def body(*, issued: bool = True, preprinted: bool = False) -> _Element:
    content = bulletin_docx(sample_document(issued=issued), preprinted=preprinted)
    return Document(BytesIO(content)).element.body


def part(name: str, **mode: bool) -> str:
    return file(**mode).read(name).decode()


def sections() -> list[_Element]:
    return list(body().iter(qn("w:sectPr")))


def values(element: _Element, names: str) -> dict[str, str]:
    return {name: element.get(qn(f"w:{name}")) for name in names.split()}


def paragraphs() -> list[_Element]:
    return list(body().iterchildren(qn("w:p")))


def text(element: _Element) -> str:
    return "".join(part.text or "" for part in element.iter(qn("w:t")))


def paragraph(beginning: str) -> _Element:
    return next(each for each in paragraphs() if text(each).startswith(beginning))


def test_upright_pages_have_the_margins_of_the_standard() -> None:
    section = sections()[0]
    assert values(section.find(qn("w:pgSz")), "w h") == {"w": "11906", "h": "16838"}
    margins = values(section.find(qn("w:pgMar")), "top left right bottom")
    assert margins == {"top": "2098", "left": "1588", "right": "1474", "bottom": "1984"}


def test_lying_pages_are_the_upright_ones_turned() -> None:
    lying = [each for each in sections() if each.find(qn("w:pgSz")).get(qn("w:orient")) == "landscape"]
    assert len(lying) == 3
    for section in lying:
        assert values(section.find(qn("w:pgSz")), "w h") == {"w": "16838", "h": "11906"}
        margins = values(section.find(qn("w:pgMar")), "top left right bottom")
        assert margins == {"top": "1588", "right": "2098", "bottom": "1474", "left": "1984"}


def test_every_section_has_the_grid_of_22_lines_of_28_characters() -> None:
    for section in sections():
        grid = values(section.find(qn("w:docGrid")), "type linePitch charSpace")
        assert grid == {"type": "linesAndChars", "linePitch": "579", "charSpace": "-848"}
    # 22 lines fit into 225 mm, 28 characters of 16 points less a quarter into 156 mm, and not one more.
    assert 22 * 579 <= round(225 / 25.4 * 1440) < 22 * 580
    assert 28 * (16 - 0.25) <= 156 / 25.4 * 72 < 29 * (16 - 0.25)
    styles = part("word/styles.xml")
    assert 'w:line="579" w:lineRule="exact"' in styles
    assert '<w:spacing w:val="-5"/><w:sz w:val="32"/>' in styles


@pytest.mark.parametrize(
    ("style", "font", "size"),
    [
        ("Normal", "仿宋_GB2312", "32"),
        ("Title", "方正小标宋简体", "44"),
        ("Heading1", "黑体", "32"),
        ("Heading2", "楷体_GB2312", "32"),
        ("Heading3", "仿宋_GB2312", "32"),
        ("Annex", "黑体", "32"),
        ("Cell", "宋体", "21"),
        ("Imprint", "仿宋_GB2312", "28"),
    ],
)
def test_styles_name_the_fonts_for_chinese_and_for_the_rest(style, font, size) -> None:
    found = Document(BytesIO(bulletin_docx(sample_document()))).styles.element
    (element,) = (each for each in found.iter(qn("w:style")) if each.get(qn("w:styleId")) == style)
    fonts = element.find(qn("w:rPr")).find(qn("w:rFonts"))
    assert values(fonts, "eastAsia ascii hAnsi") == {"eastAsia": font, "ascii": font, "hAnsi": font}
    assert element.find(qn("w:rPr")).find(qn("w:sz")).get(qn("w:val")) == size
    assert element.find(qn("w:rPr")).find(qn("w:b")) is None


def test_body_text_is_indented_by_two_characters_and_headings_have_levels() -> None:
    assert 'w:firstLineChars="200"' in part("word/styles.xml")
    heading = paragraph("一、基本情况")
    assert heading.find(qn("w:pPr")).find(qn("w:pStyle")).get(qn("w:val")) == "Heading1"
    assert paragraph("各旗县市区").find(qn("w:pPr")).find(qn("w:pStyle")).get(qn("w:val")) == "Plain"


def test_the_red_head_stands_35_millimetres_below_the_text_edge() -> None:
    first, head = paragraphs()[:2]
    spacing = first.find(qn("w:pPr")).find(qn("w:spacing"))
    assert values(spacing, "line lineRule") == {"line": "1984", "lineRule": "exact"}
    assert pytest.approx(35, abs=0.05) == 1984 / 1440 * 25.4
    assert text(head) == "中共通辽市委巡察工作领导小组办公室"
    run = head.find(qn("w:r")).find(qn("w:rPr"))
    assert run.find(qn("w:color")).get(qn("w:val")) == "FF0000"
    assert run.find(qn("w:rFonts")).get(qn("w:eastAsia")) == "方正小标宋简体"


def test_the_number_has_a_red_line_as_wide_as_the_text_below_it() -> None:
    number = paragraph("通巡办通报〔2026〕3号").find(qn("w:pPr"))
    line = number.find(qn("w:pBdr")).find(qn("w:bottom"))
    assert values(line, "val color sz") == {"val": "single", "color": "FF0000", "sz": "10"}
    assert 0.35 <= 10 / 8 / 72 * 25.4 <= 0.5
    assert number.find(qn("w:ind")) is None
    assert pytest.approx(156, abs=0.1) == (11906 - 1588 - 1474) / 1440 * 25.4


def test_attachments_begin_in_sections_on_new_pages() -> None:
    assert {each.find(qn("w:type")).get(qn("w:val")) for each in sections()} == {"nextPage"}
    labels = [text(each) for each in paragraphs() if re.fullmatch("附件[0-9]", text(each))]
    assert labels == ["附件1", "附件2", "附件3", "附件4"]


def test_heads_of_tables_repeat_and_are_merged() -> None:
    figures = next(body().iterchildren(qn("w:tbl")))
    rows = list(figures.iterchildren(qn("w:tr")))
    repeated = [row for row in rows if row.find(qn("w:trPr")).find(qn("w:tblHeader")) is not None]
    assert repeated == rows[:2]
    assert {cell.get(qn("w:val")) for cell in figures.iter(qn("w:gridSpan"))} >= {"5", "2"}
    assert [cell.get(qn("w:val")) for cell in rows[0].iter(qn("w:vMerge"))][:2] == ["restart", "restart"]
    assert {cell.get(qn("w:val")) for cell in rows[1].iter(qn("w:vMerge"))} == {None}
    assert all(row.find(qn("w:trPr")).find(qn("w:cantSplit")) is not None for row in rows)


def test_tables_have_every_unit_and_adoption_and_their_totals() -> None:
    document = sample_document()
    figures, adoptions, *_others = body().iterchildren(qn("w:tbl"))
    cells = [[text(cell) for cell in row.iter(qn("w:tc"))] for row in figures.iter(qn("w:tr"))]
    names = [row.name for group in document.groups for row in group.rows]
    assert [row[1] for row in cells[2:] if len(row) > 1 and row[1] != "合计"] == names
    assert sum("合计" in row for row in cells[2:]) == len(document.groups)
    titles = [[text(cell) for cell in row.iter(qn("w:tc"))][2] for row in adoptions.iter(qn("w:tr"))]
    assert titles[1:-1] == [row.item_title for row in document.adoptions]


def test_the_imprint_hangs_on_the_lower_edge_of_the_text() -> None:
    imprint = list(body().iterchildren(qn("w:tbl")))[-1]
    place = imprint.find(qn("w:tblPr")).find(qn("w:tblpPr"))
    assert values(place, "vertAnchor tblpYSpec") == {"vertAnchor": "margin", "tblpYSpec": "bottom"}
    borders = imprint.find(qn("w:tblPr")).find(qn("w:tblBorders"))
    sizes = {each.tag: each.get(qn("w:sz")) for each in borders}
    # Eighths of a point: 0.35 mm outside, 0.25 mm between.
    assert (sizes[qn("w:top")], sizes[qn("w:insideH")], sizes[qn("w:bottom")]) == ("8", "6", "8")
    assert [text(row) for row in imprint.iter(qn("w:tr"))] == [
        "抄送：市委巡察工作领导小组组长、副组长、成员。",
        "中共通辽市委巡察工作领导小组办公室2026年4月10日印发",
    ]


def test_page_numbers_stand_outside_and_a_draft_has_them_in_the_middle() -> None:
    assert "<w:evenAndOddHeaders/>" in part("word/settings.xml")
    odd, even = part("word/footer1.xml"), part("word/footer2.xml")
    assert '<w:jc w:val="right"/>' in odd
    assert 'w:right="280"' in odd
    assert '<w:jc w:val="left"/>' in even
    assert 'w:left="280"' in even
    for footer in (odd, even):
        assert " PAGE " in footer
        assert '<w:sz w:val="28"/>' in footer
        assert '<w:t xml:space="preserve">— </w:t>' in footer
        assert 'w:eastAsia="宋体"' in footer
    assert '<w:jc w:val="center"/>' in part("word/footer1.xml", issued=False)


def test_lying_pages_turn_the_number() -> None:
    for name in ("word/header3.xml", "word/header4.xml"):
        header = part(name)
        assert '<w:textDirection w:val="tbRl"/>' in header
        assert 'w:vertAnchor="page" w:horzAnchor="page"' in header
    # The dash's middle is 297 − 269 mm from the left edge.
    assert pytest.approx(28, abs=0.1) == (1447 + 140) / 1440 * 25.4


@pytest.mark.parametrize(("review", "mark"), [(False, "草稿"), (True, "送审稿")])
def test_what_is_not_issued_is_marked_on_every_page_and_has_no_number_and_nothing_red(review, mark) -> None:
    for number in range(1, 5):
        assert f'string="{mark}"' in part(f"word/header{number}.xml", issued=False, review=review)
        assert "textpath" not in part(f"word/header{number}.xml")
    content = part("word/document.xml", issued=False, review=review)
    assert "FF0000" not in content
    assert "〔2026〕" not in content
    assert f">{mark}<" in content


def test_on_preprinted_paper_the_space_is_kept_and_nothing_is_red() -> None:
    assert "FF0000" not in part("word/document.xml", preprinted=True)
    heights = [
        [each.get(qn("w:line")) for each in shown.iter(qn("w:spacing"))][:4]
        for shown in (body(), body(preprinted=True))
    ]
    assert heights[0] == heights[1]
    assert "".join(text(each) for each in body(preprinted=True)).startswith("通巡办通报〔2026〕3号")


def test_charts_are_pictures_with_a_text_for_those_who_do_not_see_them() -> None:
    drawn = [each.get("descr") for each in body().iter(qn("wp:docPr"))]
    assert "旗县市区得分排名" in drawn
    assert "近12个月报送和采用条数" in drawn
    pictures = [name for name in file().namelist() if name.endswith(".png")]
    assert len(pictures) == len(drawn)


def test_texts_survive_as_they_were_typed() -> None:
    typed = "包喆、吴𬱖、ᠮᠣᠩᠭᠣᠯ、é、“引号”、<b>&amp;、{=1+1}、=SUM(A1)、😀\x00\x1b"
    document = replace(sample_document(), text=(Paragraph("opening.1", "opening", typed),))
    content = Document(BytesIO(bulletin_docx(document)))
    texts = [each.text for each in content.paragraphs]
    assert typed.rstrip("\x00\x1b") in texts
    fields = {each.text for each in content.element.body.iter(qn("w:instrText"))}
    assert fields == set()


def test_the_same_document_gives_the_same_bytes_without_a_clock() -> None:
    first, second = (bulletin_docx(sample_document()) for _ in range(2))
    assert first == second
    properties = Document(BytesIO(first)).core_properties
    assert properties.created == properties.modified
    assert properties.author == "中共通辽市委巡察工作领导小组办公室"
    assert {entry.date_time[0] for entry in ZipFile(BytesIO(first)).infolist()} == {1980}


def test_300_rows_are_all_in_the_file() -> None:
    content = Document(BytesIO(bulletin_docx(sample_document(rows=300))))
    assert len(content.tables[1].rows) == 302


def test_a_document_without_letterhead_leaves_its_elements_out() -> None:
    bare = replace(sample_document(), letterhead=type(sample_document().letterhead)(), attachments=())
    content = bulletin_docx(
        replace(bare, groups=(), history=(), now=replace(bare.now, central=0, province=0, city=0, county=0))
    )
    words = "".join(each.text for each in Document(BytesIO(content)).paragraphs)
    assert "附件：" not in words
    assert "抄送" not in words
    assert "〔2026〕3号" in words


def test_every_kind_of_attachment_is_drawn() -> None:
    kinds = ("figures", "matrix", "adoptions", "lines", "late", "charts")
    document = replace(sample_document(), attachments=tuple(Attachment(kind, f"表{kind}") for kind in kinds))
    words = "".join(each.text for each in Document(BytesIO(bulletin_docx(document))).paragraphs)
    for number, kind in enumerate(kinds, start=1):
        assert f"附件{number}" in words
        assert f"表{kind}" in words
    with pytest.raises(ValueError, match="seal"):
        bulletin_docx(replace(document, attachments=(Attachment("seal", "印章"),)))
