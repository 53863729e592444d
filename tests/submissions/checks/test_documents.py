"""Words inside Word and Excel files are read, hostile files are not opened."""

from __future__ import annotations

import base64
import gzip
import io
import struct
import zipfile
from urllib.parse import quote

import pytest
from docx import Document
from openpyxl import Workbook

from paper import previewing
from submissions.checks import documents
from submissions.checks.documents import UnreadableDocument, read_document, words_in
from submissions.checks.findings import Reason, Severity
from submissions.checks.secrecy import secrets
from submissions.services.checking import findings_in_file
from tests.submissions.builders import PNG, docx, xlsx


def word_file(*paragraphs: str) -> io.BytesIO:
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.add_table(1, 1).cell(0, 0).text = "表格里的字"
    document.sections[0].header.paragraphs[0].text = "页眉里的字"
    file = io.BytesIO()
    document.save(file)
    return file


def excel_file(*values: object) -> io.BytesIO:
    book = Workbook()
    assert book.active is not None
    for value in values:
        book.active.append([value])
    file = io.BytesIO()
    book.save(file)
    return file


def with_part(name: str, content: bytes) -> io.BytesIO:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, content)
    return file


def test_paragraphs_tables_and_heads_of_a_word_file_are_read() -> None:
    words = words_in(word_file("秘密★1年", "第二段"), "docx")
    for expected in ("秘密★1年", "第二段", "表格里的字", "页眉里的字"):
        assert expected in words.splitlines()


def test_a_mark_split_over_several_runs_is_one_word() -> None:
    document = Document()
    paragraph = document.add_paragraph()
    for part in ("秘", "密", "★1年"):
        paragraph.add_run(part)
    file = io.BytesIO()
    document.save(file)
    assert words_in(file, "docx") == "秘密★1年"


def test_cells_of_an_excel_file_are_read_texts_and_numbers() -> None:
    assert set(words_in(excel_file("机密★", 13847501234), "xlsx").splitlines()) >= {"机密★", "13847501234"}


@pytest.mark.parametrize("extension", ["pdf", "jpg", "mp4"])
def test_kinds_without_words_are_empty(extension: str) -> None:
    assert words_in(io.BytesIO(b"anything"), extension) == ""


