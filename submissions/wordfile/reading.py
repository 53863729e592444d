"""A Word file as the form of an item wants it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import groupby
from pathlib import PurePosixPath
from typing import IO, Any, Final, Self

from submissions.markup import clean
from submissions.wordfile.blocks import Missed, Paragraph, Table
from submissions.wordfile.body import BodyReader
from submissions.wordfile.opening import LONGEST_TITLE, is_official, opening_of
from submissions.wordfile.package import WordPackage

MOST_PICTURES: Final = 30
_FIRST_LEVEL: Final = re.compile("[一二三四五六七八九十]{1,3}、")
_SECOND_LEVEL: Final = re.compile("[（(][一二三四五六七八九十]{1,3}[)）]")
_LONGEST_HEADING: Final = 40


@dataclass(frozen=True, slots=True)
class Picture:
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class WordText:
    """What a Word file says. `authors` and `checker` are names as written; `html` is cleaned.

    `pictures` are those to attach, in the order of the text; `missed`, `other_pictures` (names) and
    `left_out` (words, and names of parts) are not taken over, or not as they were.
    """

    title: str
    authors: Sequence[str]
    checker: str
    html: str
    is_official: bool
    pictures: Sequence[Picture]
    missed: Collection[Missed]
    other_pictures: Sequence[str]
    left_out: Sequence[str]

    def to_json(self) -> dict[str, Any]:
        """All but the pictures' contents, of which it has the lengths."""
        told = {each.name: getattr(self, each.name) for each in fields(self)}
        told["missed"] = [missed.name for missed in self.missed]
        told["pictures"] = [(picture.name, len(picture.content)) for picture in self.pictures]
        return told

    @classmethod
    def from_json(cls, told: Mapping[str, Any], contents: bytes) -> Self:
        """The text of `to_json`, with the pictures' contents one after the other."""
        pictures, at = [], 0
        for name, length in told["pictures"]:
            pictures.append(Picture(name, contents[at : at + length]))
            at += length
        missed = {Missed[name] for name in told["missed"]}
        return cls(**{**told, "pictures": pictures, "missed": missed})


def read_word(file: IO[bytes], units: Collection[str] = (), people: Collection[str] = ()) -> WordText:
    """Read a checked .docx file; `units` and `people` are names that a signature may hold.

    Raises UnreadableWord.
    """
    package = WordPackage(file)
    reader = BodyReader(package)
    blocks = reader.blocks()
    paragraphs = [block if isinstance(block, Paragraph) else None for block in blocks]
    opening = opening_of(paragraphs, units, people)
    kept = [block for at, block in enumerate(blocks) if at not in opening.used]
    pictures, others = _pictures(package, list(reader.pictures))
    return WordText(
        title=opening.title[:LONGEST_TITLE],
        authors=opening.authors,
        checker=opening.checker,
        html=clean("".join(_html(kept))),
        is_official=is_official([one.plain.strip() for one in paragraphs if one and one.plain.strip()]),
        pictures=pictures,
        missed=reader.missed | ({Missed.PICTURE} if others else set()),
        other_pictures=others,
        left_out=reader.left_out,
    )


def whole_text(file: IO[bytes]) -> str:
    """All that a checked .docx file says, as cleaned HTML: nothing is taken for a title or a signature.

    Raises UnreadableWord.
    """
    return clean("".join(_html(BodyReader(WordPackage(file)).blocks())))


def _html(blocks: Sequence[Paragraph | Table]) -> list[str]:
    html = []
    for is_bullet, group in groupby(
        blocks, key=lambda block: isinstance(block, Paragraph) and block.is_bullet
    ):
        parts = [_block_html(block) for block in group]
        html += ["<ul>", *parts, "</ul>"] if is_bullet else parts
    return html


def _block_html(block: Paragraph | Table) -> str:
    if isinstance(block, Table):
        return block.html
    tag = _heading(block) or ("li" if block.is_bullet else "p")
    inner = re.sub("</?strong>", "", block.html) if tag.startswith("h") else block.html
    return f"<{tag}>{inner}</{tag}>"


def _heading(paragraph: Paragraph) -> str:
    """h2 or h3 for a heading: said by its style, or a short line that is numbered 一、 or （一）."""
    if paragraph.outline is not None:
        return "h2" if paragraph.outline == 0 else "h3"
    line = paragraph.plain
    if (
        len(line) > _LONGEST_HEADING
        or "。" in line
        or line.endswith(("；", "：", "，"))
        or paragraph.is_bullet
    ):
        return ""
    return "h2" if _FIRST_LEVEL.match(line) else "h3" if _SECOND_LEVEL.match(line) else ""


def _pictures(package: WordPackage, relations: Sequence[str]) -> tuple[list[Picture], list[str]]:
    """Pictures of the kinds that may be attached, and the names of the others."""
    taken: list[Picture] = []
    others: list[str] = []
    for number, relation in enumerate(relations, start=1):
        found = package.content(relation)
        ending = PurePosixPath(found[0]).suffix.lower().lstrip(".") if found else ""
        if found and ending in {"jpg", "jpeg", "png"} and len(taken) < MOST_PICTURES:
            taken.append(Picture(f"图片{number}.{ending}", found[1]))
        else:
            others.append(found[0] if found else f"图片{number}")
    return taken, others
