"""Whether an upload is a whole file of its kind. Called in the child process of `paper.previewing` alone.

Each gives an answer and bytes, or raises Refused.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from pathlib import Path
from typing import IO, Any, Final
from xml.parsers.expat import ExpatError, ParserCreate

from paper.child import Refused
from submissions.stripping import BrokenPicture, stripped

#: A picture of more points is not unpacked.
POINTS: Final = 80_000_000
_ORIENTATION: Final = 0x0112


def picture(path: str) -> tuple[dict[str, Any], bytes]:
    """A whole JPEG or PNG file, without what was written into it beside its points."""
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 only what the format needs

    Image.MAX_IMAGE_PIXELS = None  # asked below, before a point is unpacked
    content = Path(path).read_bytes()
    try:
        with Image.open(path, formats=["JPEG", "PNG"]) as image:
            orientation = image.getexif().get(_ORIENTATION, 1)
            if image.width * image.height <= POINTS:
                image.load()
        return {}, stripped(content, orientation if isinstance(orientation, int) else 1)
    except (BrokenPicture, UnidentifiedImageError, OSError, SyntaxError, ValueError, struct.error) as error:
        raise Refused("broken") from error


def pdf(path: str) -> tuple[dict[str, Any], bytes]:
    """Nothing, of a PDF that can be opened, if need be with a password, and has a page."""
    import pypdfium2  # noqa: PLC0415 only what the format needs

    try:
        document = pypdfium2.PdfDocument(path)
        document[0].get_size()
    except pypdfium2.PdfiumError as error:
        if "password" not in str(error).lower():
            raise Refused("broken") from error
    except IndexError as error:
        raise Refused("broken") from error
    return {}, b""


def office(path: str) -> tuple[dict[str, Any], bytes]:
    """Nothing, of an archive whose members are as large as it says and declare no entities."""
    try:
        with zipfile.ZipFile(path) as archive:
            for member in archive.infolist():
                with archive.open(member) as part:
                    if member.filename.rpartition(".")[2].lower() in {"xml", "rels", "vml"}:
                        _without_doctype(part)
                    while part.read(1 << 20):
                        pass
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise Refused("broken") from error
    except RuntimeError as error:
        raise Refused("encrypted") from error
    return {}, b""


class _Begun(Exception):
    """The first element of a part: no DOCTYPE can follow."""


def _without_doctype(part: IO[bytes]) -> None:
    parser = ParserCreate()

    def begin(*_element: object) -> None:
        raise _Begun

    def doctype(*_declared: object) -> None:
        raise Refused("hostile")

    parser.StartElementHandler, parser.StartDoctypeDeclHandler = begin, doctype
    try:
        parser.ParseFile(part)
    except (_Begun, ExpatError):  # a part that is no XML is told of by the check of its words
        return