@pytest.mark.parametrize(
    "file",
    [
        io.BytesIO(b"no archive"),
        with_part("word/document.xml", b"<w:document><w:t>"),
        with_part("word/document.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
        with_part(
            "word/document.xml", b"<!--" + b"x" * 9000 + b'--><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
        ),
    ],
)
def test_a_damaged_or_hostile_file_is_not_vouched_for(file: io.BytesIO) -> None:
    with pytest.raises(UnreadableDocument):
        words_in(file, "docx")


# Every part that can show words


MARK = "机密★1年"
SPACES = " ".join(f'xmlns:{name}="urn:{name}"' for name in ("w", "a", "v", "mc", "m", "wp"))
HTML = "<html><body><p>机<b>密</b>★1年</p></body></html>".encode("gb18030")
RTF = rb"{\rtf1\ansi\ansicpg936{\fonttbl{\f0 \'cb\'ce;}}\'bb\'fa\uc1\u23494 ?\'a1\'ef1\'c4\'ea\par}"
MIME = b"MIME-Version: 1.0\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n"
MHT = MIME + base64.b64encode(HTML)


def t(text: str = MARK) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def p(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


def part(*inner: str) -> str:
    """A part with these elements in it."""
    return f"<root {SPACES}>{''.join(inner)}</root>"


def ruby(sign: str) -> str:
    return f"<w:r><w:ruby><w:rt>{t('x')}</w:rt><w:rubyBase>{t(sign)}</w:rubyBase></w:ruby></w:r>"


def hidden(text: str) -> str:
    return f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>{text}</w:t></w:r>"


def deleted(text: str) -> str:
    return f"<w:del><w:r><w:delText>{text}</w:delText></w:r></w:del>"


def emf(text: str) -> bytes:
    """A drawing with one text record."""
    head = struct.pack("<LL", 1, 48) + bytes(32) + b" EMF" + bytes(4)
    record = struct.pack("<LL", 84, 76 + 2 * len(text)) + bytes(36)
    return head + record + struct.pack("<LL", len(text), 76) + bytes(24) + text.encode("utf-16-le")


def wmf(text: str) -> bytes:
    said = text.encode("gb18030")
    said += b"\0" * (len(said) % 2)
    return b"\1\0\t\0" + bytes(14) + struct.pack("<LHH", 4 + len(said) // 2, 0x0521, len(said)) + said


CHOICES = f"<mc:Choice>{t('好')}</mc:Choice><mc:Fallback>{t()}</mc:Fallback>"
TWO_WAYS = f"<mc:AlternateContent>{CHOICES}</mc:AlternateContent>"
FIELD = "<w:r><w:instrText>QUOTE 机密</w:instrText></w:r><w:r><w:instrText>★1年</w:instrText></w:r>"
WORDS_OF_A_DIAGRAM = "<a:p><a:r><a:t>机密</a:t></a:r><a:r><a:t>★1年</a:t></a:r></a:p>"
#: What holds the mark: the name of a part, and what is in it.
IN_WORD = {
    "a watermark": ("word/header1.xml", part(f"<v:textpath string='{MARK}'/>")),
    "a text box": ("word/document.xml", part(p(f"<w:r><w:txbxContent>{p(t())}</w:txbxContent></w:r>"))),
    "a diagram": ("word/diagrams/data1.xml", part(WORDS_OF_A_DIAGRAM)),
    "a chart": ("word/charts/chart1.xml", part(f"<pt><v>{MARK}</v></pt>")),
    "a footnote": ("word/footnotes.xml", part(p(t()))),
    "a comment": ("word/comments.xml", part(p(t()))),
    "a part of another name": ("word/document7.xml", part(p(t()))),
    "the glossary": ("word/glossary/document.xml", part(p(t()))),
    "the properties": ("docProps/core.xml", part(f"<title>{MARK}</title>")),
    "an own property": ("docProps/custom.xml", part(f"<property name='x'><v>{MARK}</v></property>")),
    "a bound control": ("customXml/item1.xml", f"<field>{MARK}</field>"),
    "the description of a picture": ("word/document.xml", part(f"<wp:docPr descr='{MARK}'/>")),
    "a choice of a control": ("word/document.xml", part(f"<w:listItem w:displayText='{MARK}'/>")),
    "the code of a field": ("word/document.xml", part(p(FIELD))),
    "the number of a list": ("word/numbering.xml", part(f"<w:lvlText w:val='{MARK}%1'/>")),
    "a variable": ("word/settings.xml", part(f"<w:docVar w:name='a' w:val='{MARK}'/>")),
    "a link": ("word/_rels/document.xml.rels", f"<r Target='http://a.cn/?t={quote(MARK)}'/>"),
    "an inserted page": ("word/afchunk.htm", HTML),
    "an inserted page of one file": ("word/afchunk.mht", MHT),
    "an inserted RTF": ("word/afchunk.rtf", RTF),
    "an inserted text": ("word/afchunk.txt", MARK.encode("utf-16")),
    "a text that begins as a picture does": ("word/afchunk.txt", f"BM{MARK}".encode()),
    "an inserted Word file": ("word/afchunk.docx", docx(**{"word/document.xml": part(p(t()))})),
    "a page with a wrong ending": ("word/media/image1.png", HTML),
    "an embedded table": ("word/embeddings/a.xlsx", xlsx(**{"xl/sharedStrings.xml": f"<t>{MARK}</t>"})),
    "a drawing": ("word/media/image1.emf", emf(MARK)),
    "a packed drawing": ("word/media/image1.emz", gzip.compress(emf(MARK))),
    "an old drawing": ("word/media/image1.wmf", wmf(MARK)),
    "an open VML": ("word/vmlDrawing1.vml", "<x><div><font>机</font><font>密★1年</font><br></div></x>"),
    "a deletion within": ("word/document.xml", part(p(t("机"), deleted("械"), t("密★1年")))),
    "what was deleted": ("word/document.xml", part(p(t("机"), f"<w:ins>{t('械')}</w:ins>", deleted("密★")))),
    "readings over signs": ("word/document.xml", part(p(*map(ruby, MARK)))),
    "hidden signs within": ("word/document.xml", part(p(t("机"), hidden("x"), t("密★1年")))),
    "a hidden mark": ("word/document.xml", part(p(hidden(MARK)))),
    "the second of two ways to draw": ("word/document.xml", part(p(TWO_WAYS))),
    "a star of a picture font": ("word/document.xml", part(p(t("机密"), "<w:sym w:char='F0AB'/>"))),
    "a formula": ("word/document.xml", part(p("<m:r><m:t>机密</m:t></m:r><m:r><m:t>★</m:t></m:r>"))),
}
SHEET = "xl/worksheets/sheet1.xml"
HEAD = '<oddHeader>&amp;C机&amp;"宋体,加粗"&amp;12密★1年</oddHeader>'
IN_EXCEL = {
    "a text box": ("xl/drawings/drawing1.xml", part(WORDS_OF_A_DIAGRAM)),
    "the name of a sheet": ("xl/workbook.xml", part(f"<sheet name='{MARK}' sheetId='1'/>")),
    "a defined name": ("xl/workbook.xml", part(f"<definedName name='x'>\"{MARK}\"</definedName>")),
    "the head of a page": (SHEET, part(HEAD)),
    "a hint of a cell": (SHEET, part(f"<dataValidation prompt='{MARK}'/>")),
    "a list of a cell": (SHEET, part(f'<formula1>"甲,{MARK}"</formula1>')),
    "a formula": (SHEET, part('<c><f>"机"&amp;"密★1年"</f></c>')),
    "a format of numbers": ("xl/styles.xml", part("<numFmt formatCode='&quot;机&quot;\\密\\★0年'/>")),
    "the head of a table": ("xl/tables/table1.xml", part(f"<tableColumn name='{MARK}'/>")),
    "the cache of a pivot": ("xl/pivotCache/pivotCacheDefinition1.xml", part(f"<s v='{MARK}'/>")),
    "a comment": ("xl/comments1.xml", part("<text><r><t>机</t></r><r><t>密★1年</t></r></text>")),
    "a threaded comment": ("xl/threadedComments/threadedComment1.xml", part(f"<text>{MARK}</text>")),
    "a cell with readings": ("xl/sharedStrings.xml", "<si><t>机</t><rPh><t>jī</t></rPh><t>密★1年</t></si>"),
    "an escaped sign": ("xl/sharedStrings.xml", "<si><t>机_x200B_密★1年</t></si>"),
    "a picture of a sheet": ("xl/media/image1.emf", emf(MARK)),
    "an embedded Word file": ("xl/embeddings/a.docx", docx(**{"word/document.xml": part(p(t()))})),
}


@pytest.mark.parametrize(("name", "content"), IN_WORD.values(), ids=IN_WORD)
def test_a_mark_is_found_in_every_part_of_a_word_file(name: str, content: bytes | str) -> None:
    words = words_in(io.BytesIO(docx(**{name: content})), "docx")
    assert [finding.reason for finding in secrets(words, "x")][:1] == [Reason.SECRECY_MARK]


@pytest.mark.parametrize(("name", "content"), IN_EXCEL.values(), ids=IN_EXCEL)
def test_a_mark_is_found_in_every_part_of_an_excel_file(name: str, content: bytes | str) -> None:
    words = words_in(io.BytesIO(xlsx(**{name: content})), "xlsx")
    assert [finding.reason for finding in secrets(words, "x")][:1] == [Reason.SECRECY_MARK]


@pytest.mark.parametrize("number", ["13847501234", "1.3847501234E10"])
def test_a_number_in_a_cell_is_found_and_a_rate_is_none(number: str) -> None:
    sheet = f"<w><c><v>{number}</v></c><c><v>0.4111111111111111</v></c><c><v>13847501234.25</v></c></w>"
    words = words_in(io.BytesIO(xlsx(**{"xl/worksheets/sheet1.xml": sheet})), "xlsx")
    assert [finding.reason for finding in secrets(words, "x")] == [Reason.MOBILE_NUMBER]


def test_what_only_programs_read_is_no_number() -> None:
    sheet = "<w rsid='13847501' id='{13847501-2345-4111-8111-111111111111}' panose='02020603050405020304'/>"
    assert words_in(io.BytesIO(docx(**{"word/settings.xml": sheet})), "docx") == ""


@pytest.mark.parametrize("sign", ["_x0000_", "_xD83D_", "_xDFFF_"])
def test_what_no_database_stores_is_left_out(sign: str) -> None:
    strings = f"<sst><si><t>{sign}机密★1年{sign}内</t></si></sst>"
    (finding,) = findings_in_file(io.BytesIO(xlsx(**{"xl/sharedStrings.xml": strings})), "a.xlsx", "xlsx")
    assert (finding.before, finding.found, finding.after) == ("", MARK, "内")


# What cannot be read is said


NESTED = docx(**{"word/b.docx": docx(**{"word/c.docx": docx(**{"word/d.docx": docx()})})})
UNKNOWN = {
    "an embedded object": ("word/embeddings/oleObject1.bin", b"\xd0\xcf\x11\xe0" + bytes(600)),
    "a part of a new kind": ("word/future/part.xyz", b"\x01\x02\x03" + bytes(90)),
    "a picture that is none": ("word/media/image1.png", b"\x01\x02\x03" + bytes(90)),
    "a damaged part": ("word/comments.xml", "<w:comments><w:t>机密"),
    "a part with entities": ("word/comments.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
    "files within files within files": ("word/a.docx", NESTED),
}


@pytest.mark.parametrize(("name", "content"), UNKNOWN.values(), ids=UNKNOWN)
def test_a_part_that_cannot_be_read_is_named_and_the_rest_is_checked(name: str, content: bytes | str) -> None:
    whole = docx(**{name: content, "word/footnotes.xml": part(p(t()))})
    read = read_document(io.BytesIO(whole), "docx")
    assert MARK in read.text
    assert read.unread[0].startswith(name)
    with pytest.raises(UnreadableDocument):
        words_in(io.BytesIO(whole), "docx")
    found = findings_in_file(io.BytesIO(whole), "情况.docx", "docx")
    assert [finding.reason for finding in found] == [Reason.SECRECY_MARK, Reason.UNREADABLE]
    assert name in found[1].note
    assert found[1].severity is Severity.STATEMENT


def test_pictures_and_fonts_hold_no_words() -> None:
    parts = {"word/media/image1.png": PNG, "word/fonts/font1.odttf": bytes(range(99))}
    settings = {"xl/printerSettings/printerSettings1.bin": b"\x01" * 99}
    assert words_in(io.BytesIO(docx(**parts)), "docx") == words_in(io.BytesIO(xlsx(**settings)), "xlsx") == ""


def test_a_file_that_takes_too_long_is_not_passed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(previewing, "SECONDS", 0.001)
    (finding,) = findings_in_file(word_file("正文"), "情况.docx", "docx")
    assert (finding.reason, finding.severity) == (Reason.UNREADABLE, Severity.STATEMENT)
    assert finding.note


def test_a_small_file_of_endless_words_is_stopped_and_said_to_be_unchecked() -> None:
    text = part(p(t("村支书张某" * 4_000_000)))
    bomb = docx(**{"word/document.xml": text})
    assert len(bomb) < 120_000
    (finding,) = findings_in_file(io.BytesIO(bomb), "情况.docx", "docx")
    assert finding.reason is Reason.UNREADABLE


def test_a_long_table_that_says_the_same_is_checked_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MOST_SIGNS", 100)
    assert MARK in words_in(excel_file(*["青山县"] * 99, MARK), "xlsx")
    with pytest.raises(UnreadableDocument):
        words_in(excel_file(*(f"青山县{number}" for number in range(99))), "xlsx")


def test_a_file_that_was_read_is_left_at_its_start() -> None:
    file = word_file("正文")
    assert findings_in_file(file, "情况.docx", "docx") == []
    assert file.tell() == 0
