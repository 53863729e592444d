"""The paragraphs and tables of a Word document as HTML, tracked changes accepted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from html import escape
from typing import Final
from xml.etree.ElementTree import Element

from submissions.wordfile.numbering import BULLET, Numbering
from submissions.wordfile.package import DOCUMENT, UnreadableWord, WordPackage
from submissions.wordfile.styles import Styles, on, properties

#: Elements that only hold others, as far as their words go.
_TRANSPARENT: Final = frozenset(
    {"ins", "moveTo", "hyperlink", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "dir", "bdo"}
    | {"ruby", "rubyBase"}
)
_FURTHER_PARTS: Final = {"footnoteReference": "footnote", "endnoteReference": "endnote"}


class Missed(Enum):
    """What of a document is not taken over, or not as it was."""

    PICTURE = auto()
    OBJECT = auto()
    FORMULA = auto()
    COMMENTS = auto()
    TRACKED = auto()
    TEXT_BOX = auto()


@dataclass(slots=True)
class Paragraph:
    """A paragraph: its words as HTML and plain, and what its looks say it is."""

    html: str = ""
    plain: str = ""
    is_title: bool = False
    outline: int | None = None
    is_centred: bool = False
    #: Of its largest characters, in half points.
    size: int = 0
    is_bold: bool = False
    is_bullet: bool = False


@dataclass(slots=True)
class Table:
    html: str


@dataclass(slots=True)
class _Words:
    """The runs of a paragraph as they are read."""

    html: list[str] = field(default_factory=list)
    plain: list[str] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    bold: list[bool] = field(default_factory=list)
    boxes: list[Paragraph | Table] = field(default_factory=list)

    def add(self, text: str, marks: Iterable[str] = ()) -> None:
        opened, closed = "", ""
        for mark in marks:
            opened, closed = f"{opened}<{mark}>", f"</{mark}>{closed}"
        self.html.append(opened + escape(text, quote=False).replace("\n", "<br>") + closed)
        self.plain.append(text)


class BodyReader:
    """Reads the document once; afterwards `pictures` and `missed` tell what else was in it."""

    def __init__(self, package: WordPackage) -> None:
        self.package = package
        self.styles = Styles(package)
        self.numbering = Numbering(package)
        self.missed: set[Missed] = set()
        #: Relation of each picture shown, in their order.
        self.pictures: dict[str, None] = {}
        self._notes: list[tuple[str, str]] = []

    def blocks(self) -> list[Paragraph | Table]:
        root = self.package.part(DOCUMENT)
        body = root.find("body") if root is not None else None
        if body is None:
            raise UnreadableWord
        found = list(self._blocks(body))
        for number, (kind, key) in enumerate(self._notes, start=1):
            found += self._note(number, kind, key)
        return found

    def _blocks(self, parent: Element) -> Iterator[Paragraph | Table]:
        carried: _Words | None = None
        for node in parent:
            if node.tag == "p":
                words = carried or _Words()
                self._inline(node, node, words)
                # A paragraph whose end was deleted goes on in the next one.
                carried = words if properties(node).find("rPr/del") is not None else None
                if carried is None:
                    yield self._paragraph(node, words)
                    yield from words.boxes
            elif node.tag == "tbl":
                yield from self._table(node)
            elif node.tag in _TRANSPARENT:
                yield from self._blocks(node)
            elif node.tag in {"del", "moveFrom"}:
                self.missed.add(Missed.TRACKED)
        if carried is not None:
            yield self._paragraph(Element("p"), carried)

    def _paragraph(self, node: Element, words: _Words) -> Paragraph:
        numbered = self.styles.numbering(node) if "".join(words.plain).strip() else None
        number = self.numbering.next(*numbered) if numbered else ""
        before = "" if number == BULLET else number
        html, plain = "".join(words.html), "".join(words.plain).strip(" \n\u3000\xa0")
        return Paragraph(
            html=escape(before, quote=False) + html,
            plain=before + plain,
            is_title=self.styles.is_title(node),
            outline=self.styles.outline(node),
            is_centred=self.styles.is_centred(node),
            size=max(words.sizes, default=0),
            is_bold=bool(words.bold) and all(words.bold),
            is_bullet=number == BULLET,
        )

    def _inline(self, parent: Element, paragraph: Element, words: _Words) -> None:
        for node in parent:
            match node.tag:
                case "r":
                    self._run(node, paragraph, words)
                case "del" | "moveFrom":
                    self.missed.add(Missed.TRACKED)
                case "oMath" | "oMathPara":
                    words.add("".join(part.text or "" for part in node.iter("t")))
                    self.missed.add(Missed.FORMULA)
                case "commentRangeStart":
                    self.missed.add(Missed.COMMENTS)
                case tag if tag in _TRANSPARENT:
                    if tag in {"ins", "moveTo"}:
                        self.missed.add(Missed.TRACKED)
                    self._inline(node, paragraph, words)

    def _run(self, run: Element, paragraph: Element, words: _Words) -> None:
        if self.styles.has("vanish", paragraph, run):
            return
        bold = self.styles.has("b", paragraph, run)
        marks = self._marks(run, paragraph, bold)
        for node in run:
            text = _text(node)
            if text:
                words.add(text, marks)
                if text.strip():
                    words.sizes.append(self.styles.size(paragraph, run))
                    words.bold.append(bold)
            elif node.tag in _FURTHER_PARTS:
                self._notes.append((_FURTHER_PARTS[node.tag], node.get("id", "")))
                words.add(f"[{len(self._notes)}]", ["sup"])
            elif node.tag == "ruby":
                self._inline(node, paragraph, words)
            elif node.tag in {"drawing", "pict", "object", "AlternateContent"}:
                self._drawn(node, words)

    def _marks(self, run: Element, paragraph: Element, bold: bool) -> list[str]:
        marks = ["strong"] if bold else []
        if self.styles.has("i", paragraph, run):
            marks.append("em")
        line = properties(run).find("u")
        if line is not None and on(line.get("val"), "single"):
            marks.append("u")
        height = properties(run).find("vertAlign")
        raised = height.get("val") if height is not None else ""
        return marks + {"superscript": ["sup"], "subscript": ["sub"]}.get(raised or "", [])

    def _drawn(self, node: Element, words: _Words) -> None:
        """Pictures, text boxes and other things drawn; of what is drawn in two ways only the first."""
        if node.tag == "AlternateContent":
            choices = [choice for choice in node if choice.tag in {"Choice", "Fallback"}]
            for choice in choices[:1]:
                for inner in choice:
                    self._drawn(inner, words)
            return
        if node.tag == "object" or any(True for name in ("chart", "relIds") for _ in node.iter(name)):
            self.missed.add(Missed.OBJECT)
            return
        boxed = next(node.iter("txbxContent"), None)
        if boxed is not None:
            self.missed.add(Missed.TEXT_BOX)
            words.boxes += [block for box in _outermost(node, "txbxContent") for block in self._blocks(box)]
            return
        shown = [
            *(blip.get("embed", "") for blip in node.iter("blip")),
            *(part.get("id", "") for part in node.iter("imagedata")),
        ]
        self.pictures |= dict.fromkeys(shown)

    def _note(self, number: int, kind: str, key: str) -> list[Paragraph | Table]:
        root = self.package.part(f"word/{kind}s.xml")
        note = next((note for note in root if note.get("id") == key), None) if root is not None else None
        if note is None:
            return []
        words = _Words()
        words.add(f"[{number}] ")
        for paragraph in note.iter("p"):
            self._inline(paragraph, paragraph, words)
        return [Paragraph(html="".join(words.html), plain="".join(words.plain))]

    def _table(self, table: Element) -> Iterator[Paragraph | Table]:
        rows = [row for row in _inside(table, "tr") if row.find("trPr/del") is None]
        cells = [list(_inside(row, "tc")) for row in rows]
        if len(cells) == 1 and len(cells[0]) == 1:  # a frame around text
            yield from self._blocks(cells[0][0])
            return
        grid = [_columns(row) for row in cells]
        html = []
        for at, row in enumerate(cells):
            head = rows[at].find("trPr/tblHeader")
            tag = "th" if head is not None and on(head.get("val"), "1") else "td"
            for (column, span), cell in zip(grid[at], row, strict=True):
                if _merged(cell) == "continue":
                    continue
                down = _rows_below(cells, grid, at, column) if _merged(cell) == "restart" else 1
                inner = "".join(_cell_html(block) for block in self._blocks(cell))
                html.append(f'<{tag} colspan="{span}" rowspan="{down}">{inner}</{tag}>')
            html.append("</tr><tr>")
        yield Table(f"<table><tr>{''.join(html)}</tr></table>")


def _text(node: Element) -> str:
    match node.tag:
        case "t":
            return node.text or ""
        case "tab":
            return " "
        case "noBreakHyphen":
            return "-"
        case "cr":
            return "\n"
        case "br":
            return "\n" if node.get("type", "textWrapping") == "textWrapping" else ""
    return ""


def _cell_html(block: Paragraph | Table) -> str:
    return block.html if isinstance(block, Table) else f"<p>{block.html}</p>"


def _inside(parent: Element, tag: str) -> Iterator[Element]:
    """Children of a name, also of elements that only hold others."""
    for node in parent:
        if node.tag == tag:
            yield node
        elif node.tag in _TRANSPARENT:
            yield from _inside(node, tag)


def _outermost(parent: Element, tag: str) -> Iterator[Element]:
    for node in parent:
        if node.tag == tag:
            yield node
        elif node.tag != "Fallback":
            yield from _outermost(node, tag)


def _columns(row: list[Element]) -> list[tuple[int, int]]:
    """(first column, columns covered) of each cell."""
    places, column = [], 0
    for cell in row:
        span = cell.find("tcPr/gridSpan")
        text = span.get("val", "1") if span is not None else "1"
        wide = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 1
        places.append((column, max(wide, 1)))
        column += max(wide, 1)
    return places


def _merged(cell: Element) -> str:
    found = cell.find("tcPr/vMerge")
    return "" if found is None else found.get("val", "continue")


def _rows_below(cells: list[list[Element]], grid: list[list[tuple[int, int]]], at: int, column: int) -> int:
    """How many rows a cell covers that begins in row `at`."""
    covered = 1
    for row, places in zip(cells[at + 1 :], grid[at + 1 :], strict=True):
        below = next((cell for cell, (start, _) in zip(row, places, strict=True) if start == column), None)
        if below is None or _merged(below) != "continue":
            break
        covered += 1
    return covered
