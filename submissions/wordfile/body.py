"""The paragraphs and tables of a Word document as HTML, tracked changes accepted.

An element that is not known is read for what is in it. Words that are taken nowhere are in `left_out`.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from html import escape
from typing import Final
from xml.etree.ElementTree import Element

from submissions.embedded.signs import sign, spelt
from submissions.wordfile.blocks import Missed, Paragraph, Runs, Table
from submissions.wordfile.chunks import blocks_of
from submissions.wordfile.form_fields import shown_value
from submissions.wordfile.grid import columns, inside, merged, outermost, rows_below
from submissions.wordfile.leftover import NOT_SHOWN, left_words
from submissions.wordfile.numbering import BULLET, Numbering
from submissions.wordfile.package import UnreadableWord, WordPackage
from submissions.wordfile.styles import Styles, on, properties

_FURTHER_PARTS: Final = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}
_DRAWN: Final = frozenset({"drawing", "pict", "object"})
_CHANGES: Final = frozenset({"ins", "moveTo", "del", "moveFrom"})
#: What holds paragraphs; any other element beside paragraphs holds what is within one.
_OF_BLOCKS: Final = ("p", "tbl", "altChunk")
#: Files within files that are read.
_DEEPEST: Final = 3


class BodyReader:
    """Reads the document once; afterwards `pictures`, `missed` and `left_out` tell what else was in it."""

    def __init__(self, package: WordPackage, depth: int = 1) -> None:
        self.package = package
        self.styles = Styles(package)
        self.numbering = Numbering(package)
        self.missed: set[Missed] = set()
        #: Relation of each picture shown, in their order.
        self.pictures: dict[str, None] = {}
        #: Words and names of parts that were not taken.
        self.left_out: list[str] = []
        self._depth = depth
        self._taken: set[int] = set()
        self._notes: list[tuple[str, str]] = []
        self._note_parts = {kind: package.one(kind) for kind in _FURTHER_PARTS.values()}

    def blocks(self) -> list[Paragraph | Table]:
        root = self.package.part(self.package.document)
        if root is None or (body := root.find("body")) is None:
            raise UnreadableWord
        found = list(self._blocks(body))
        for number, (kind, key) in enumerate(self._notes, start=1):
            found += self._note(number, kind, key)
        self.left_out += left_words(root, self._taken)
        self._tell_of_margins()
        return found

    def _tell_of_margins(self) -> None:
        for kind in ("header", "footer"):
            lines = [line for part in self.package.related(kind) for line in left_words(part, ())]
            if any(len(line.strip("0123456789—-－– 第页共/")) > 1 for line in lines):
                self.missed.add(Missed.HEADERS)
        comments = self.package.one("comments")
        if comments is not None and left_words(comments, ()):
            self.missed.add(Missed.COMMENTS)

    def _blocks(self, parent: Element) -> Iterator[Paragraph | Table]:
        carried: Runs | None = None
        for node in parent:
            if node.tag == "p":
                words = carried or Runs()
                self._inline(node, node, words)
                # A paragraph whose end was deleted goes on in the next one.
                carried = words if properties(node).find("rPr/del") is not None else None
                if carried is None:
                    yield self._paragraph(node, words)
                    yield from words.boxes
            elif node.tag == "tbl":
                yield from self._table(node)
            elif node.tag in {"altChunk", "subDoc"}:
                yield from self._chunk(node)
            elif node.tag in NOT_SHOWN:
                self._tell_of_changes(node)
            elif any(True for tag in _OF_BLOCKS for _ in node.iter(tag)):
                self._tell_of_changes(node)
                yield from self._blocks(node)
            elif len(node):
                words = Runs()
                self._inline([node], Element("p"), words)
                if words.plain or words.boxes:
                    yield self._paragraph(Element("p"), words)
                    yield from words.boxes
        if carried is not None:
            yield self._paragraph(Element("p"), carried)
            yield from carried.boxes

    def _tell_of_changes(self, node: Element) -> None:
        if node.tag in _CHANGES:
            self.missed.add(Missed.TRACKED)

    def _chunk(self, node: Element) -> Iterator[Paragraph | Table]:
        """A part of the text that is kept in a file of its own."""
        relation = node.get("id", "")
        found = self.package.content(relation)
        if found is not None and found[1].startswith(b"PK\x03\x04") and self._depth < _DEEPEST:
            yield from self._document(*found)
            return
        blocks = blocks_of(*found) if found else None
        if blocks is None:
            self.missed.add(Missed.PART)
            known = self.package.relations.get(relation)
            self.left_out.append(known.target if known else relation)
            return
        self.missed.add(Missed.CHUNK)
        yield from blocks

    def _document(self, name: str, content: bytes) -> Iterator[Paragraph | Table]:
        try:
            reader = BodyReader(WordPackage(io.BytesIO(content)), self._depth + 1)
            blocks = reader.blocks()
        except UnreadableWord:
            self.missed.add(Missed.PART)
            self.left_out.append(name)
            return
        self.missed |= reader.missed | {Missed.CHUNK}
        self.left_out += reader.left_out
        if reader.pictures:
            self.missed.add(Missed.PART)
            self.left_out.append(name)
        yield from blocks

    def _paragraph(self, node: Element, words: Runs) -> Paragraph:
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

    def _inline(self, parent: Iterable[Element], paragraph: Element, words: Runs) -> None:
        for node in parent:
            self._tell_of_changes(node)
            match node.tag:
                case "r":
                    self._run(node, paragraph, words)
                case tag if tag in NOT_SHOWN:
                    pass
                case "oMath" | "oMathPara":
                    words.add("".join(self._all_words(node)))
                    self.missed.add(Missed.FORMULA)
                case "commentRangeStart":
                    self.missed.add(Missed.COMMENTS)
                case "subDoc":
                    words.boxes += self._chunk(node)
                case "rt":
                    if any(text.strip() for text in self._all_words(node)):
                        self.missed.add(Missed.READINGS)
                case _:
                    self._inline(node, paragraph, words)

    def _all_words(self, node: Element) -> list[str]:
        """The words of everything below, taken as they come."""
        parts = list(node.iter("t"))
        self._taken |= {id(part) for part in parts}
        return [part.text or "" for part in parts]

    def _run(self, run: Element, paragraph: Element, words: Runs) -> None:
        if self.styles.has("vanish", paragraph, run):
            self._taken |= {id(node) for node in run.iter()}
            return
        bold = self.styles.has("b", paragraph, run)
        marks = self._marks(run, paragraph, bold)
        for node in run:
            text = self._text(node)
            if text:
                words.add(text, marks)
                if text.strip():
                    words.sizes.append(self.styles.size(paragraph, run))
                    words.bold.append(bold)
            elif node.tag in _FURTHER_PARTS:
                self._notes.append((_FURTHER_PARTS[node.tag], node.get("id", "")))
                words.add(f"[{len(self._notes)}]", ["sup"])
            elif node.tag == "commentReference":
                self.missed.add(Missed.COMMENTS)
            elif node.tag in _DRAWN:
                self._drawn(node, words)
            elif node.tag not in NOT_SHOWN and len(node):
                self._inline([node], paragraph, words)

    def _text(self, node: Element) -> str:
        """What an element of a run says; empty for one that holds others, or nothing."""
        self._taken.add(id(node))
        match node.tag:
            case "t":
                return spelt(node.text or "")
            case "sym" | "symEx":
                text = sign(node.get("char", ""))
                if not text:
                    self.missed.add(Missed.SIGN)
                return text
            case "fldChar":
                return shown_value(node)
            case "tab" | "ptab":
                return " "
            case "noBreakHyphen":
                return "-"
            case "cr":
                return "\n"
            case "br":
                return "\n" if node.get("type", "textWrapping") == "textWrapping" else ""
        self._taken.discard(id(node))
        return ""

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

    def _drawn(self, node: Element, words: Runs) -> None:
        """Pictures, text boxes and other things drawn."""
        if node.tag == "object" or any(True for name in ("chart", "relIds") for _ in node.iter(name)):
            self.missed.add(Missed.OBJECT)
        boxes = list(outermost(node, "txbxContent"))
        words.boxes += [block for box in boxes for block in self._blocks(box)]
        lines = ["".join(self._all_words(line)) for body in outermost(node, "txBody") for line in body]
        art = list(node.iter("textpath"))
        self._taken |= {id(each) for each in art}
        lines += [each.get("string", "") for each in art]
        for line in (spelt(line) for line in lines if line.strip()):
            words.boxes.append(Paragraph(html=escape(line, quote=False), plain=line))
        if boxes or any(lines):
            self.missed.add(Missed.TEXT_BOX)
        if node.tag == "object":
            return
        shown = [
            *(blip.get("embed") or blip.get("link") or "" for blip in node.iter("blip")),
            *(part.get("id", "") for part in node.iter("imagedata")),
        ]
        self.pictures |= dict.fromkeys(filter(None, shown))

    def _note(self, number: int, kind: str, key: str) -> list[Paragraph | Table]:
        root = self._note_parts[kind]
        note = next((note for note in root if note.get("id") == key), None) if root is not None else None
        if note is None:
            return []
        words = Runs()
        words.add(f"[{number}] ")
        for paragraph in note.iter("p"):
            self._inline(paragraph, paragraph, words)
        self.left_out += left_words(note, self._taken)
        return [Paragraph(html="".join(words.html), plain="".join(words.plain)), *words.boxes]

    def _table(self, table: Element) -> Iterator[Paragraph | Table]:
        rows = [row for row in inside(table, "tr") if row.find("trPr/del") is None]
        cells = [list(inside(row, "tc")) for row in rows]
        if len(cells) == 1 and len(cells[0]) == 1:  # a frame around text
            yield from self._blocks(cells[0][0])
            return
        grid = [columns(row) for row in cells]
        html = []
        for at, row in enumerate(cells):
            head = rows[at].find("trPr/tblHeader")
            tag = "th" if head is not None and on(head.get("val"), "1") else "td"
            for (column, span), cell in zip(grid[at], row, strict=True):
                if merged(cell) == "continue":
                    continue
                down = rows_below(cells, grid, at, column) if merged(cell) == "restart" else 1
                inner = "".join(_cell_html(block) for block in self._blocks(cell))
                html.append(f'<{tag} colspan="{span}" rowspan="{down}">{inner}</{tag}>')
            html.append("</tr><tr>")
        yield Table(f"<table><tr>{''.join(html)}</tr></table>")


def _cell_html(block: Paragraph | Table) -> str:
    return block.html if isinstance(block, Table) else f"<p>{block.html}</p>"
