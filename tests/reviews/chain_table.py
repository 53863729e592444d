"""The table of `reviews.chain` as `docs/architecture.md` prints it.

python -m tests.reviews.chain_table      writes it into the document
"""

from __future__ import annotations

import os
from pathlib import Path

from django.utils.translation import override

from reviews.chain import STEPS

DOCUMENT = Path(__file__).resolve().parents[2] / "docs/architecture.md"
BEGIN, END = "<!-- chain: begin -->", "<!-- chain: end -->"
HEAD = ("路线", "原状态", "操作", "新状态", "由谁")


def markdown() -> str:
    """One row a step, in the order of the table."""
    with override("zh-hans"):
        rows = [
            HEAD,
            ("---",) * len(HEAD),
            *(
                (
                    f"{step.route.label} `{step.route}`",
                    f"{step.source.label} `{step.source}`",
                    f"{step.action.label} `{step.action}`",
                    f"{step.target.label} `{step.target}`",
                    f"{step.role.label} `{step.role}`",
                )
                for step in STEPS
            ),
        ]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


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
