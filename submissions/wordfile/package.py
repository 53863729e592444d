"""The parts of a .docx file as trees of XML, read within limits of size and depth.

Names lose their namespace: WPS, Word and the strict variant of the format write the same elements in others.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from typing import IO, Final
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser

DOCUMENT: Final = "word/document.xml"
#: Unpacked bytes and elements of one part, many times what an item has; the tree of such a part takes about
#: 100 MB of memory and some seconds.
MOST_XML: Final = 12 * 1024 * 1024
MOST_ELEMENTS: Final = 150_000
MOST_MEDIA: Final = 60 * 1024 * 1024
DEEPEST: Final = 250


class UnreadableWord(Exception):
    """The file is damaged, hostile or too large."""


class _Builder(TreeBuilder):
    """Builds a tree of bare names, within limits of depth and size, from XML without a DOCTYPE."""

    depth = 0
    elements = 0

    def start(self, tag: str, attrs: dict[str, str]) -> Element:
        self.depth += 1
        self.elements += 1
        if self.depth > DEEPEST or self.elements > MOST_ELEMENTS:
            raise UnreadableWord
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
        self._targets = self._relations()

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
        return root

    def media(self, relation: str) -> tuple[str, bytes] | None:
        """(name, content) of an embedded file the document refers to; None for a link that leads outside."""
        target = self._targets.get(relation)
        content = self._read(target, MOST_MEDIA) if target else None
        return (posixpath.basename(target), content) if target and content else None

    def _relations(self) -> dict[str, str]:
        root = self.part("word/_rels/document.xml.rels")
        targets = {}
        for relation in root if root is not None else ():
            target = relation.get("Target", "")
            if relation.get("TargetMode") != "External":
                path = target.lstrip("/") if target.startswith("/") else posixpath.join("word", target)
                targets[relation.get("Id", "")] = posixpath.normpath(path)
        return targets

    def _read(self, name: str, most: int) -> bytes | None:
        try:
            member = self._archive.getinfo(name)
            if member.file_size > most:
                raise UnreadableWord
            with self._archive.open(member) as packed:
                content = packed.read(most + 1)
        except KeyError:
            return None
        except (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, RuntimeError) as error:
            raise UnreadableWord from error
        if len(content) > most:
            raise UnreadableWord
        return content
