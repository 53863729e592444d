"""What the first lines of a text are: its title, who wrote it, the head of an official document. Pure.

Nothing is guessed: a line that is not surely one of these is text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Final

from submissions.wordfile.body import Paragraph

#: The longest title an item can have, and the longest first line taken for one.
LONGEST_TITLE: Final = 120
LONGEST_FIRST_LINE: Final = 60
#: From 三号 on, the size of an official text's body, a line may be larger than the text: 18 points.
_LARGE: Final = 36
_LOOKED_AT: Final = 8

_HAN: Final = "[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_NAME: Final = re.compile(f"{_HAN}{{2,6}}(?:·{_HAN}{{1,6}}){{0,2}}")
_ROLE: Final = "(?:本报|特约)?(?:通讯员|作者|供稿人?|撰稿人?|撰写人?|执笔人?|报送人|文图|图文|文字|文)"
_BETWEEN: Final = re.compile(r"[\s、，,；;/／|]+")
#: （通讯员 张三 李四）, at the end of a text or on a line of its own.
_BRACKETED: Final = re.compile(
    rf"[（(]\s*(?:本报记者|记者|{_ROLE})\s*[:：/／\s]\s*(?P<names>[^（()）]{{2,60}})[)）]\s*$"
)
#: 作者：张三, 文/张三 on a line of its own; not 记者：, with which a question begins.
_LABELLED: Final = re.compile(rf"\s*{_ROLE}\s*[:：/／]\s*(?P<names>.{{2,60}})$")
_CHECKED: Final = re.compile(r"\s*(?:审核|审核人|校对审核|审稿|审稿人)\s*[:：]\s*(?P<names>.{2,20})$")
_INNER_ROLE: Final = re.compile(r"(?:通讯员|记者|摄影|图)(?=[\s:：/／])[:：/／]?")
_UNIT: Final = re.compile(
    f"{_HAN}{{2,30}}(?:办|办公室|组|局|委|县|区|旗|市|科|室|处|中心|院|部|会|政府|街道|镇|乡|苏木)"
)

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
    title_at = _title(paragraphs)
    title = "".join(paragraph.plain for at in title_at if (paragraph := paragraphs[at])).replace("\n", "")
    used = set(title_at)
    lines = {at: paragraph.plain for at, paragraph in enumerate(paragraphs) if paragraph and paragraph.plain}
    after = [at for at in lines if at > max(title_at, default=-1)]
    near = [*after[:3], *after[-3:]]
    authors: list[str] = []
    checker = ""
    for at in dict.fromkeys(near):
        line = lines[at]
        if (found := _CHECKED.match(line)) and (names := names_in(found["names"])):
            checker = checker or names[0]
            used.add(at)
        elif names := _labelled(line):
            authors += names
            used.add(at)
    for at in [] if authors else after[:2]:
        if names := _unit_and_names(lines[at], units, people):
            authors, used = names, used | {at}
            break
    if not authors and after and (found := _BRACKETED.search(lines[after[-1]])):
        authors = names_in(found["names"])
    return Opening(title, list(dict.fromkeys(authors)), checker, frozenset(used))


def names_in(text: str) -> list[str]:
    """The names of a list of names, without the unit it may begin with; nothing when anything else is among
    them. A name of two characters may be spaced out: 张　三."""
    words = [word for word in _BETWEEN.split(_INNER_ROLE.sub(" ", text).strip()) if word]
    words = words[1:] if words and _is_unit(words[0]) else words
    names: list[str] = []
    for word in words:
        if len(word) == 1 and names and len(names[-1]) == 1:
            names[-1] += word
        else:
            names.append(word)
    return names if all(_NAME.fullmatch(name) for name in names) else []


def _is_unit(word: str) -> bool:
    return len(word) > 3 and bool(_UNIT.fullmatch(word))


def _title(paragraphs: Sequence[Paragraph | None]) -> list[int]:
    """The positions of the paragraphs the title consists of."""
    first = [at for at, paragraph in enumerate(paragraphs) if paragraph and paragraph.plain][:_LOOKED_AT]
    shown = [(at, paragraph) for at in first if (paragraph := paragraphs[at])]
    possible = [
        (at, paragraph)
        for at, paragraph in shown
        if len(paragraph.plain) <= LONGEST_TITLE and not _labelled(paragraph.plain)
    ]
    styled = [at for at, paragraph in possible if paragraph.is_title]
    if styled:
        return _with_next(styled[0], paragraphs, lambda one, other: other.is_title)
    for at, paragraph in possible:
        if paragraph.is_centred or paragraph.size >= _LARGE or (paragraph.outline == 0 and at == first[0]):
            return _with_next(at, paragraphs, _looks_like)
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
    at: int, paragraphs: Sequence[Paragraph | None], belongs: Callable[[Paragraph, Paragraph], bool]
) -> list[int]:
    """A title may be broken over two or three paragraphs."""
    places, first = [at], paragraphs[at]
    length = len(first.plain) if first else 0
    for following in range(at + 1, min(at + 3, len(paragraphs))):
        line = paragraphs[following]
        if (
            first is None
            or line is None
            or not line.plain
            or not belongs(first, line)
            or _labelled(line.plain)
        ):
            break
        length += len(line.plain)
        if length > LONGEST_TITLE:
            break
        places.append(following)
    return places


def _labelled(line: str) -> list[str]:
    """The names of a line that is nothing but a signature."""
    bracketed = _BRACKETED.fullmatch(line.strip())
    found = bracketed or _LABELLED.fullmatch(line)
    return names_in(found["names"]) if found else []


def _unit_and_names(line: str, units: Collection[str], people: Collection[str]) -> list[str]:
    """The names of a line such as 青山县委巡察办 张三 李四. A slogan may look like it (青山县委 全面部署):
    words of four characters are names only if they are known ones."""
    words = line.strip(" \u3000（()）").replace("、", " ").split()
    if len(line) > 50 or len(words) < 2 or not (words[0] in units or _is_unit(words[0])):
        return []
    names = names_in(" ".join(words[1:]))
    return names if all(len(name) < 4 or "·" in name or name in people for name in names) else []
