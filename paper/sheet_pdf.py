"""A sheet as PDF."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Final

from paper.sheet import Sheet
from paper.typefaces import fonts
from paper.typesetting import Typeset, typeset

TEMPLATE: Final = Path(__file__).with_name("sheet.typ")


def sheet_pdf(sheet: Sheet) -> Typeset:
    """The sheet as one PDF file. Raises what `paper.typesetting` raises."""
    return typeset(TEMPLATE, asdict(sheet) | {"width": sheet.width}, fonts())
