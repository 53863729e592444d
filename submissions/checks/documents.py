"""The words inside attached Word and Excel files, so that a secret is not hidden in one."""

from __future__ import annotations

import re
import zipfile
from typing import IO, Final
from xml.parsers.expat import ExpatError, ParserCreate

#: Parts that hold words, and the elements that end a paragraph, a cell or a line.
_PARTS: Final = {
    "docx": re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml"),
    "xlsx": re.compile(r"xl/(?:sharedStrings|comments\d*|worksheets/sheet\d+)\.xml"),
}
_ENDS: Final = frozenset({"p", "br", "tab", "c", "si", "row"})
_WORDS: Final = frozenset({"t", "delText", "v"})
#: Unpacked bytes that are read; a longer document is refused, not read in part.
MOST: Final = 64 * 1024 * 1024


class UnreadableDocument(Exception):
    """The file is damaged, hostile or too large: its words cannot be vouched for."""


def words_in(file: IO[bytes], extension: str) -> str:
    """The text of a checked upload, a paragraph or cell a line. Empty for kinds that hold no words we read.

    Raises UnreadableDocument.
    """
    parts = _PARTS.get(extension)
    if parts is None:
        return ""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            members = [member for member in archive.infolist() if parts.fullmatch(member.filename)]
            if sum(member.file_size for member in members) > MOST:
                raise UnreadableDocument
            return "\n".join(_words(archive, member) for member in members)
    except (zipfile.BadZipFile, ExpatError, OSError, ValueError, EOFError, NotImplementedError) as error:
        raise UnreadableDocument from error


def _words(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> str:
    pieces: list[str] = []
    within = False

    def start(name: str, _attributes: object) -> None:
        nonlocal within
        within = name.rpartition(":")[2] in _WORDS

    def end(name: str) -> None:
        nonlocal within
        within = False
        if name.rpartition(":")[2] in _ENDS:
            pieces.append("\n")

    def text(words: str) -> None:
        if within:
            pieces.append(words)

    def doctype(*_declared: object) -> None:  # no office program writes one; entities are declared in it
        raise UnreadableDocument

    parser = ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = text, doctype
    with archive.open(member) as part:
        parser.ParseFile(part)
    return re.sub(r"\n{2,}", "\n", "".join(pieces)).strip()
