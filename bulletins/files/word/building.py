"""A bulletin as a Word file in the form of an official document (GB/T 9704—2012)."""

from __future__ import annotations

import struct
from io import BytesIO
from itertools import count
from typing import Final

from docx.document import Document as WordDocument

from bulletins.document.document import BulletinDocument
from bulletins.files.word.body import annex_body, imprint, letter
from bulletins.files.word.sections import Parts, footer, header, section
from bulletins.layout.annexes import Annex
from bulletins.layout.official import Official, official
from bulletins.layout.pictures import chart_images
from paper.wordfile import finished, margin_part, new_document
from paper.wordml import exactly, paragraph, picture

#: How wide the charts are drawn, which is as wide as the text.
CHART_MM: Final = 156.0


def bulletin_docx(document: BulletinDocument, *, preprinted: bool = False, review: bool = False) -> bytes:
    """The bulletin as one Word file. Its bytes depend on the document, the mode and the fonts alone."""
    content = official(document, preprinted=preprinted, review=review)
    word = new_document()
    parts = {across: _parts(word, content.mark.value, across=across) for across in (False, True)}
    pieces = [letter(content)]
    drawn = _pictures(word, content)
    lying = False
    for label, annex in zip(content.labels, content.annexes, strict=True):
        pieces.append(section(parts[lying], across=lying))
        pieces.append(annex_body(label, annex))
        pieces += drawn.get(annex.title, [])
        lying = annex.across
    if lying:
        pieces.append(section(parts[True], across=True))
    pieces.append(imprint(content))
    pieces.append(exactly(20))
    pieces.append(section(parts[False], across=False, last=True))
    return finished(
        word, "".join(pieces), title=document.title, author=content.signature, moment=document.cutoff
    )


def _parts(word: WordDocument, mark: str, *, across: bool) -> Parts:
    """Headers and footers of one kind of page, as the relations by which sections refer to them."""
    relations = {}
    for number, (pages, odd) in enumerate((("default", True), ("even", False)), start=2 * across + 1):
        above = header(mark, number, across=across, odd=odd)
        relations["header", pages] = margin_part(word, "header", above)
        relations["footer", pages] = margin_part(word, "footer", footer(mark, across=across, odd=odd))
    return relations


def _pictures(word: WordDocument, content: Official) -> dict[str, list[str]]:
    """The charts of each attachment, drawn in one go."""
    annexes: list[Annex] = [annex for annex in content.annexes if annex.charts]
    images = iter(chart_images([chart for annex in annexes for chart in annex.charts]))
    numbers = count(1)
    drawn: dict[str, list[str]] = {}
    for annex in annexes:
        for chart in annex.charts:
            image = next(images)
            relation, _part = word.part.get_or_add_image(BytesIO(image))
            wide, high = struct.unpack_from(">II", image, 16)
            shown = picture(relation, next(numbers), chart.title, CHART_MM, CHART_MM * high / wide)
            place = '<w:spacing w:before="0" w:after="240" w:line="240" w:lineRule="auto"/>'
            drawn.setdefault(annex.title, []).append(paragraph(shown, "Plain", place))
    return drawn
