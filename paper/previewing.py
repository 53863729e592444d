"""Uploaded files opened, each in a process of its own with limits of time and memory."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Any, Final

#: By the clock; the child itself has a limit of processor time.
SECONDS: Final = 30
ROOT: Final = Path(__file__).resolve().parent.parent
CHILD: Final = "import sys; sys.path.insert(0, sys.argv[1]); from paper.child import main; main()"
#: So many at a time in one worker; whoever comes later waits for a while.
_ROOM = threading.BoundedSemaphore(2)
PATIENCE: Final = 15


class Reason(StrEnum):
    """Why a file cannot be opened."""

    BROKEN = "broken"
    ENCRYPTED = "encrypted"
    LARGE = "large"  # of too many points, bytes or seconds
    MISSING = "missing"
    BUSY = "busy"  # too many are being drawn at the moment
    HOSTILE = "hostile"  # declares what no office program does


class NoPreview(Exception):
    """The file cannot be opened; people may still download it."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


def picture(path: Path, *, side: int) -> bytes:
    """A JPEG or PNG file as WebP within a square of `side` points, upright, without EXIF. NoPreview."""
    return ask("paper.previewer.picture", path=path, side=side)[1]


def pdf_sizes(path: Path, *, most: int) -> tuple[int, list[tuple[int, int]]]:
    """The number of a PDF's pages, and (width, height) of the first `most`. NoPreview."""
    answer, _content = ask("paper.previewer.pdf", path=path, most=most)
    return answer["count"], [(width, height) for width, height in answer["sizes"]]


def pdf_page(path: Path, *, number: int, side: int) -> bytes:
    """Page `number` of a PDF, from 1, as WebP within a square of `side` points. NoPreview."""
    return ask("paper.previewer.page", path=path, number=number, side=side)[1]


def sheets(path: Path) -> tuple[list[dict[str, Any]], int]:
    """The first tables of a workbook, and how many more there are.

    A table has its `name`, `rows` of texts of one length, and `more` saying whether `rows` or `columns`
    were left out. NoPreview.
    """
    answer, _content = ask("paper.previewer.sheets", path=path)
    return answer["sheets"], answer["more"]


def ask(reader: str, *, path: Path, **request: Any) -> tuple[dict[str, Any], bytes]:
    """What a function of the program, named with its module, gives for a file: an answer, which is JSON, and
    bytes. It is called in the child, with the path as text, and may raise `paper.child.Refused`. NoPreview.
    """
    if not path.is_file():
        raise NoPreview(Reason.MISSING)
    asked = json.dumps(request | {"reader": reader, "path": str(path)}).encode()
    if not _ROOM.acquire(timeout=PATIENCE):
        raise NoPreview(Reason.BUSY)
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-c", CHILD, str(ROOT)],
            input=asked,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise NoPreview(Reason.LARGE) from error
    finally:
        _ROOM.release()
    if done.returncode < 0:  # stopped at a limit
        raise NoPreview(Reason.LARGE)
    if done.returncode > 0:
        raise NoPreview(Reason.BROKEN)
    head, _line, content = done.stdout.partition(b"\n")
    answer = json.loads(head)
    if "refused" in answer:
        raise NoPreview(Reason(answer["refused"]))
    return answer, content


@contextmanager
def on_disk(file: IO[bytes]) -> Iterator[Path]:
    """The path of an upload, which may be in memory alone; a copy made for it is gone afterwards."""
    held = getattr(file, "temporary_file_path", None)
    if held is not None:
        yield Path(held())
        return
    with NamedTemporaryFile() as copy:
        file.seek(0)
        shutil.copyfileobj(file, copy)
        copy.flush()
        file.seek(0)
        yield Path(copy.name)
