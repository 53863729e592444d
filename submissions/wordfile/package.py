"""The parts of a .docx file as trees of XML, read within limits of size and depth.

Names lose their namespace: WPS, Word and the strict variant of the format write the same elements in others.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from typing import IO, Final
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser

#: Where the document is when the file does not say where.
USUAL: Final = "word/document.xml"
#: Extensions of the format that are understood; of two ways to say a thing the first such is read.
_UNDERSTOOD: Final = frozenset(
    {
        "wps",
        "wpg",
        "wpc",
        "wpi",
        "w14",
        "w15",
        "w16",
        "w16se",
        "w16cid",
        "w16cex",
        "w16sdtdh",
        "w16du",
        "wp14",
    }
    | {
        "a14",
        "a16",
        "c14",
        "c15",
        "c16",
        "cx",
        "cx1",
        "cx2",
        "cx4",
        "am3d",
        "aink",
        "m",
        "v",
        "o",
        "dgm",
        "pic",
    }
)
#: Unpacked bytes and elements of one part, many times what an item has; the tree of such a part takes about
#: 100 MB of memory and some seconds.
MOST_XML: Final = 12 * 1024 * 1024
MOST_ELEMENTS: Final = 150_000
MOST_MEDIA: Final = 60 * 1024 * 1024
DEEPEST: Final = 250


class UnreadableWord(Exception):
    """The file is damaged, hostile or too large."""


class TooLarge(UnreadableWord):
    """The file says more than an item can."""


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part of the file refers to: the kind of it, and where it is, unless it is outside."""

    kind: str
    target: str
    is_outside: bool


class _Builder(TreeBuilder):
    """Builds a tree of bare names, within limits of depth and size, from XML without a DOCTYPE."""

    depth = 0
    elements = 0

    def start(self, tag: str, attrs: dict[str, str]) -> Element:
        self.depth += 1
        self.elements += 1
        if self.depth > DEEPEST or self.elements > MOST_ELEMENTS:
            raise TooLarge
        return super().start(bare(tag), {bare(name): value for name, value in attrs.items()})

    def end(self, tag: str) -> Element:
        self.depth -= 1
        return super().end(bare(tag))

    def doctype(
        self, *_declared: object
    ) -> None:  # no office program writes one; entities are declared in it
        raise UnreadableWord


def bare(name: str) -> str:
    return name.rpartition("}")[2]


class WordPackage:
    """An open .docx file. Raises UnreadableWord, also when it is opened."""

    def __init__(self, file: IO[bytes]) -> None:
        file.seek(0)
        try:
            self._archive = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise UnreadableWord from error
        start = (one.target for one in self._relations("").values() if one.kind == "officeDocument")
        self.document = next(start, USUAL)
        self.relations = self._relations(self.document)

    def part(self, name: str) -> Element | None:
        """The root of a part; None when the file has none of this name."""
        packed = self._read(name, MOST_XML)
        if packed is None:
            return None
        # Without a DOCTYPE, which _Builder refuses, there are no entities that could grow.
        parser = XMLParser(target=_Builder())  # noqa: S314 the target refuses a DOCTYPE
        try:
            parser.feed(packed)
            root: Element = parser.close()
        except (ParseError, ValueError, LookupError) as error:
            raise UnreadableWord from error
        _settle(root)
        return root

    def related(self, kind: str) -> list[Element]:
        """The parts of a kind that the document refers to: styles, header."""
        names = [one.target for one in self.relations.values() if one.kind == kind and not one.is_outside]
        return [root for name in names if (root := self.part(name)) is not None]

    def one(self, kind: str) -> Element | None:
        """The part of a kind of which there is one, by its usual name when nothing refers to it."""
        found = self.related(kind)
        return found[0] if found else self.part(f"word/{kind}.xml")

    def content(self, relation: str) -> tuple[str, bytes] | None:
        """(name, content) of a file the document refers to; None for a link that leads outside."""
        found = self.relations.get(relation)
        content = self._read(found.target, MOST_MEDIA) if found and not found.is_outside else None
        return (posixpath.basename(found.target), content) if found and content else None

    def _relations(self, name: str) -> dict[str, Relation]:
        folder, _slash, base = name.rpartition("/")
        root = self.part(posixpath.join(folder, "_rels", f"{base}.rels"))
        found = {}
        for node in root if root is not None else ():
            target = node.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            outside = node.get("TargetMode") == "External"
            kind = node.get("Type", "").rpartition("/")[2]
            found[node.get("Id", "")] = Relation(kind, posixpath.normpath(path), outside)
        return found

    def _read(self, name: str, most: int) -> bytes | None:
        try:
            member = self._archive.getinfo(name)
            if member.file_size > most:
                raise TooLarge
            with self._archive.open(member) as packed:
                content = packed.read(most + 1)
        except KeyError:
            return None
        except (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, RuntimeError) as error:
            raise UnreadableWord from error
        if len(content) > most:
            raise TooLarge
        return content


def _settle(parent: Element) -> None:
    """Of what is said in two ways, for newer programs and for older, leave the one that Word shows."""
    for child in parent:
        _settle(child)
    if any(child.tag == "AlternateContent" for child in parent):
        parent[:] = [
            inner
            for child in parent
            for inner in (_chosen(child) if child.tag == "AlternateContent" else [child])
        ]


def _chosen(node: Element) -> list[Element]:
    ways = [way for way in node if way.tag in {"Choice", "Fallback"}]
    known = (
        way for way in ways if way.tag == "Fallback" or set(way.get("Requires", "").split()) <= _UNDERSTOOD
    )
    return list(next(known, ways[0])) if ways else []
