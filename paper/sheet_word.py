"""A sheet as a Word file."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from paper import wordml
from paper.sheet import Box, Line, Row, Sheet, Table, Tone
from paper.wordfile import finished, margin_part, new_document
from paper.wordml import FANG, HEI, NAMESPACES, SONG, TITLE, exactly, paragraph, run

#: Twips in a millimetre.
MM: Final = 1440 / 25.4
#: At least, not exactly: Mongolian and other scripts stand taller than Chinese.
_SPACING: Final = '<w:spacing w:before="{}" w:after="20" w:line="{}" w:lineRule="atLeast"/>'
_ALIGNED: Final = '<w:jc w:val="{}"/>'
_STRUCK: Final = "<w:strike/>"
#: Font, size, further properties of the run, place.
_TONES: Final = {
    Tone.PLAIN: (FANG, 12.0, "", "left"),
    Tone.STRONG: (HEI, 13.0, "", "left"),
    Tone.SMALL: (SONG, 10.0, "", "left"),
    Tone.SIGNED: (FANG, 12.0, "", "right"),
    Tone.STRUCK: (FANG, 12.0, _STRUCK, "left"),
    Tone.STRUCK_SIGNED: (FANG, 12.0, _STRUCK, "right"),
}


def sheet_docx(sheet: Sheet, moment: datetime) -> bytes:
    """The sheet as one Word file, made at `moment`."""
    word = new_document()
    relations = {pages: margin_part(word, "footer", _footer(sheet)) for pages in ("default", "even")}
    pieces = [_centred(sheet.office, 16, 400), _centred(sheet.title, 22, 560), _pair(sheet)]
    for shown in sheet.tables:
        pieces += [_table(shown), exactly(20)]
    pieces += [_text(note, SONG, 9.5, 240) for note in sheet.notes]
    pieces.append(_section(sheet, relations))
    title = f"{sheet.office}{sheet.title}"
    return finished(word, "".join(pieces), title=title, author=sheet.office, moment=moment)


def _centred(text: str, points: float, height: int) -> str:
    return exactly(height, run(text, TITLE, points), after=_ALIGNED.format("center"))


def _text(text: str, font: str, points: float, height: int, *, aligned: str = "left", extra: str = "") -> str:
    above = 160 if aligned == "right" else 20
    place = _SPACING.format(above, height) + _ALIGNED.format(aligned)
    return paragraph(run(text, font, points, extra=extra), "Plain", place)


def _pair(sheet: Sheet) -> str:
    """What stands above the tables, left and right."""
    tab = f'<w:tabs><w:tab w:val="right" w:pos="{sheet.width * MM:.0f}"/></w:tabs>'
    spacing = '<w:spacing w:before="120" w:after="60" w:line="300" w:lineRule="atLeast"/>'
    return paragraph(run(f"{sheet.left}\t{sheet.right}", FANG, 11), "Plain", tab + spacing)


def _table(shown: Table) -> str:
    widths = [each * MM for each in shown.widths]
    properties = (
        f'<w:tblW w:w="{sum(widths):.0f}" w:type="dxa"/><w:jc w:val="center"/>{wordml.borders(4, 4, 4)}'
        f'<w:tblLayout w:type="fixed"/>{wordml.margins(113)}'
    )
    return wordml.table([_row(each, widths) for each in shown.rows], widths, properties)


def _row(shown: Row, widths: list[float]) -> str:
    cells, at = [], 0
    for box in shown.boxes:
        cells.append(_cell(box, sum(widths[at : at + box.span])))
        at += box.span
    properties = "<w:cantSplit/>" if shown.whole else ""
    properties += f'<w:trHeight w:val="{shown.height * MM:.0f}" w:hRule="atLeast"/>'
    return wordml.row(cells, properties + ("<w:tblHeader/>" if shown.head else ""))


def _cell(box: Box, width: float) -> str:
    if box.label:
        content = "".join(_text(line.text, HEI, 11.5, 300, aligned="center") for line in box.lines)
    else:
        content = "".join(_line(line) for line in box.lines)
    span = f'<w:gridSpan w:val="{box.span}"/>' if box.span > 1 else ""
    place = "center" if box.label or len(box.lines) == 1 else "top"
    room = '<w:tcMar><w:top w:w="60" w:type="dxa"/><w:bottom w:w="60" w:type="dxa"/></w:tcMar>'
    properties = f'{span}{room}<w:vAlign w:val="{place}"/>'
    return wordml.cell(content or paragraph("", "Plain", _SPACING.format(20, 240)), width, properties)


def _line(line: Line) -> str:
    font, points, extra, aligned = _TONES[line.tone]
    return _text(line.text, font, points, round(points * 26), aligned=aligned, extra=extra)


def _footer(sheet: Sheet) -> str:
    tab = f'<w:tabs><w:tab w:val="right" w:pos="{sheet.width * MM:.0f}"/></w:tabs>'
    number = wordml.field("PAGE", 9)
    total = wordml.field("NUMPAGES", 9)
    first = (
        run(f"{sheet.printed}\t第 ", SONG, 9) + number + run(" 页 共 ", SONG, 9) + total + run(" 页", SONG, 9)
    )
    second = run(sheet.warning, SONG, 9)
    content = exactly(260, first, before=tab) + exactly(260, second, after=_ALIGNED.format("center"))
    return f"<w:ftr {NAMESPACES}>{content}</w:ftr>"


def _section(sheet: Sheet, relations: dict[str, str]) -> str:
    references = "".join(
        f'<w:footerReference w:type="{pages}" r:id="{relation}"/>' for pages, relation in relations.items()
    )
    size = 'w:w="16838" w:h="11906" w:orient="landscape"' if sheet.across else 'w:w="11906" w:h="16838"'
    return (
        f"<w:sectPr>{references}<w:pgSz {size}/>"
        '<w:pgMar w:top="964" w:right="1021" w:bottom="1134" w:left="1021" w:header="567" w:footer="454" '
        'w:gutter="0"/><w:cols w:space="720"/></w:sectPr>'
    )
