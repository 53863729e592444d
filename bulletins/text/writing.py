"""From an office's wording and a document's figures to paragraphs, each figure with its source. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bulletins.document.document import SUMMED, BulletinDocument
from bulletins.document.rows import Link, Paragraph, heading
from bulletins.text.placeholders import PLACEHOLDERS, Piece, Placeholder, Scope
from bulletins.text.sources import ranked_groups
from bulletins.text.wording import SECTIONS, SHIPPED, TITLE
from stats.reports import FigureGroup

TO100: Final = "to100"
NUMERALS: Final = "一二三四五六七八九十"

_TOKEN: Final = re.compile(r"\{([^{}|]*)(?:\|([^{}|]*))?\}")
_PARTS: Final = re.compile(r"【[^【】]*】|[^【】]+|[【】]")
_NUMBER: Final = re.compile(rf"^[{NUMERALS}]+(?=、)")


@dataclass(frozen=True, slots=True)
class WordingProblem:
    """What is wrong in a line of a wording: unknown, filter, braces or brackets; `what` is the place."""

    line: int
    fault: str
    what: str


def problems(wording: str) -> list[WordingProblem]:
    """Everything that keeps a wording from being used; none for a good one. Lines are counted from 1."""
    return [
        WordingProblem(number, fault, what)
        for number, line in enumerate(wording.splitlines(), start=1)
        for fault, what in _faults(line)
    ]


def written(document: BulletinDocument, wording: Mapping[str, str] | None = None) -> BulletinDocument:
    """The document with its title and text by the wording; sections without one are worded as shipped.

    The wording used is kept in the document, so that its text can be written again.
    """
    with document.rates():
        return _worded(document, wording or {})


def _worded(document: BulletinDocument, wording: Mapping[str, str]) -> BulletinDocument:
    # Of the former format the wording is kept whole, and has no section that came later.
    used = {} if document.format == SUMMED else SHIPPED
    used = used | {key: text for key, text in wording.items() if key in SHIPPED}
    document = replace(document, wording=used, text=())
    heading = "".join(paragraph.generated for paragraph in _section(document, TITLE, used[TITLE]))
    text: list[Paragraph] = []
    for section in SECTIONS:
        if section.key != TITLE and section.key in used:
            paragraphs = _section(document, section.key, used[section.key])
            if any(not line.is_heading for paragraph in paragraphs for line in paragraph.body):
                text += paragraphs
    return replace(document, title=heading or document.title, text=tuple(_renumbered(text)))


def carried_over(text: Sequence[Paragraph], earlier: Iterable[Paragraph]) -> tuple[Paragraph, ...]:
    """The paragraphs with what people made of them before.

    Where the figures moved the edit stays and is marked `stale`, so that somebody looks at it. An edited
    paragraph that is no longer generated stays too, in its section, marked.
    """
    edits = {paragraph.key: paragraph for paragraph in earlier if paragraph.edited is not None}
    kept = [_with_edit(paragraph, edits.pop(paragraph.key, None)) for paragraph in text]
    orphans = [
        replace(old, generated="", links=(), stale=bool(old.text)) for old in edits.values() if old.text
    ]
    order = [section.key for section in SECTIONS]
    return tuple(sorted([*kept, *orphans], key=lambda paragraph: order.index(paragraph.section)))


def edited(text: Sequence[Paragraph], key: str, words: str | None) -> tuple[Paragraph, ...]:
    """The text with other words in one paragraph; None takes the edit back. KeyError for an unknown one."""
    if key not in {paragraph.key for paragraph in text}:
        raise KeyError(key)
    changed = (_reworded(paragraph, words) if paragraph.key == key else paragraph for paragraph in text)
    return tuple(paragraph for paragraph in changed if paragraph.generated or paragraph.edited)


def _with_edit(paragraph: Paragraph, old: Paragraph | None) -> Paragraph:
    if old is None:
        return paragraph
    stale = old.stale or old.generated != paragraph.generated
    return replace(paragraph, edited=old.edited, stale=stale)


def _reworded(paragraph: Paragraph, words: str | None) -> Paragraph:
    same = words is None or words == paragraph.generated
    return replace(paragraph, edited=None if same else words, stale=False)


def _section(document: BulletinDocument, key: str, wording: str) -> list[Paragraph]:
    paragraphs = []
    for number, line in enumerate((line.strip() for line in wording.splitlines()), start=1):
        for group in _groups(document, line):
            pieces = _line(line, document, group)
            text = "".join(piece.text for piece in pieces)
            if text:
                name = f"{key}.{number}" + (f".{group.kind}" if group else "")
                paragraphs.append(Paragraph(name, key, text, links=tuple(_links(pieces))))
    return paragraphs


def _groups(document: BulletinDocument, line: str) -> Sequence[FigureGroup | None]:
    """The groups for which a line is written: once, or for each whose placeholders all have something."""
    placeholders = [PLACEHOLDERS[name] for name, _filter in _tokens(line)]
    of_group = [placeholder for placeholder in placeholders if placeholder.of_group]
    if not of_group:
        return [None]
    return [
        group
        for group in ranked_groups(document)
        if all(placeholder.write(Scope(document, group)) for placeholder in of_group)
    ]


def _line(line: str, document: BulletinDocument, group: FigureGroup | None) -> list[Piece]:
    pieces: list[Piece] = []
    for part in _PARTS.findall(line):
        if part.startswith("【"):
            written, complete = _filled(part[1:-1], document, group)
            pieces += written if complete else []
        else:
            pieces += _filled(part, document, group)[0]
    return pieces


def _filled(text: str, document: BulletinDocument, group: FigureGroup | None) -> tuple[list[Piece], bool]:
    """The text with its placeholders written, and whether each of them had something to say."""
    pieces: list[Piece] = []
    complete, at = True, 0
    for match in _TOKEN.finditer(text):
        if match.start() > at:
            pieces.append(Piece(text[at : match.start()]))
        written = PLACEHOLDERS[match[1].strip()].write(Scope(document, group, match[2] == TO100))
        complete = complete and bool(written)
        pieces += written
        at = match.end()
    if at < len(text):
        pieces.append(Piece(text[at:]))
    return pieces, complete


def _links(pieces: Iterable[Piece]) -> Iterator[Link]:
    at = 0
    for piece in pieces:
        if piece.source:
            yield Link(piece.text, at, piece.source)
        at += len(piece.text)


def _renumbered(text: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """Headings of the first level numbered one after the other, whichever sections are left."""
    numerals = iter(NUMERALS)
    for paragraph in text:
        if heading(paragraph.generated)[0] == 1 and (numeral := next(numerals, "")):
            yield replace(paragraph, generated=_NUMBER.sub(numeral, paragraph.generated))
        else:
            yield paragraph


def _tokens(line: str) -> list[tuple[str, str]]:
    return [(name.strip(), filtered) for name, filtered in _TOKEN.findall(line)]


def _faults(line: str) -> Iterator[tuple[str, str]]:
    for name, filtered in _tokens(line):
        placeholder: Placeholder | None = PLACEHOLDERS.get(name)
        if placeholder is None:
            yield "unknown", name
        elif filtered and not (filtered == TO100 and placeholder.to100):
            yield "filter", f"{name}|{filtered}"
    bare = _TOKEN.sub("", line)
    if "{" in bare or "}" in bare:
        yield "braces", line
    if {"【", "】"} & set(_PARTS.findall(line)):
        yield "brackets", line
