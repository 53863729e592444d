"""The table of `reviews.chain` as `docs/architecture.md` prints it: the levels, then the roads.

Every road is built alike, so that a line is enough for each; `_alike` refuses to print one that is not.

python -m tests.reviews.chain_table      writes it into the document
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from django.utils.translation import override

from reviews.chain import FILED_FROM, FINAL, LEVELS, ROADS, STEPS, Level, Road
from reviews.enums import Action
from submissions.enums import ReviewLevel, Status

DOCUMENT = Path(__file__).resolve().parents[2] / "docs/architecture.md"
BEGIN, END = "<!-- chain: begin -->", "<!-- chain: end -->"
LEVEL_HEAD = ("审级", "由谁", "等候时", "退回后，改好回到这一级")
ROAD_HEAD = ("审核链", "稿件", "从提交到签发")
ALIKE = (
    "每一级都可以：同意（最后一级为签发 `issue`，其余为通过 `pass`）、退给报送人 `return`、"
    "退给前面任何一级 `send_back`、"
    "修改正文 `edit`（留在这一级）、并入另一篇稿件 `merge`（到已并入 `merged`）；"
    "没有别人可审的，由系统记回避 `recuse`，去处和同意一样。"
    "第一个审核意见之前，作者可以撤回 `withdraw`（到已撤回 `withdrawn`）。"
)


def markdown() -> str:
    with override("zh-hans"):
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
    waiting, returned = (f"{state.label} `{state}`" for state in (level.waiting, level.returned))
    return _name(level), f"{level.role.label} `{level.role}`", waiting, returned


def _road_line(road: Road, levels: tuple[Level, ...]) -> tuple[str, ...]:
    way = " → ".join(_name(level) for level in levels)
    return f"{road.chain.label} `{road.chain}`", str(road.route.label), f"{way} → 签发"


def _name(level: Level) -> str:
    return str(ReviewLevel(level.waiting.removesuffix("_review")).label)


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
