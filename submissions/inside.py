"""What is asked of an uploaded file in the child process of `paper.previewing`: answers as JSON and bytes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from paper.child import Refused
from submissions.checks.documents import TooMuch, UnreadableDocument, read_document
from submissions.checks.secrecy import secrets
from submissions.wordfile.package import TooLarge, UnreadableWord
from submissions.wordfile.reading import read_word, whole_text


@contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except (TooMuch, TooLarge) as error:
        raise Refused("large") from error
    except (UnreadableDocument, UnreadableWord) as error:
        raise Refused("broken") from error


def found(path: str, name: str, extension: str) -> tuple[dict[str, Any], bytes]:
    """The findings of a file's words, and the names of the parts that were not read."""
    with _refusing(), Path(path).open("rb") as file:
        read = read_document(file, extension)
    findings = [finding.to_json() for finding in secrets(read.text, name)]
    return {"findings": findings, "unread": read.unread}, b""


def words(path: str, most: int) -> tuple[dict[str, Any], bytes]:
    """A Word file to be looked at: as HTML, or where that cannot be made, or is too long, its first words."""
    with _refusing(), Path(path).open("rb") as file:
        text = read_document(file, "docx").text
        try:
            html = whole_text(file)
        except UnreadableWord:
            if not text:
                raise
            html = ""
    if html and len(text) <= most:
        return {"html": html}, b""
    return {"body": text[:most], "more": int(len(text) > most)}, b""


def item(path: str, units: list[str], people: list[str]) -> tuple[dict[str, Any], bytes]:
    """A Word file as the form of an item wants it; the bytes are its pictures one after the other."""
    with _refusing(), Path(path).open("rb") as file:
        text = read_word(file, units, people)
    return text.to_json(), b"".join(shown.content for shown in text.pictures)
