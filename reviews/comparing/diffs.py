"""What changed between two texts: paragraphs first, then the characters of the changed ones.

Pure: text in, pieces out. The same two texts always give the same pieces; joining those that are not
insertions gives the old text, joining those that are not deletions the new one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Literal, NamedTuple

Kind = Literal["same", "del", "ins"]

#: Above this many comparisons a changed passage is shown as taken out and put in as a whole.
LIMIT = 400_000_000
PARAGRAPH = re.compile(r"[^\n]*\n|[^\n]+")
#: What is compared as one: a number, a Latin word, or a character with the marks and joiners that belong
#: to it (accents, Mongolian variation selectors, joined emoji).
MARKS = (
    r"[\u0300-\u036f\u180b-\u180f\u200d\u20d0-\u20ff\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0100-\U000e01ef]"
)
UNIT = re.compile(rf"\d+(?:\.\d+)?|[A-Za-z]+|.{MARKS}*(?:(?<=\u200d).{MARKS}*)*", re.DOTALL)


class Piece(NamedTuple):
    """A stretch of text that stayed, was taken out or was put in."""

    kind: Kind
    text: str


class Change(NamedTuple):
    """One fact of an item before and after."""

    label: str
    old: str
    new: str


def compare(old: str, new: str) -> list[Piece]:
    """The way from `old` to `new`. Line ends are compared as line feeds."""
    old, new = (text.replace("\r\n", "\n").replace("\r", "\n") for text in (old, new))
    pieces: list[Piece] = []
    for kind, taken, put in _passages(PARAGRAPH.findall(old), PARAGRAPH.findall(new)):
        if kind == "same":
            pieces.append(Piece("same", taken))
            continue
        for before, after in _pairs(PARAGRAPH.findall(taken), PARAGRAPH.findall(put)):
            pieces.extend(_characters(before, after))
    return list(_merged(pieces))


def changed_facts(old: Mapping[str, str], new: Mapping[str, str]) -> list[Change]:
    """Facts (label → value) that differ, in the order of the new ones; "" where one side has none."""
    labels = [*new, *(label for label in old if label not in new)]
    changes = [Change(label, old.get(label, ""), new.get(label, "")) for label in labels]
    return [change for change in changes if change.old != change.new]


def _pairs(old: list[str], new: list[str]) -> list[tuple[str, str]]:
    """Changed paragraphs beside what became of them, "" where one was added or taken out.

    Which belong together is `_alike`'s to say; they stay in order, and as much as possible is kept.
    """
    if len(old) * len(new) > 1_000:
        return [("".join(old), "".join(new))]
    kept = [[_alike(before, after) for after in new] for before in old]
    best = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            together = kept[i][j] + best[i + 1][j + 1] if kept[i][j] else 0
            best[i][j] = max(together, best[i + 1][j], best[i][j + 1])
    pairs, i, j = [], 0, 0
    while i < len(old) and j < len(new):
        if kept[i][j] and best[i][j] == kept[i][j] + best[i + 1][j + 1]:
            pairs.append((old[i], new[j]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            pairs.append((old[i], ""))
            i += 1
        else:
            pairs.append(("", new[j]))
            j += 1
    return pairs + [(before, "") for before in old[i:]] + [("", after) for after in new[j:]]


def _alike(old: str, new: str) -> int:
    """How many characters two paragraphs have in common; 0 when that is less than half of both together
    and less than nine tenths of the shorter one."""
    if len(old) * len(new) > LIMIT:
        return min(len(old), len(new))
    common = len(old) - _rows(old, new)[-1].bit_count()
    enough = 4 * common >= len(old) + len(new) or 10 * common >= 9 * min(len(old), len(new))
    return common if enough else 0


def _characters(old: str, new: str) -> list[Piece]:
    """The way from one changed passage to the other, character by character."""
    return _readable(list(_passages(UNIT.findall(old), UNIT.findall(new))))


def _passages(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Alternating ("same", text, text) and ("changed", taken out, put in)."""
    ops = _operations(old, new)
    for same, group in groupby(ops, key=lambda op: op[0] == "same"):
        run = list(group)
        taken = "".join(text for kind, text in run if kind != "ins")
        put = "".join(text for kind, text in run if kind != "del")
        yield ("same" if same else "changed"), taken, put


def _operations(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[Kind, str]]:
    """Element by element, with the longest common subsequence kept."""
    start = 0
    shortest = min(len(old), len(new))
    while start < shortest and old[start] == new[start]:
        start += 1
    end = 0
    while end < shortest - start and old[-1 - end] == new[-1 - end]:
        end += 1
    yield from (("same", element) for element in old[:start])
    yield from _longest_common(old[start : len(old) - end], new[start : len(new) - end])
    yield from (("same", element) for element in old[len(old) - end :])


def _longest_common(old: Sequence[str], new: Sequence[str]) -> list[tuple[Kind, str]]:
    """The way back through `_rows`, from the ends of both to their beginnings."""
    if len(old) * len(new) > LIMIT:
        return [*(("del", element) for element in old), *(("ins", element) for element in new)]
    rows = _rows(old, new)
    ops: list[tuple[Kind, str]] = []
    i, j = len(old), len(new)
    while i and j:
        if rows[j - 1] >> (i - 1) & 1:
            i -= 1
            ops.append(("del", old[i]))
            continue
        j -= 1
        if j and not rows[j - 1] >> (i - 1) & 1:
            ops.append(("ins", new[j]))
        else:
            i -= 1
            ops.append(("same", old[i]))
    ops.extend(("del", old[k]) for k in reversed(range(i)))
    ops.extend(("ins", new[k]) for k in reversed(range(j)))
    return ops[::-1]


def _rows(old: Sequence[str], new: Sequence[str]) -> list[int]:
    """Bit-parallel longest common subsequence (Hyyrö 2004): one big-integer step for each new element.

    In row j, bit i is clear where old[i] lengthens the subsequence common with new[: j + 1].
    """
    places: dict[str, int] = {}
    for index, element in enumerate(old):
        places[element] = places.get(element, 0) | 1 << index
    whole = (1 << len(old)) - 1
    row, rows = whole, []
    for element in new:
        matches = row & places.get(element, 0)
        row = ((row + matches) | (row - matches)) & whole
        rows.append(row)
    return rows


def _readable(passages: list[tuple[str, str, str]]) -> list[Piece]:
    """Without islands: what stayed between two changes and is shorter than both is part of the change.

    A rewritten sentence always shares some characters with the old one; marking them as kept only
    makes it hard to read.
    """
    stack: list[tuple[str, str, str]] = []
    for passage in passages:
        stack.append(passage)
        while len(stack) >= 3 and stack[-1][0] == "changed" and _is_island(stack[-3], stack[-2], stack[-1]):
            parts = stack[-3:]
            del stack[-3:]
            stack.append(("changed", "".join(part[1] for part in parts), "".join(part[2] for part in parts)))
    pieces = []
    for kind, taken, put in stack:
        if kind == "same":
            pieces.append(Piece("same", taken))
        else:
            pieces += [Piece("del", taken), Piece("ins", put)]
    return pieces


def _is_island(
    before: tuple[str, str, str], stayed: tuple[str, str, str], after: tuple[str, str, str]
) -> bool:
    length = len(stayed[1])
    return all(length <= max(len(taken), len(put)) for _kind, taken, put in (before, after))


def _merged(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Without empty pieces; neighbours of one kind joined."""
    for kind, group in groupby((piece for piece in pieces if piece.text), key=lambda piece: piece.kind):
        yield Piece(kind, "".join(piece.text for piece in group))
