"""What stands on the pages of a Word file: the letter, its attachments, the imprint. Pure."""

from __future__ import annotations

from typing import Final

from bulletins.layout.annexes import Annex, HeadCell, Line, Table
from bulletins.layout.official import Head, Official, annex_title
from bulletins.layout.titles import width
from paper.wordml import (
    CHARACTER,
    HEI,
    KAI,
    PAGE_WIDTH,
    PITCH,
    TITLE,
    blank,
    borders,
    cell,
    exactly,
    margins,
    paragraph,
    row,
    run,
    table,
)

RED: Final = '<w:color w:val="FF0000"/>'
#: From the upper edge of the text to that of the head: 35 mm.
ABOVE_HEAD: Final = 1984
#: 0.44 mm thick, 4 mm below the number's characters.
RED_LINE: Final = '<w:pBdr><w:bottom w:val="single" w:sz="10" w:space="7" w:color="FF0000"/></w:pBdr>'
HEADINGS: Final = {1: ("Heading1", HEI), 2: ("Heading2", KAI), 3: ("Heading3", "")}
#: From the page's left edge to the text.
LEFT: Final = 1588
#: On the page of what follows: a signature shall not stand on a page of its own.
KEPT: Final = "<w:keepNext/>"
CENTRED: Final = '<w:jc w:val="center"/>'


def letter(content: Official) -> str:
    """From the head to the date and the remark."""
    pieces = [_head(content), blank(2), title(content.title), blank()]
    if content.addressees:
        pieces.append(paragraph(run(content.addressees), "Plain"))
    for line in content.body:
        kept = KEPT if line is content.body[-1] and not content.annexes else ""
        style, font = HEADINGS.get(line.level, ("", ""))
        if line.level and line.is_heading:
            pieces.append(paragraph(run(line.text), style, kept))
        else:
            head = run(line.text[: line.head], font) if line.head else ""
            pieces.append(paragraph(head + run(line.text[line.head :]), "", kept))
    if content.annexes:
        pieces += [blank(), *_annex_list(content)]
    pieces += [paragraph("", "Plain", KEPT) * 2, *_signature(content)]
    if content.remark:
        pieces.append(paragraph(run(content.remark)))
    return "".join(pieces)


def title(lines: tuple[str, ...]) -> str:
    """A title in its lines."""
    return paragraph("<w:r><w:br/></w:r>".join(run(line) for line in lines), "Title")


