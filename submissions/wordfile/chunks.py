"""Text that Word keeps in another format beside the document (altChunk), as the document's own paragraphs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from submissions.embedded.pages import saved_pages
from submissions.embedded.rtf import rtf_lines
from submissions.embedded.texts import decoded
from submissions.markup import clean, from_words
from submissions.markup.tree import lines_of, render, tree_of
from submissions.wordfile.blocks import Paragraph, Table

_LEVELS: Final = {"h2": 0, "h3": 1}


def blocks_of(name: str, content: bytes) -> Iterator[Paragraph | Table] | None:
    """The blocks of a page, a saved page, an RTF or a plain text; None for anything else."""
    start = content[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    ending = name.rpartition(".")[2].lower()
    if start.startswith(b"{\\rtf"):
        return _from_html(from_words("\n".join(rtf_lines(content))))
    if ending in {"mht", "mhtml", "eml"} or start.startswith((b"mime-version:", b"from:")):
        return _from_html("".join(clean(decoded(page)) for page in saved_pages(content)))
    if ending in {"htm", "html", "xhtml"} or start.startswith((b"<!doctype", b"<html")):
        return _from_html(clean(decoded(content)))
    if ending == "txt":
        return _from_html(from_words(decoded(content)))
    return None


def _from_html(html: str) -> Iterator[Paragraph | Table]:
    for node in tree_of(html):
        shown = render(node)
        if node.tag in {"p", *_LEVELS}:
            inner = shown.removeprefix(f"<{node.tag}>").removesuffix(f"</{node.tag}>")
            yield Paragraph(html=inner, plain="\n".join(lines_of(node)), outline=_LEVELS.get(node.tag))
        else:
            yield Table(shown)
