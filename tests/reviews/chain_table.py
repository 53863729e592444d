"""The table of `reviews.chain` as `docs/architecture.md` prints it: the levels, then the roads.

Labels are printed in English, with the words of the interface in brackets. Every road is built alike, so that
a line is enough for each; `_alike` refuses to print one that is not.

python -m tests.reviews.chain_table      writes it into the document
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from django.db.models import TextChoices
from django.utils.translation import override

from reviews.chain import FILED_FROM, FINAL, LEVELS, ROADS, STEPS, Level, Road
from reviews.enums import Action
from submissions.enums import ReviewLevel, Status

DOCUMENT = Path(__file__).resolve().parents[2] / "docs/architecture.md"
BEGIN, END = "<!-- chain: begin -->", "<!-- chain: end -->"
LEVEL_HEAD = ("Level (审级)", "Whose", "While it waits", "Once returned; revised, it comes back here")
ROAD_HEAD = ("Chain (审核链)", "Item", "From filing to issue")
ALIKE = (
    "At every level one can let the item go on (`issue` (签发) at the last level, `pass` (通过) before it), "
    "`return` it to its writers (退给报送人), `send_back` to any level before (退给前面任何一级), "
    "`edit` the text (修改正文; it stays at the level), `merge` it into another item (并入; then it is "
    "`merged`). Where nobody else may decide the system records `recuse` (回避), which leads where letting "
    "go on does. Until the first decision its writers can `withdraw` it (撤回; then it is `withdrawn`)."
)


def markdown() -> str:
    for road, levels in ROADS.items():
        _alike(road, levels)
    return "\n".join(
        [
            _table(LEVEL_HEAD, map(_level_line, LEVELS.values())),
            _table(ROAD_HEAD, (_road_line(road, levels) for road, levels in ROADS.items())),
            f"{ALIKE}\n",
        ]
    )


def _table(head: tuple[str, ...], lines: Iterable[tuple[str, ...]]) -> str:
    rows = [head, ("---",) * len(head), *lines]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _level_line(level: Level) -> tuple[str, ...]:
    coded = (f"{_named(word)} `{word}`" for word in (level.role, level.waiting, level.returned))
    return _named(_level(level)), *coded


def _road_line(road: Road, levels: tuple[Level, ...]) -> tuple[str, ...]:
    way = " → ".join(_in(_level(level), "en") for level in levels)
    return f"{_named(road.chain)} `{road.chain}`", _named(road.route), f"{way} → issued"


def _level(level: Level) -> ReviewLevel:
    return ReviewLevel(level.waiting.removesuffix("_review"))


def _named(word: TextChoices) -> str:
    return f"{_in(word, 'en')} ({_in(word, 'zh-hans')})"


def _in(word: TextChoices, language: str) -> str:
    with override(language):
        return str(word.label)


def _alike(road: Road, levels: tuple[Level, ...]) -> None:
    """The road has the steps that the line and the sentence below name, and no other."""
    steps = {(source, Action.SUBMIT, levels[0].waiting) for source in FILED_FROM}
    for place, level in enumerate(levels):
        onward = levels[place + 1].waiting if place + 1 < len(levels) else FINAL
        agree = Action.ISSUE if onward == FINAL else Action.PASS
        steps |= {(level.waiting, action, onward) for action in (agree, Action.RECUSE)}
        steps |= {
            (level.waiting, Action.RETURN, level.returned),
            (level.returned, Action.SUBMIT, level.waiting),
        }
        steps |= {(level.waiting, Action.SEND_BACK, earlier.waiting) for earlier in levels[:place]}
        steps |= {(level.waiting, Action.EDIT, level.waiting), (level.waiting, Action.MERGE, Status.MERGED)}
        steps |= {(level.waiting, Action.WITHDRAW, Status.WITHDRAWN)}
    assert steps == {(step.source, step.action, step.target) for step in STEPS if step.road == road}


def printed() -> str:
    """The table between the markers of the document."""
    return DOCUMENT.read_text(encoding="utf-8").split(BEGIN)[1].split(END)[0].strip() + "\n"


def write() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    DOCUMENT.write_text(f"{before}{BEGIN}\n{markdown()}{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "publicity.settings")
    django.setup()
    write()
