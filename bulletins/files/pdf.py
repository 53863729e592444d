"""Bulletins as PDF files, set by typst."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from bulletins.document.document import BulletinDocument
from bulletins.layout.official import Official, annex_title, official
from bulletins.layout.pictures import TEMPLATES
from paper.typefaces import fonts
from paper.typesetting import Typeset, typeset


def bulletin_pdf(document: BulletinDocument, *, preprinted: bool = False, review: bool = False) -> Typeset:
    """The bulletin as one PDF file. Its bytes depend on the document, the mode and the fonts alone."""
    return typeset(
        TEMPLATES / "bulletin.typ", _data(official(document, preprinted=preprinted, review=review)), fonts()
    )


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
