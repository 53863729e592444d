"""How uploads are made visible. Called in the child process of `paper.previewing` alone; what reads a format
is loaded when it is needed."""

from __future__ import annotations

import io
from datetime import date, datetime, time
from itertools import islice
from typing import Any, Final

from paper.child import Refused

#: A picture of more points is not opened: a few kilobytes can unfold to gigabytes.
POINTS: Final = 80_000_000
QUALITY: Final = 82
SHEETS, ROWS, COLUMNS, LETTERS = 5, 60, 20, 200
PASSWORD_ERROR: Final = 4  # FPDF_ERR_PASSWORD


def picture(path: str, side: int) -> tuple[dict[str, Any], bytes]:
    """A picture within a square, turned as its camera says, without anything the camera wrote into it."""
    from PIL import Image, ImageOps, UnidentifiedImageError  # noqa: PLC0415 only what the format needs

    Image.MAX_IMAGE_PIXELS = None  # asked below, before a point is unpacked
    try:
        with Image.open(path, formats=["JPEG", "PNG"]) as image:
            if image.width * image.height > POINTS:
                raise Refused("large")
            image.draft("RGB", (side, side))
            image.thumbnail((side, side))
            shown = ImageOps.exif_transpose(image)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise Refused("broken") from error
    return {}, _webp(shown)


def pdf(path: str, most: int) -> tuple[dict[str, Any], bytes]:
    """How many pages there are, and the sizes of the first `most` in points."""
    document = _document(path)
    count = len(document)
    sizes = [document.get_page_size(number) for number in range(min(count, most))]
    return {"count": count, "sizes": [[round(width), round(height)] for width, height in sizes]}, b""


def page(path: str, number: int, side: int) -> tuple[dict[str, Any], bytes]:
    """One page, counted from 1, as a picture within a square."""
    document = _document(path)
    if not 1 <= number <= len(document):
        raise Refused("missing")
    sheet = document[number - 1]
    longest = max(sheet.get_size())
    if longest <= 0:
        raise Refused("broken")
    return {}, _webp(sheet.render(scale=min(side / longest, 3)).to_pil())


def sheets(path: str) -> tuple[dict[str, Any], bytes]:
    """The upper left corner of the first tables of a workbook, as texts."""
    from openpyxl import load_workbook  # noqa: PLC0415 only what the format needs

    try:
        book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
        shown = [_corner(sheet) for sheet in book.worksheets[:SHEETS]]
    except MemoryError:
        raise
    except Exception as error:  # openpyxl has no error of its own for what it cannot read
        raise Refused("broken") from error
    return {"sheets": shown, "more": max(len(book.worksheets) - SHEETS, 0)}, b""


def _document(path: str) -> Any:
    import pypdfium2  # noqa: PLC0415 only what the format needs

    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == PASSWORD_ERROR or "password" in str(error).lower()
        raise Refused("encrypted" if locked else "broken") from error


def _webp(image: Any) -> bytes:
    if image.mode not in {"RGB", "RGBA"}:
        image = image.convert("RGBA" if "transparency" in image.info or image.mode == "LA" else "RGB")
    image.info.clear()
    file = io.BytesIO()
    image.save(file, "WEBP", quality=QUALITY, exif=b"", xmp=b"")
    return file.getvalue()


def _corner(sheet: Any) -> dict[str, Any]:
    sheet.reset_dimensions()  # some programs write a wrong one, and rows would be missing
    rows = [
        [_text(cell) for cell in row]
        for row in islice(sheet.iter_rows(max_row=ROWS + 1, max_col=COLUMNS + 1), ROWS + 1)
    ]
    more = {"rows": len(rows) > ROWS, "columns": any(len(row) > COLUMNS and row[COLUMNS] for row in rows)}
    kept = [row[:COLUMNS] for row in rows[:ROWS]]
    while kept and not any(kept[-1]):
        kept.pop()
    width = max((place for row in kept for place, text in enumerate(row, 1) if text), default=0)
    return {"name": sheet.title, "rows": [_filled(row, width) for row in kept], "more": more}


def _filled(row: list[str], width: int) -> list[str]:
    return row[:width] + [""] * (width - len(row))


def _text(cell: Any) -> str:
    value = cell.value
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float | int) and not isinstance(value, bool):
        if "%" in str(cell.number_format):
            return f"{value * 100:.10g}%"
        return f"{value:.10g}" if isinstance(value, float) else str(value)
    return "" if value is None else str(value)[:LETTERS]
