"""Bulletins as PDF files, and the charts as pictures for Word: both are set by typst."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from bulletins.document.document import BulletinDocument
from bulletins.files.charts import Chart
from bulletins.files.official import Official, annex_title, official
from paper.typefaces import fonts
from paper.typesetting import Typeset, typeset

TEMPLATES: Final = Path(__file__).with_name("typst")


def bulletin_pdf(document: BulletinDocument, *, preprinted: bool = False, review: bool = False) -> Typeset:
    """The bulletin as one PDF file. Its bytes depend on the document, the mode and the fonts alone."""
    return typeset(
        TEMPLATES / "bulletin.typ", _data(official(document, preprinted=preprinted, review=review)), fonts()
    )


def chart_images(charts: list[Chart], ppi: int = 300) -> tuple[bytes, ...]:
    """A PNG picture of each chart, as wide as the text."""
    if not charts:
        return ()
    data = {"charts": [asdict(chart) for chart in charts]}
    return typeset(TEMPLATES / "chart-images.typ", data, fonts(), form="png", ppi=ppi).files


def _data(content: Official) -> dict[str, Any]:
    """What the template reads."""
    data = asdict(content) | {
        "mark": content.mark.value,
        "head": content.head.value,
        "labels": list(content.labels),
    }
    for annex, plain in zip(content.annexes, data["annexes"], strict=True):
        plain["title_lines"] = list(annex_title(annex))
    return data
