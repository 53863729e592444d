"""The styles, fonts and settings of a Word file, so that whoever edits it goes on in the same form. Pure."""

from __future__ import annotations

from typing import Final

from paper.wordml import CHARACTER, FANG, HEI, KAI, NAMESPACES, PITCH, SONG, TITLE, attribute, fonts

#: The grid in exact figures, for not every program keeps the page's own: 22 lines of 28.95 points, and 28
#: characters of 16 points less a quarter of a point.
_EXACT: Final = (
    f'<w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="{PITCH}" w:lineRule="exact"/>'
)
_INDENT: Final = f'<w:ind w:firstLineChars="200" w:firstLine="{2 * CHARACTER}"/>'


#: What a character's pitch is less than its size, in twips, so that 28 of 16 points fill 156 mm.
TIGHTER: Final = -5


def _style(identifier: str, name: str, paragraph: str, font: str = "", points: float = 0) -> str:
    text = fonts(font) if font else ""
    if points:
        text += f'<w:spacing w:val="{TIGHTER if points == 16 else 0}"/>'
        text += f'<w:sz w:val="{points * 2:.0f}"/><w:szCs w:val="{points * 2:.0f}"/>'
    based = "" if identifier == "Normal" else '<w:basedOn w:val="Normal"/><w:next w:val="Normal"/>'
    default = ' w:default="1"' if identifier == "Normal" else ""
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{identifier}">'
        f'<w:name w:val="{name}"/>{based}<w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{text}</w:rPr></w:style>"
    )


#: Full pages, no sign beyond the edge of the text, no gaps beside digits: each would break the grid.
_PLAIN: Final = "".join(
    f'<w:{name} w:val="0"/>' for name in ("widowControl", "overflowPunct", "autoSpaceDE", "autoSpaceDN")
)
_NO_INDENT: Final = '<w:ind w:firstLineChars="0" w:firstLine="0"/>'
_SMALL: Final = '<w:spacing w:before="0" w:after="0" w:line="280" w:lineRule="exact"/>'

STYLES: Final = "".join(
    (
        f"<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>",
        fonts(FANG),
        '<w:kern w:val="0"/><w:sz w:val="32"/><w:szCs w:val="32"/>',
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>',
        "<w:pPrDefault/></w:docDefaults>",
        _style("Normal", "Normal", f'{_PLAIN}{_EXACT}{_INDENT}<w:jc w:val="both"/>', FANG, 16),
        _style("Plain", "公文无缩进", _NO_INDENT),
        _style(
            "Title",
            "Title",
            "<w:keepNext/>"
            '<w:spacing w:before="0" w:after="0" w:line="680" w:lineRule="exact"/>'
            f'{_NO_INDENT}<w:jc w:val="center"/>',
            TITLE,
            22,
        ),
        _style("Heading1", "heading 1", '<w:keepNext/><w:outlineLvl w:val="0"/>', HEI, 16),
        _style("Heading2", "heading 2", '<w:keepNext/><w:outlineLvl w:val="1"/>', KAI, 16),
        _style("Heading3", "heading 3", '<w:keepNext/><w:outlineLvl w:val="2"/>', FANG, 16),
        _style("Annex", "公文附件", f"<w:keepNext/>{_NO_INDENT}", HEI, 16),
        _style("Cell", "公文表格", f'{_SMALL}{_NO_INDENT}<w:jc w:val="center"/>', SONG, 10.5),
        _style("Note", "公文表注", f"{_SMALL}{_NO_INDENT}", FANG, 10.5),
        _style("Imprint", "公文版记", f"{_SMALL.replace('280', '440')}{_NO_INDENT}", FANG, 14),
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="50" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="50" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>',
        "</w:styles>",
    )
)

#: What a computer without the named font may take instead, by the same makers' other names.
_OTHERS: Final = {TITLE: "FZXiaoBiaoSong-B05S", FANG: "仿宋", KAI: "楷体", HEI: "SimHei", SONG: "SimSun"}
FONT_TABLE: Final = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts {NAMESPACES}>'
    + "".join(
        f"<w:font w:name={attribute(name)}><w:altName w:val={attribute(other)}/>"
        '<w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="default"/></w:font>'
        for name, other in _OTHERS.items()
    )
    + "</w:fonts>"
)

SETTINGS: Final = (
    f'<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:bordersDoNotSurroundHeader/>'
    '<w:bordersDoNotSurroundFooter/><w:evenAndOddHeaders/><w:drawingGridVerticalSpacing w:val="289"/>'
    '<w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:spaceForUL/>'
    "<w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:ulTrailSpace/>"
    '<w:adjustLineHeightInTable/><w:useFELayout/><w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/><w:decimalSymbol w:val="."/>'
    '<w:listSeparator w:val=","/>'
    "</w:settings>"
)
