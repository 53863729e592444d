"""Web pages, and pages that were saved as one file (mht), as lines of words."""

from __future__ import annotations

import email
import email.policy
from html.parser import HTMLParser
from typing import Final

from submissions.embedded.texts import decoded

#: Elements within a line; all others end one.
_INLINE: Final = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "em", "font", "i", "ins", "kbd", "label", "mark"}
    | {"nobr", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var", "wbr"}
    | {"img", "ruby", "rb", "o:p", "st1:personname"}
)
#: Elements whose words stand within a line and are none of it: readings, what is struck out or not shown.
_ASIDE: Final = frozenset({"rt", "rp", "del", "script", "style", "template"})
_SHOWN: Final = frozenset(
    {"alt", "title", "value", "placeholder", "content", "label", "summary", "aria-label", "string"}
)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.line: list[str] = []
        self.aside: list[str] = []
        self.within: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        self.lines += [value for name, value in attrs if name in _SHOWN and value]
        hidden = "display:none" in (said.get("style") or "").replace(" ", "").lower()
        if tag in _ASIDE or (hidden and tag != "img"):
            self.within.append(tag)
        elif tag not in _INLINE:
            self.end_line()

    def handle_endtag(self, tag: str) -> None:
        if tag in self.within:
            while self.within.pop() != tag:
                pass
        elif tag not in _INLINE:
            self.end_line()

    def handle_data(self, data: str) -> None:
        (self.aside if self.within else self.line).append(data)

    def end_line(self) -> None:
        self.lines += [
            " ".join(words.split()) for part in (self.line, self.aside) if (words := "".join(part))
        ]
        self.line, self.aside = [], []


def page_lines(content: bytes) -> list[str]:
    """The words of a web page, with what its pictures and fields say; what is not shown stands apart."""
    reader = _Reader()
    reader.feed(decoded(content))
    reader.close()
    reader.end_line()
    return [line for line in reader.lines if line.strip()]


def saved_lines(content: bytes) -> list[str]:
    """The words of a page saved as one file of the MIME kind (mht, eml)."""
    return [line for page in saved_pages(content) for line in page_lines(page)]


def saved_pages(content: bytes) -> list[bytes]:
    """The pages within a file of the MIME kind (mht, eml)."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    parts = [part for part in message.walk() if part.get_content_maintype() == "text"]
    return [packed for part in parts if isinstance(packed := part.get_payload(decode=True), bytes)]
