"""Two texts beside each other: versions of an item, or two items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from reviews.comparing.diffs import Change, Piece, changed_facts, compare
from submissions.models import Version
from submissions.reading import facts_of

#: What stayed the same is shown up to so many characters around a change.
CONTEXT = 60


@dataclass(frozen=True, slots=True)
class Comparison:
    """One version beside an earlier one; `signed` when the reader answered for the earlier one."""

    base: int
    signed: bool
    title: list[Piece]
    body: list[Piece]
    facts: list[Change]

    @property
    def nothing(self) -> bool:
        return not (self.facts or self.changed(self.title) or self.changed(self.body))

    @staticmethod
    def changed(pieces: list[Piece]) -> bool:
        return any(piece.kind != "same" for piece in pieces)

    @property
    def shown_title(self) -> list[Piece]:
        return self.title if self.changed(self.title) else []

    @property
    def shown_body(self) -> list[Piece]:
        return around_changes(self.body) if self.changed(self.body) else []


def between(old: Version, new: Version, *, signed: bool = False) -> Comparison:
    """What `new` changed against `old`: title and body by characters, the rest fact by fact."""
    return Comparison(
        base=old.number,
        signed=signed,
        title=compare(old.content["title"], new.content["title"]),
        body=compare(old.content["body"], new.content["body"]),
        facts=changed_facts(_facts(old, new), _facts(new, old)),
    )


def _facts(version: Version, other: Version) -> dict[str, str]:
    """Label → value of a version's facts and files; a file whose content differs in `other` is marked."""
    files = dict(other.content["attachments"])
    names = [
        name
        if files.get(name, sha256) == sha256
        else _("%(name)s (version %(number)s)") % {"name": name, "number": version.number}
        for name, sha256 in version.content["attachments"]
    ]
    return dict(facts_of(version.content)) | {_("Attachments"): "、".join(names) or "—"}


def around_changes(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with long unchanged stretches cut to what stands next to a change."""
    shown = []
    for position, (kind, text) in enumerate(pieces):
        first, last = position == 0, position == len(pieces) - 1
        skipped = len(text) - 2 * CONTEXT
        if kind != "same" or skipped < CONTEXT:
            shown.append(Piece(kind, text))
            continue
        head, tail = "" if first else text[:CONTEXT], "" if last else text[-CONTEXT:]
        note = _("(%(count)s characters unchanged)") % {"count": len(text) - len(head) - len(tail)}
        shown.append(Piece(kind, f"{head}……{note}……{tail}"))
    return shown


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Two items beside each other; `left` and `right` hold what stayed and what each has alone."""

    left: list[Piece]
    right: list[Piece]


def side_by_side(one: str, other: str) -> SideBySide:
    """The bodies of two items: what only one of them says is marked on its side."""
    pieces = compare(one, other)
    return SideBySide(
        [piece for piece in pieces if piece.kind != "ins"], [piece for piece in pieces if piece.kind != "del"]
    )
