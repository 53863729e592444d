"""A bulletin as a Word file in the form of an official document (GB/T 9704—2012)."""

from __future__ import annotations

import struct
from datetime import UTC
from io import BytesIO
from itertools import count
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import parse_xml
from docx.parts.hdrftr import FooterPart, HeaderPart

from stats.bulletins import BulletinDocument
from stats.exports.annexes import Annex
from stats.exports.official import Official, official
from stats.exports.package import EPOCH
from stats.exports.pdf import chart_images
from stats.exports.word.body import annex_body, imprint, letter
from stats.exports.word.markup import NAMESPACES, exactly, paragraph, picture
from stats.exports.word.sections import Parts, footer, header, section
from stats.exports.word.styles import FONT_TABLE, SETTINGS, STYLES

#: How wide the charts are drawn, which is as wide as the text.
CHART_MM: Final = 156.0
#: Parts of the library's template that belong to its own styles.
UNUSED: Final = ("/thumbnail", "/numbering", "/customXml", "/stylesWithEffects", "/webSettings")


def bulletin_docx(document: BulletinDocument, *, preprinted: bool = False, review: bool = False) -> bytes:
    """The bulletin as one Word file. Its bytes depend on the document, the mode and the fonts alone."""
    content = official(document, preprinted=preprinted, review=review)
    word = Document()
    _styled(word)
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
    body = parse_xml(f"<w:body {NAMESPACES}>{''.join(pieces)}</w:body>")
    word.element.replace(word.element.body, body)
    _described(word, document, content)
    return _packed(word)


def _styled(word: WordDocument) -> None:
    """Our own styles, settings and font table; what belongs to those of the library's template goes."""
    for relations in (word.part.package.rels, word.part.rels):
        for key in [key for key, each in relations.items() if each.reltype.endswith(UNUSED)]:
            del relations[key]
    for element, source in ((word.styles.element, STYLES), (word.settings.element, SETTINGS)):
        for child in list(element):
            element.remove(child)
        for child in list(parse_xml(source)):
            element.append(child)
    for part in word.part.package.iter_parts():
        if part.partname == "/word/fontTable.xml":
            part._blob = FONT_TABLE.encode()


def _parts(word: WordDocument, mark: str, *, across: bool) -> Parts:
    """Headers and footers of one kind of page, as the relations by which sections refer to them."""
    relations = {}
    for number, (pages, odd) in enumerate((("default", True), ("even", False)), start=2 * across + 1):
        for kind, source in (
            ("header", header(mark, number, across=across, odd=odd)),
            ("footer", footer(mark, across=across, odd=odd)),
        ):
            part = (HeaderPart if kind == "header" else FooterPart).new(word.part.package)
            relation = word.part.relate_to(part, RT.HEADER if kind == "header" else RT.FOOTER)
            element = part.element
            for child in list(element):
                element.remove(child)
            for child in list(parse_xml(source)):
                element.append(child)
            relations[kind, pages] = relation
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


def _described(word: WordDocument, document: BulletinDocument, content: Official) -> None:
    properties = word.core_properties
    properties.title = document.title
    properties.author = properties.last_modified_by = content.signature
    properties.comments = properties.keywords = properties.subject = properties.category = ""
    properties.created = properties.modified = document.cutoff.astimezone(UTC).replace(microsecond=0)
    properties.revision = 1
    properties.language = "zh-CN"


def _packed(word: WordDocument) -> bytes:
    """The file with its entries dated alike."""
    saved, finished = BytesIO(), BytesIO()
    word.save(saved)
    with ZipFile(saved) as source, ZipFile(finished, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(ZipInfo(name, EPOCH), source.read(name), ZIP_DEFLATED)
    return finished.getvalue()
