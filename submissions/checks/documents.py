"""The words inside attached Word and Excel files, so that a secret is not hidden in one."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import IO, Final
from xml.parsers.expat import ExpatError

from submissions.checks.xml_words import xml_lines
from submissions.embedded.drawn import drawn_lines, is_drawing, unpacked
from submissions.embedded.pages import page_lines, saved_lines
from submissions.embedded.rtf import rtf_lines
from submissions.embedded.texts import decoded

#: What readers of archives and of their parts raise of damaged ones.
_DAMAGED: Final = (
    *(zipfile.BadZipFile, zlib.error, ExpatError, OSError, ValueError, EOFError, RuntimeError),
    *(NotImplementedError, LookupError, struct.error),
)
#: The kinds whose words are read.
READ: Final = frozenset({"docx", "xlsx"})
#: Unpacked bytes and characters that are read, and files within files; the rest is said to be unread.
MOST: Final = 96 * 1024 * 1024
MOST_SIGNS: Final = 2_000_000
DEEPEST: Final = 3

#: What no database stores as text: files may have it written out, as _x0000_ or in RTF.
_NO_CHARACTERS: Final = re.compile("[\x00\ud800-\udfff]")

#: How files begin that hold no words as characters: pictures, sounds, fonts.
_WORDLESS: Final = (
    *(b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"II\xbc\x01", b"\0\0\1\0"),
    *(b"RIFF", b"ID3", b"\xff\xfb", b"\xff\xf3", b"OggS", b"\x0a\x0d\x0d\x0a"),
    *(b"\0\1\0\0", b"OTTO", b"wOFF", b"wOF2"),
)
#: Endings of parts that are read as text, however they begin.
_TEXTS: Final = frozenset(
    {"xml", "rels", "vml", "svg", "htm", "html", "xhtml", "mht", "mhtml", "txt", "csv", "rtf"}
)
#: Parts that only programs read, whatever they begin with: scrambled fonts, settings of printers.
_NOT_SHOWN: Final = frozenset({"odttf", "fntdata", "psmdcp", "sigs"})
_SETTINGS: Final = re.compile(r"/(?:printerSettings|customProperty)\d*\.bin$")


class UnreadableDocument(Exception):
    """The file is damaged, hostile or too large, or parts of it are of kinds that cannot be read: its words
    cannot be vouched for."""


class TooMuch(UnreadableDocument):
    """More words than are read."""


class _UnknownKind(Exception):
    """Nothing here reads such a part."""


@dataclass(slots=True)
class Read:
    """`text` has a paragraph or cell a line; `unread` are the names of the parts that could not be read."""

    lines: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    left: int = MOST

    @property
    def text(self) -> str:
        return _NO_CHARACTERS.sub("", "\n".join(self.lines))


def words_in(file: IO[bytes], extension: str) -> str:
    """The text of a checked upload, a paragraph or cell a line. Empty for kinds that hold no words we read.

    Raises UnreadableDocument, also when a part of it was not read.
    """
    read = read_document(file, extension)
    if read.unread:
        raise UnreadableDocument(*read.unread)
    return read.text


def read_document(file: IO[bytes], extension: str) -> Read:
    """All that can be read of a checked upload. Raises UnreadableDocument when it is no whole file."""
    read = Read()
    if extension in READ:
        file.seek(0)
        _archive(file, "", read, 1)
        if sum(map(len, read.lines)) > MOST_SIGNS:
            read.lines = list(dict.fromkeys(read.lines))  # a long table says most things again and again
        if sum(map(len, read.lines)) > MOST_SIGNS:
            raise TooMuch
    return read


def _archive(file: IO[bytes], within: str, read: Read, depth: int) -> None:
    try:
        with zipfile.ZipFile(file) as archive:
            for member in archive.infolist():
                if not member.is_dir():
                    _member(archive, member, within, read, depth)
    except _DAMAGED as error:
        raise UnreadableDocument(within) from error


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, within: str, read: Read, depth: int) -> None:
    name = f"{within}{member.filename}"
    ending = member.filename.rpartition(".")[2].lower()
    try:
        with archive.open(member) as part:
            head = part.read(64)
            if _is_wordless(head, ending, name):
                return
            read.left -= member.file_size
            if read.left < 0:
                raise TooMuch
            content = head + part.read()
        read.lines += _lines(content, ending, name, read, depth)
    except TooMuch:
        raise
    except (_UnknownKind, UnreadableDocument, *_DAMAGED):
        read.unread.append(name)


def _is_wordless(head: bytes, ending: str, name: str) -> bool:
    if not head or ending in _NOT_SHOWN or _SETTINGS.search(name):
        return True
    if ending in _TEXTS:
        return False
    is_bitmap = head.startswith(b"BM") and head[6:10] == bytes(4)
    return is_bitmap or head.startswith(_WORDLESS) or head[4:8] == b"ftyp"


def _lines(content: bytes, ending: str, name: str, read: Read, depth: int) -> Iterable[str]:
    """The words of a part. Raises _UnknownKind."""
    if content.startswith(b"PK\x03\x04"):
        if depth == DEEPEST:
            raise _UnknownKind
        _archive(io.BytesIO(content), f"{name} ▸ ", read, depth + 1)
        return []
    if is_drawing(content):
        return drawn_lines(content)
    start = content[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for beginnings, endings, reader in _READERS:
        if ending in endings or start.startswith(beginnings):
            return reader(content)
    raise _UnknownKind


def _own_xml(content: bytes) -> list[str]:
    return xml_lines(io.BytesIO(content))


def _old_drawing(content: bytes) -> list[str]:
    """VML, in which Excel leaves elements open."""
    try:
        return _own_xml(content)
    except ExpatError:
        return page_lines(content)


#: How a part begins, or what its name ends with, and what reads it; the first that fits.
_READERS: Final[Sequence[tuple[tuple[bytes, ...], frozenset[str], Callable[[bytes], Iterable[str]]]]] = (
    ((), frozenset({"vml"}), _old_drawing),
    ((), frozenset({"xml", "rels", "svg"}), _own_xml),
    ((b"\x1f\x8b",), frozenset(), lambda content: drawn_lines(unpacked(content))),
    ((b"{\\rtf",), frozenset(), rtf_lines),
    ((b"mime-version:", b"from:"), frozenset({"mht", "mhtml", "eml"}), saved_lines),
    ((b"<!doctype html", b"<html"), frozenset({"htm", "html", "xhtml"}), page_lines),
    ((b"<?xml",), frozenset(), _own_xml),
    ((), frozenset({"txt", "csv"}), lambda content: decoded(content).splitlines()),
)
