"""The pages of a PDF file as measured: where every character and every line lies, in millimetres."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
from pypdfium2 import raw

MM = 25.4 / 72
BLACK = (0, 0, 0)
RED = (255, 0, 0)


@dataclass(frozen=True)
class Glyph:
    """One character. `x` and `baseline` are its origin, the rest the ink's box; from the page's top left."""

    sign: str
    x: float
    baseline: float
    size: float
    left: float
    top: float
    right: float
    bottom: float
    font: str
    colour: tuple[int, int, int]

    @property
    def em(self) -> float:
        return self.size * MM

    @property
    def em_top(self) -> float:
        """The upper edge of the character's square; fonts of this kind have 0.88 of it above the line."""
        return self.baseline - 0.88 * self.em

    @property
    def em_bottom(self) -> float:
        return self.baseline + 0.12 * self.em


@dataclass(frozen=True)
class Stroke:
    """A drawn line or box, by its middle."""

    left: float
    top: float
    right: float
    bottom: float
    thickness: float
    colour: tuple[int, int, int]

    @property
    def length(self) -> float:
        return self.right - self.left


def words(line: list[Glyph]) -> str:
    """The characters as text; a rare one is given as two halves."""
    halves = "".join(glyph.sign for glyph in line)
    return halves.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


@dataclass(frozen=True)
class Page:
    wide: float
    high: float
    glyphs: list[Glyph]
    strokes: list[Stroke]

    @property
    def lines(self) -> list[list[Glyph]]:
        """The characters line by line, from above."""
        found: dict[float, list[Glyph]] = {}
        for glyph in self.glyphs:
            near = next((line for line in found if abs(line - glyph.baseline) < 0.3), glyph.baseline)
            found.setdefault(near, []).append(glyph)
        return [sorted(found[line], key=lambda glyph: glyph.x) for line in sorted(found)]

    @property
    def texts(self) -> list[str]:
        return [words(line) for line in self.lines]

    def line(self, beginning: str) -> list[Glyph]:
        """The first line that begins so."""
        return next(
            line for line, text in zip(self.lines, self.texts, strict=True) if text.startswith(beginning)
        )

    @property
    def rules(self) -> list[Stroke]:
        """The lines across the whole text, from above."""
        return sorted(
            (each for each in self.strokes if abs(each.length - 156) < 0.3), key=lambda each: each.top
        )


def pages(content: bytes) -> list[Page]:
    """Every page of the file."""
    document = pdfium.PdfDocument(content)
    try:
        return [
            Page(page.get_width() * MM, page.get_height() * MM, list(_glyphs(page)), list(_strokes(page)))
            for page in document
        ]
    finally:
        document.close()


def _glyphs(page: pdfium.PdfPage) -> Iterator[Glyph]:
    text, high = page.get_textpage(), page.get_height()
    for at in range(text.count_chars()):
        sign = chr(raw.FPDFText_GetUnicode(text, at))
        if not sign.strip() or raw.FPDFText_IsGenerated(text, at) == 1:
            continue
        x, y = ctypes.c_double(), ctypes.c_double()
        raw.FPDFText_GetCharOrigin(text, at, x, y)
        left, bottom, right, top = text.get_charbox(at)
        channels = [ctypes.c_uint() for _ in range(4)]
        raw.FPDFText_GetFillColor(text, at, *channels)
        name = ctypes.create_string_buffer(128)
        raw.FPDFText_GetFontInfo(text, at, name, 128, ctypes.c_int())
        yield Glyph(
            sign=sign,
            x=x.value * MM,
            baseline=(high - y.value) * MM,
            size=raw.FPDFText_GetFontSize(text, at),
            left=left * MM,
            top=(high - top) * MM,
            right=right * MM,
            bottom=(high - bottom) * MM,
            font=name.value.decode(),
            colour=(channels[0].value, channels[1].value, channels[2].value),
        )


def _strokes(page: pdfium.PdfPage) -> Iterator[Stroke]:
    high = page.get_height()
    for drawn in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=9):
        left, bottom, right, top = drawn.get_bounds()
        width = ctypes.c_float()
        raw.FPDFPageObj_GetStrokeWidth(drawn, width)
        channels = [ctypes.c_uint() for _ in range(4)]
        raw.FPDFPageObj_GetStrokeColor(drawn, *channels)
        # The bounds are widened by the stroke on every side.
        thick = width.value
        yield Stroke(
            left=(left + thick) * MM,
            top=(high - top + thick) * MM,
            right=(right - thick) * MM,
            bottom=(high - bottom - thick) * MM,
            thickness=thick * MM,
            colour=(channels[0].value, channels[1].value, channels[2].value),
        )
