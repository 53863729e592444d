"""Words inside Word and Excel files are read, hostile files are not opened."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document
from openpyxl import Workbook

from submissions.checks.documents import UnreadableDocument, words_in


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
