"""Typst, run in a process of its own with a time limit. Texts travel as data and never become markup."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

#: A bulletin of 300 rows takes about a second; a machine under load some more.
SECONDS: Final = 60
#: Not imported: typst shall be loaded in the child alone.
CHILD: Final = Path(__file__).with_name("typesetter.py")


class TypesettingError(Exception):
    """The pages could not be set."""


class NoFonts(TypesettingError):
    """None of the fonts has the signs that are needed."""


class TookTooLong(TypesettingError):
    """The compiler was stopped at the time limit."""


@dataclass(frozen=True, slots=True)
class Fonts:
    """`folders` are searched in order, nothing else is. `roles` are family names for each use, best first;
    `fallbacks` follow in every role for signs that its own fonts lack; `needed` are signs that must be there.
    """

    folders: Sequence[Path]
    roles: Mapping[str, Sequence[str]]
    fallbacks: Sequence[str]
    needed: str


@dataclass(frozen=True, slots=True)
class Typeset:
    """`files` has one PDF, or one image for each page. `missing` are the signs that no font has: they are
    printed as their code. `fonts` is the family that each role got. `warnings` are the compiler's.
    """

    files: tuple[bytes, ...]
    missing: tuple[str, ...]
    fonts: Mapping[str, str]
    warnings: tuple[str, ...]


def typeset(
    template: Path,
    data: Mapping[str, Any],
    fonts: Fonts,
    *,
    form: Literal["pdf", "png"] = "pdf",
    ppi: float = 300,
    seconds: float = SECONDS,
) -> Typeset:
    """The template over the data, which it reads with `json(bytes(sys.inputs.data))`, `fonts` added.

    The bytes depend on the arguments and the fonts alone. NoFonts, TookTooLong, or TypesettingError with the
    compiler's words.
    """
    request = {
        "template": str(template),
        "data": data,
        "folders": [str(folder) for folder in fonts.folders],
        "roles": {role: list(names) for role, names in fonts.roles.items()},
        "fallbacks": list(fonts.fallbacks),
        "needed": fonts.needed,
        "format": form,
        "ppi": ppi,
    }
    command = [sys.executable, "-I", str(CHILD)]
    try:
        done = subprocess.run(
            command, input=json.dumps(request).encode(), capture_output=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise TookTooLong(f"stopped after {seconds} s") from error
    if done.returncode != 0:
        raise TypesettingError(done.stderr.decode(errors="replace")[-2000:])
    answer = json.loads(done.stdout)
    if answer.get("error") == "fonts":
        raise NoFonts
    if "error" in answer:
        raise TypesettingError(answer["detail"])
    return Typeset(
        files=tuple(base64.b64decode(file) for file in answer["files"]),
        missing=tuple(answer["missing"]),
        fonts=answer["fonts"],
        warnings=tuple(answer["warnings"]),
    )
