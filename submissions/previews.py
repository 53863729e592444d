"""What a page shows of an attached file without anybody having to download it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from paper import previewing
from paper.previewing import NoPreview, Reason
from submissions.models import Attachment

#: Side of the square that a picture is drawn in: in the list, opened, and a page of a PDF.
THUMB, LARGE, PAGE = 480, 2000, 1400
MOST_PAGES: Final = 50
MOST_WORDS: Final = 60_000


class Kind(StrEnum):
    """How a file is shown."""

    PICTURE = "picture"
    PAGES = "pages"
    VIDEO = "video"
    WORDS = "words"
    TABLES = "tables"
    NONE = "none"


_KINDS: Final[Mapping[str, Kind]] = {
    "jpg": Kind.PICTURE,
    "png": Kind.PICTURE,
    "pdf": Kind.PAGES,
    "mp4": Kind.VIDEO,
    "docx": Kind.WORDS,
    "xlsx": Kind.TABLES,
}

PROBLEMS: Final[Mapping[Reason, Promise]] = {
    Reason.BROKEN: _("This file is damaged and cannot be shown here. Download it, or ask for it again."),
    Reason.HOSTILE: _("This file is damaged and cannot be shown here. Download it, or ask for it again."),
    Reason.ENCRYPTED: _(
        "This file is locked with a password and cannot be shown here. Download it to open it."
    ),
    Reason.LARGE: _("This file is too large or too intricate to be shown here. Download it to open it."),
    Reason.BUSY: _("Too many files are being opened at the moment. Reload the page in a minute."),
    Reason.MISSING: _("This file is not in its place any more. Tell your administrator."),
}


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a PDF and its size in points, so that the place is kept while the picture loads."""

    number: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What is shown; of `pages`, `content` and `tables` the one that fits the kind, or else the `problem`.

    `content` is a text as `Version.content` has one.

    `count` is how many pages there are, `more` how many tables, or whether words, were left out.
    """

    kind: Kind
    pages: Sequence[Page] = ()
    count: int = 0
    content: Mapping[str, str] | None = None
    tables: Sequence[Mapping[str, Any]] = ()
    more: int = 0
    problem: str | Promise = ""


def kind_of(attachment: Attachment) -> Kind:
    """By the ending of the stored name, which was checked against the content when it was uploaded."""
    ending = PurePosixPath(attachment.file.name or "").suffix.lstrip(".")
    return _KINDS.get(ending, Kind.NONE)


def preview_of(attachment: Attachment) -> Preview:
    """The file as a page shows it; pictures and videos are shown by their addresses alone."""
    kind = kind_of(attachment)
    try:
        match kind:
            case Kind.PAGES:
                count, sizes = previewing.pdf_sizes(path_of(attachment), most=MOST_PAGES)
                pages = [Page(number, *size) for number, size in enumerate(sizes, 1)]
                return Preview(kind, pages=pages, count=count)
            case Kind.TABLES:
                tables, more = previewing.sheets(path_of(attachment))
                return Preview(kind, tables=tables, more=more)
            case Kind.WORDS:
                return _words(attachment)
    except NoPreview as error:
        return Preview(kind, problem=PROBLEMS[error.reason])
    return Preview(kind)


def path_of(attachment: Attachment) -> Path:
    return Path(attachment.file.path)


def _words(attachment: Attachment) -> Preview:
    answer, _none = previewing.ask("submissions.inside.words", path=path_of(attachment), most=MOST_WORDS)
    more = answer.pop("more", 0)
    return Preview(Kind.WORDS, content=answer, more=more)
