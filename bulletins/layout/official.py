"""A bulletin as an official document (公文, GB/T 9704—2012): its elements in words, in their order. Pure.

Word and PDF print this and nothing else. There is no place for a secrecy mark or a seal: the system holds
nothing secret, and a seal is put on paper by the office.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

from bulletins.document.document import BulletinDocument
from bulletins.document.rows import BodyLine
from bulletins.layout.annexes import PAGE_HEIGHT, PAGE_WIDTH, Annex, annexes
from bulletins.layout.titles import title_lines, width
from kit.days import in_words

#: 2号, in points.
TITLE_SIZE: Final = 22.0
#: The head of 1999 was at most 22 × 15 mm a character. A long name is set in narrowed characters of this
#: height, at most so narrow; a name that would be narrower still takes two lines.
LARGEST_HEAD: Final = 62.0
LONG_HEAD: Final = 40.0
NARROWEST: Final = 0.5


class Mark(Enum):
    """What is printed over a document that is not issued."""

    NONE = ""
    DRAFT = "草稿"
    REVIEW = "送审稿"


class Head(Enum):
    """How the place of the office's mark (发文机关标志) is filled."""

    RED = "red"
    #: Paper with the head printed on it: the space stays free.
    PREPRINTED = "preprinted"
    #: Not issued: the mark of the draft stands there, and nothing is red.
    UNISSUED = "unissued"


@dataclass(frozen=True, slots=True)
class Official:
    """The elements of one document. Empty texts are elements that it does not have."""

    mark: Mark
    head: Head
    head_lines: tuple[str, ...]
    head_size: float
    head_narrowed: float
    reference: str
    title: tuple[str, ...]
    addressees: str
    body: tuple[BodyLine, ...]
    signature: str
    day: str
    remark: str
    annexes: tuple[Annex, ...]
    copies_to: str
    printed_by: str
    printed_on: str

    @property
    def labels(self) -> tuple[str, ...]:
        """附件1, 附件2 …; a single one has no number."""
        if len(self.annexes) == 1:
            return ("附件",)
        return tuple(f"附件{number}" for number in range(1, len(self.annexes) + 1))


def official(document: BulletinDocument, *, preprinted: bool = False, review: bool = False) -> Official:
    """The document's elements. Without a number it is a draft, or with `review` waits for the signature."""
    letterhead = document.letterhead
    issued = document.number is not None and document.issued_on is not None
    head = Head.PREPRINTED if preprinted else Head.RED if issued else Head.UNISSUED
    lines = head_lines(letterhead.red_head.strip() or document.office)
    with document.rates():
        attached = annexes(document)
    size, narrowed = head_size(lines)
    return Official(
        mark=Mark.NONE if issued else Mark.REVIEW if review else Mark.DRAFT,
        head=head,
        head_lines=lines,
        head_size=size,
        head_narrowed=narrowed,
        reference=reference(document) if issued else "",
        title=title_lines(document.title, PAGE_WIDTH / TITLE_SIZE),
        addressees=_closed(letterhead.addressees, "："),
        body=document.body,
        signature=document.signed_by,
        day=in_words(document.issued_on) if document.issued_on and issued else "    年  月  日",
        remark=_bracketed(letterhead.contact),
        annexes=attached,
        copies_to=_closed(letterhead.copies_to, "。"),
        printed_by=letterhead.printed_by.strip() or document.signed_by,
        printed_on=f"{in_words(document.issued_on) if document.issued_on else '    年  月  日'}印发",
    )


def reference(document: BulletinDocument) -> str:
    """The number of an issued document (发文字号); an office without an own code has 〔2026〕3号."""
    return document.reference or f"〔{document.year}〕{document.number}号"


def head_lines(text: str) -> tuple[str, ...]:
    """The head in one line, or in two when the characters would become too narrow."""
    return title_lines(text, PAGE_WIDTH / LONG_HEAD / NARROWEST)


def head_size(lines: tuple[str, ...]) -> tuple[float, float]:
    """The height of the head's characters in half points, and how far they are narrowed (1 is not at all)."""
    room = PAGE_WIDTH * 0.98 / max(width(line) for line in lines)
    if room >= LONG_HEAD:
        return int(min(LARGEST_HEAD, room) * 2) / 2, 1.0
    return LONG_HEAD, int(room / LONG_HEAD * 100) / 100


def annex_title(annex: Annex) -> tuple[str, ...]:
    """The lines of an attachment's title."""
    return title_lines(annex.title, (PAGE_HEIGHT if annex.across else PAGE_WIDTH) / TITLE_SIZE)


def _closed(text: str, sign: str) -> str:
    """A list with its closing sign, once."""
    text = text.strip().rstrip("：:。.；;，,")
    return f"{text}{sign}" if text else ""


def _bracketed(text: str) -> str:
    text = text.strip()
    return text if not text or text.startswith("（") else f"（{text}）"