def annex_body(label: str, annex: Annex) -> str:
    """An attachment's label, title, tables and notes."""
    pieces = [paragraph(run(label), "Annex"), blank(), title(annex_title(annex)), exactly(PITCH // 2)]
    for number, shown in enumerate(annex.tables):
        pieces += [blank()] if number else []
        pieces.append(_table(shown))
    if annex.notes:
        pieces.append(exactly(120))
        pieces += [paragraph(run(note), "Note") for note in annex.notes]
    return "".join(pieces)


def imprint(content: Official) -> str:
    """The imprint (版记) at the foot of the last page: its last line is the lower edge of the text."""
    rows = []
    if content.copies_to:
        hanging = (
            '<w:ind w:left="1120" w:right="280" w:hanging="840" w:firstLineChars="0"/><w:jc w:val="both"/>'
        )
        copies = paragraph(run(f"抄送：{content.copies_to}"), "Imprint", hanging)
        rows.append(row([cell(copies, PAGE_WIDTH)], "<w:cantSplit/>"))
    tab = f'<w:tabs><w:tab w:val="right" w:pos="{PAGE_WIDTH - 280}"/></w:tabs>'
    tab += '<w:ind w:left="280" w:right="280" w:firstLineChars="0" w:firstLine="0"/>'
    printed = paragraph(run(f"{content.printed_by}\t{content.printed_on}"), "Imprint", tab)
    rows.append(row([cell(printed, PAGE_WIDTH)], "<w:cantSplit/>"))
    # Lines of 0.35 mm outside and 0.25 mm between. The place is given from the page's edge: LibreOffice
    # leaves a table of the text's full width where it stands otherwise.
    properties = (
        '<w:tblpPr w:leftFromText="0" w:rightFromText="0" w:topFromText="200" w:vertAnchor="margin" '
        f'w:horzAnchor="page" w:tblpX="{LEFT}" w:tblpYSpec="bottom"/><w:tblOverlap w:val="never"/>'
        f'<w:tblW w:w="{PAGE_WIDTH}" w:type="dxa"/>{borders(8, 6, 0)}<w:tblLayout w:type="fixed"/>'
        f"{margins(0)}"
    )
    return table(rows, [PAGE_WIDTH], properties)


def _head(content: Official) -> str:
    """The office's mark, the number and the red line; on printed paper and in drafts, their space."""
    size = content.head_size
    pieces = [exactly(ABOVE_HEAD)]
    if content.head is Head.UNISSUED:
        tall = round(size * 20 * len(content.head_lines))
        pieces.append(exactly(tall * 3 // 5, run(content.mark.value, HEI, 28), after=CENTRED))
        pieces.append(exactly(tall * 2 // 5, run("未签发，不得印发、引用", points=14), after=CENTRED))
    else:
        scale = f'{RED}<w:w w:val="{content.head_narrowed * 100:.0f}"/>'
        for line in content.head_lines:
            shown = run(line, TITLE, size, extra=scale) if content.head is Head.RED else ""
            pieces.append(exactly(round(size * 20), shown, after=CENTRED))
    line = RED_LINE if content.head is Head.RED else ""
    number = paragraph(run(content.reference), "Plain", f"{line}{CENTRED}")
    return "".join([*pieces, blank(2), number])


def _annex_list(content: Official) -> list[str]:
    """附件：1.…, the names aligned below each other."""
    if len(content.annexes) == 1:
        place = f'<w:ind w:left="{5 * CHARACTER}" w:hanging="{3 * CHARACTER}" w:firstLineChars="0"/>'
        return [paragraph(run(f"附件：{content.annexes[0].title}"), "Plain", KEPT + place)]
    lines = []
    for number, annex in enumerate(content.annexes, start=1):
        hanging = (4 if number == 1 else 1) * CHARACTER
        place = f'<w:ind w:left="{6 * CHARACTER}" w:hanging="{hanging}" w:firstLineChars="0"/>'
        label = "附件：" if number == 1 else ""
        lines.append(paragraph(run(f"{label}{number}.\t{annex.title}"), "Plain", KEPT + place))
    return lines


def _signature(content: Official) -> list[str]:
    """The signature centred on the date, which ends four characters from the right: room for a seal."""
    signature, day = (width(text) * CHARACTER for text in (content.signature, content.day))
    centre = min(PAGE_WIDTH - 4 * CHARACTER - day / 2, PAGE_WIDTH - 2 * CHARACTER - signature / 2)
    lines = []
    for text, wide in ((content.signature, signature), (content.day, day)):
        right = max(round(PAGE_WIDTH - centre - wide / 2), 0)
        indent = f'<w:ind w:right="{right}" w:firstLineChars="0" w:firstLine="0"/>'
        place = f'{KEPT}{indent}<w:jc w:val="right"/>'
        lines.append(paragraph(run(text), "Plain", place))
    return lines


def _table(shown: Table) -> str:
    widths = [each * 20 for each in shown.widths]
    rows = [*_head_rows(shown, widths)]
    for place, line in enumerate(shown.lines):
        below = shown.lines[place + 1].kind if place + 1 < len(shown.lines) else ""
        rows.append(_row(shown, line, widths, kept=line.kind == "block" or below == "total"))
    properties = (
        f'<w:tblW w:w="{sum(round(each) for each in widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'{borders(4, 4, 4)}<w:tblLayout w:type="fixed"/>{margins(50)}'
    )
    return table(rows, widths, properties)


def _head_rows(shown: Table, widths: list[float]) -> list[str]:
    """The rows that repeat on every page; a cell over several rows is begun in the first of them."""
    owners: dict[tuple[int, int], HeadCell] = {
        (down, across): head
        for head in shown.heads
        for down in range(head.row, head.row + head.rowspan)
        for across in range(head.at, head.at + head.colspan)
    }
    rows = []
    for down in range(shown.depth):
        cells, across = [], 0
        while across < len(widths):
            head = owners[down, across]
            first = down == head.row
            properties = f'<w:gridSpan w:val="{head.colspan}"/>' if head.colspan > 1 else ""
            if head.rowspan > 1:
                properties += '<w:vMerge w:val="restart"/>' if first else "<w:vMerge/>"
            wide = sum(widths[across : across + head.colspan])
            content = run(head.text, HEI) if first else ""
            cells.append(_cell(content, wide, properties, kept=True))
            across += head.colspan
        rows.append(row(cells, "<w:cantSplit/><w:tblHeader/>"))
    return rows


def _row(shown: Table, line: Line, widths: list[float], *, kept: bool) -> str:
    font = "" if line.kind == "row" else HEI
    if line.kind == "block":
        span = f'<w:gridSpan w:val="{len(widths)}"/>'
        return row(
            [_cell(run(line.cells[0], font), sum(widths), span, left=True, kept=kept)], "<w:cantSplit/>"
        )
    cells = (
        _cell(run(text, font), wide, left=left, kept=kept)
        for text, wide, left in zip(line.cells, widths, shown.left, strict=True)
    )
    return row(cells, "<w:cantSplit/>")


def _cell(content: str, wide: float, properties: str = "", *, left: bool = False, kept: bool = False) -> str:
    space = '<w:tcMar><w:top w:w="50" w:type="dxa"/><w:bottom w:w="50" w:type="dxa"/></w:tcMar>'
    place = (KEPT if kept else "") + ('<w:jc w:val="left"/>' if left else "")
    return cell(paragraph(content, "Cell", place), wide, f'{properties}{space}<w:vAlign w:val="center"/>')
