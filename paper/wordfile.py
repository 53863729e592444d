"""Word files made of WordprocessingML: the library brings the package, every page is ours."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Final, Literal
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import parse_xml
from docx.parts.hdrftr import FooterPart, HeaderPart

from paper.styles import FONT_TABLE, SETTINGS, STYLES
from paper.wordml import NAMESPACES

#: The earliest time that a zip entry can carry; the entries' own times say nothing here.
EPOCH: Final = (1980, 1, 1, 0, 0, 0)
#: Parts of the library's template that belong to its own styles.
UNUSED: Final = ("/thumbnail", "/numbering", "/customXml", "/stylesWithEffects", "/webSettings")


def new_document() -> WordDocument:
    """An empty file with our own styles, settings and font table, without those of the library's template."""
    word = Document()
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
    return word


def margin_part(word: WordDocument, kind: Literal["header", "footer"], source: str) -> str:
    """A header or footer with this content, as the relation by which sections refer to it."""
    part = (HeaderPart if kind == "header" else FooterPart).new(word.part.package)
    relation = word.part.relate_to(part, RT.HEADER if kind == "header" else RT.FOOTER)
    element = part.element
    for child in list(element):
        element.remove(child)
    for child in list(parse_xml(source)):
        element.append(child)
    return relation


def finished(word: WordDocument, body: str, *, title: str, author: str, moment: datetime) -> bytes:
    """The file with `body` as its content; its bytes depend on the arguments alone."""
    word.element.replace(word.element.body, parse_xml(f"<w:body {NAMESPACES}>{body}</w:body>"))
    properties = word.core_properties
    properties.title = title
    properties.author = properties.last_modified_by = author
    properties.comments = properties.keywords = properties.subject = properties.category = ""
    properties.created = properties.modified = moment.astimezone(UTC).replace(microsecond=0)
    properties.revision = 1
    properties.language = "zh-CN"
    saved, packed = BytesIO(), BytesIO()
    word.save(saved)
    with ZipFile(saved) as source, ZipFile(packed, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(ZipInfo(name, EPOCH), source.read(name), ZIP_DEFLATED)
    return packed.getvalue()
