"""Pieces of WordprocessingML as text. Texts that people typed are escaped here and nowhere else. Pure.

Lengths are in twips (1/20 point) unless a name says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final
from xml.sax.saxutils import escape as escape_xml
from xml.sax.saxutils import quoteattr

NAMESPACES: Final = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:w10="urn:schemas-microsoft-com:office:word"'
)
#: What XML 1.0 cannot carry at all.
_UNWRITABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

_BREAKS: Final = {"\t": "<w:tab/>", "\n": "<w:br/>"}

SONG: Final = "宋体"
HEI: Final = "黑体"
FANG: Final = "仿宋_GB2312"
KAI: Final = "楷体_GB2312"
TITLE: Final = "方正小标宋简体"

#: GB/T 9704: 22 lines of 28 characters in 156 × 225 mm.
PITCH: Final = 579
CHARACTER: Final = 316
PAGE_WIDTH: Final = 8844


def escape(text: str) -> str:
    """Text for an element."""
    return escape_xml(_UNWRITABLE.sub("", text))


def attribute(text: str) -> str:
    """Text for an attribute, with its quotes."""
    return quoteattr(_UNWRITABLE.sub("", text))


def run(text: str, font: str = "", points: float = 0, *, extra: str = "") -> str:
    """A run in the paragraph's font and size unless others are given; tabs and new lines are kept."""
    properties = fonts(font) if font else ""
    properties += extra
    if points:
        properties += f'<w:sz w:val="{points * 2:.0f}"/><w:szCs w:val="{points * 2:.0f}"/>'
    content = "".join(
        _BREAKS.get(part) or f'<w:t xml:space="preserve">{escape(part)}</w:t>'
        for part in re.split(r"([\t\n])", text)
        if part
    )
    return f"<w:r><w:rPr>{properties}</w:rPr>{content}</w:r>"


def fonts(name: str) -> str:
    """One font for Chinese and for everything else."""
    quoted = attribute(name)
    return f"<w:rFonts w:ascii={quoted} w:hAnsi={quoted} w:eastAsia={quoted} w:cs={quoted}/>"


def paragraph(content: str = "", style: str = "", properties: str = "") -> str:
    """A paragraph of runs; `properties` in the order of the schema."""
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{styled}{properties}</w:pPr>{content}</w:p>"


def exactly(height: int, content: str = "", *, before: str = "", after: str = "", frame: str = "") -> str:
    """A paragraph of one line that is exactly so high; other properties stand before and after the height."""
    spacing = f'<w:spacing w:before="0" w:after="0" w:line="{height}" w:lineRule="exact"/>'
    return paragraph(content, "Plain", f"{frame}{before}{spacing}{after}")


def blank(lines: int = 1) -> str:
    """Empty lines of the grid."""
    return paragraph("", "Plain") * lines


def field(name: str, points: float) -> str:
    """A field in the font of page numbers, such as PAGE."""
    size = f'<w:sz w:val="{points * 2:.0f}"/><w:szCs w:val="{points * 2:.0f}"/>'
    properties = f"<w:rPr>{fonts(SONG)}{size}</w:rPr>"
    return "".join(
        f"<w:r>{properties}{part}</w:r>"
        for part in (
            '<w:fldChar w:fldCharType="begin"/>',
            f'<w:instrText xml:space="preserve"> {name} </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>1</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
        )
    )


def page_number(points: float = 14) -> str:
    """— 1 — as runs: the number is a field."""
    return run("— ", SONG, points) + field("PAGE", points) + run(" —", SONG, points)


def cell(content: str, cell_width: float, properties: str = "") -> str:
    """A table cell of paragraphs."""
    return f'<w:tc><w:tcPr><w:tcW w:w="{cell_width:.0f}" w:type="dxa"/>{properties}</w:tcPr>{content}</w:tc>'


def row(cells: Iterable[str], properties: str = "") -> str:
    """A table row."""
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table(rows: Iterable[str], widths: Iterable[float], properties: str) -> str:
    """A table of fixed column widths."""
    columns = [round(each) for each in widths]
    grid = "".join(f'<w:gridCol w:w="{each}"/>' for each in columns)
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def borders(top: int, inside: int, sides: int) -> str:
    """Table borders in eighths of a point; 0 is none."""
    sizes = {"top": top, "left": sides, "bottom": top, "right": sides, "insideH": inside, "insideV": sides}
    drawn = (
        f'<w:{name} w:val="single" w:sz="{size}" w:space="0" w:color="000000"/>'
        if size
        else f'<w:{name} w:val="nil"/>'
        for name, size in sizes.items()
    )
    return f"<w:tblBorders>{''.join(drawn)}</w:tblBorders>"


def margins(sides: int) -> str:
    """The room between a cell's sides and its text."""
    lengths = {"top": 0, "left": sides, "bottom": 0, "right": sides}
    each = "".join(f'<w:{side} w:w="{length}" w:type="dxa"/>' for side, length in lengths.items())
    return f"<w:tblCellMar>{each}</w:tblCellMar>"


def picture(relation: str, number: int, title: str, wide_mm: float, high_mm: float) -> str:
    """A picture in the line, with its title as alternative text."""
    size = f'cx="{wide_mm * 36000:.0f}" cy="{high_mm * 36000:.0f}"'
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr id="{number}" name="Chart {number}" descr={attribute(title)}/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        f'<pic:pic><pic:nvPicPr><pic:cNvPr id="{number}" name="Chart {number}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def watermark(text: str, number: int) -> str:
    """A pale text across the page, for headers."""
    return (
        "<w:r><w:pict>"
        '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
        'path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>'
        '<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/>'
        '<v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/>'
        '<v:f eqn="mid @5 @6"/><v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/>'
        '<v:f eqn="sum @6 0 @5"/></v:formulas><v:path textpathok="t" o:connecttype="custom" '
        'o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" o:connectangles="270,180,90,0"/>'
        '<v:textpath on="t" fitshape="t"/><o:lock v:ext="edit" text="t" shapetype="t"/></v:shapetype>'
        f'<v:shape id="Mark{number}" o:spid="_x0000_s{2048 + number}" type="#_x0000_t136" '
        f'style="position:absolute;width:{110 * len(text)}pt;height:110pt;rotation:315;z-index:-251658752;'
        "mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
        'mso-position-vertical:center;mso-position-vertical-relative:margin" o:allowincell="f" '
        'fillcolor="#d9d9d9" stroked="f">'
        f'<v:textpath style="font-family:&quot;{HEI}&quot;;font-size:1pt" string={attribute(text)}/>'
        '<w10:wrap anchorx="margin" anchory="margin"/></v:shape></w:pict></w:r>'
    )
