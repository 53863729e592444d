"""What the first lines of a text are: its title, who wrote it, the head of an official document. Pure.

Nothing is guessed: a line that is not surely one of these is text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from submissions.wordfile.blocks import Paragraph
from submissions.wordfile.signatures import (
    Known,
    bare_at_end,
    bare_names,
    checker_in,
    labelled,
    labelled_at_end,
    names_in_brackets,
    unit_and_names,
)

#: The longest title an item can have, and the longest first line taken for one.
LONGEST_TITLE: Final = 120
LONGEST_FIRST_LINE: Final = 60
#: From 三号 on, the size of an official text's body, a line may be larger than the text: 18 points.
_LARGE: Final = 36
_LOOKED_AT: Final = 8
#: How a subtitle begins.
_DASHES: Final = ("—", "－", "–", "--")

_HAN: Final = "[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
#: 通巡办发〔2026〕3号 on a line of its own, perhaps with 签发人 beside it.
_DOCUMENT_NUMBER: Final = re.compile(
    rf"{_HAN}{{2,14}}\s*[〔\[［【(（]\s*(?:19|20)\d\d\s*[〕\]］】)）]\s*(?:第\s*)?\d{{1,5}}\s*号(?:\s*签发人.*)?"
)
_PRINTED: Final = re.compile(r"(?:19|20)\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日\s*印\s*发\s*")
_HEAD_LINES: Final = 12


@dataclass(frozen=True, slots=True)
class Opening:
    """`used` are the positions of the paragraphs that are no text."""

    title: str
    authors: Sequence[str]
    checker: str
    used: frozenset[int]


def is_official(lines: Sequence[str]) -> bool:
    """Whether the lines are those of an official document (红头文件): its number stands near the top on a
    line of its own, or the line of its printing near the end."""
    head = any(_DOCUMENT_NUMBER.fullmatch(line.strip()) for line in lines[:_HEAD_LINES])
    return head or any(_PRINTED.search(line) and len(line) < 60 for line in lines[-3:])


def opening_of(
    paragraphs: Sequence[Paragraph | None], units: Collection[str], people: Collection[str]
) -> Opening:
    """The title and the authors of a text; `paragraphs` has None for a table, `units` and `people` are names
    that are known."""
    known = Known(units, people)
    title_at = _title(paragraphs, known)
    title = "".join(paragraph.plain for at in title_at if (paragraph := paragraphs[at])).replace("\n", "")
    lines = {at: paragraph.plain for at, paragraph in enumerate(paragraphs) if paragraph and paragraph.plain}
    after = {at: line for at, line in lines.items() if at > max(title_at, default=-1)}
    authors, checker, used = _labelled(after)
    if not authors:
        authors, signed = _bare(after, used, known)
        used |= signed
    rest = [line for at, line in after.items() if at not in used]
    if not authors and rest:
        authors = labelled_at_end(rest[-1]) or bare_at_end(rest[-1], known)
    return Opening(title, list(dict.fromkeys(authors)), checker, frozenset(used.union(title_at)))


def _labelled(after: Mapping[int, str]) -> tuple[list[str], str, set[int]]:
    """The authors and the checker that lines near the title or the end name as such, and those lines."""
    authors: list[str] = []
    checker = ""
    used: set[int] = set()
    places = list(after)
    for at in dict.fromkeys([*places[:3], *places[-3:]]):
        if name := checker_in(after[at]):
            checker = checker or name
            used.add(at)
        elif names := labelled(after[at]):
            authors += names
            used.add(at)
    return authors, checker, used


def _bare(after: Mapping[int, str], used: Collection[int], known: Known) -> tuple[list[str], set[int]]:
    """The authors of a line of names alone, and that line: one directly below the title, where a subtitle may
    stand between, or the one that closes the text."""
    places = [at for at in after if at not in used]
    for at in places[:2]:
        if names := unit_and_names(after[at], known) or bare_names(after[at], known):
            return names, {at}
    below = places[:2] if places and after[places[0]].startswith(_DASHES) else places[:1]
    for at in below:
        if names := names_in_brackets(after[at], known):
            return names, {at}
    for at in places[-1:]:
        if names := bare_names(after[at], known):
            return names, {at}
    return [], set()


def _title(paragraphs: Sequence[Paragraph | None], known: Known) -> list[int]:
    """The positions of the paragraphs the title consists of."""
    first = [at for at, paragraph in enumerate(paragraphs) if paragraph and paragraph.plain][:_LOOKED_AT]
    shown = [(at, paragraph) for at in first if (paragraph := paragraphs[at])]
    possible = [
        (at, paragraph)
        for at, paragraph in shown
        if len(paragraph.plain) <= LONGEST_TITLE and not labelled(paragraph.plain)
    ]
    styled = [at for at, paragraph in possible if paragraph.is_title]
    if styled:
        return _with_next(styled[0], paragraphs, known, lambda one, other: other.is_title)
    for at, paragraph in possible:
        if paragraph.is_centred or paragraph.size >= _LARGE or (paragraph.outline == 0 and at == first[0]):
            return _with_next(at, paragraphs, known, _looks_like)
    if possible and possible[0][0] == first[0]:
        line = possible[0][1].plain
        if len(line) <= LONGEST_FIRST_LINE and not line.endswith(("。", "；", "：", "，")):
            return [first[0]]
    return []


def _looks_like(one: Paragraph, other: Paragraph) -> bool:
    """Whether a line under the title is its second: as large, and larger than text or its first line."""
    return (
        one.is_centred == other.is_centred
        and one.size == other.size
        and one.is_bold == other.is_bold
        and one.size >= 32
    )


def _with_next(
    at: int,
    paragraphs: Sequence[Paragraph | None],
    known: Known,
    belongs: Callable[[Paragraph, Paragraph], bool],
) -> list[int]:
    """A title may be broken over two or three paragraphs."""
    places, first = [at], paragraphs[at]
    length = len(first.plain) if first else 0
    for following in range(at + 1, min(at + 3, len(paragraphs))):
        line = paragraphs[following]
        if first is None or line is None or not line.plain or not belongs(first, line):
            break
        length += len(line.plain)
        if length > LONGEST_TITLE or _is_signature(line.plain, known):
            break
        places.append(following)
    return places


def _is_signature(line: str, known: Known) -> bool:
    return bool(labelled(line) or bare_names(line, known) or names_in_brackets(line, known))
