"""The interface's catalogue: English msgids in the code, Simplified Chinese in `locale/zh_Hans`.

    python .ci/catalogue.py update              collect msgids, drop the unused, compile
    python .ci/catalogue.py update --from DIR   the same, filling in from DIR/*.json {msgid: translation}
    python .ci/catalogue.py check               fail on a missing, fuzzy or unused entry, or a stale .mo

Needs no gettext tools: Python is read with `ast`, templates with Django's own extractor.
"""

from __future__ import annotations

import argparse
import ast
import fcntl
import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import polib
from packages import PACKAGES

ROOT = Path(__file__).resolve().parent.parent
PO = ROOT / "locale/zh_Hans/LC_MESSAGES/django.po"
#: Function name → positions of context, msgid and plural among its arguments.
CALLS: dict[str, tuple[int | None, int, int | None]] = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
}
STRING = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
IN_TEMPLATE = re.compile(rf"(?:^|\s)(_|n?p?gettext)\(\s*({STRING}(?:\s*,\s*{STRING})*)")
#: Django's own messages that read like a machine's in its Chinese: worded here in the office's way.
FROM_DJANGO: tuple[tuple[str, str], ...] = (
    ("This field is required.", ""),
    ("Enter a number.", ""),
    ("Enter a whole number.", ""),
    ("Enter a valid date.", ""),
    ("Enter a valid date/time.", ""),
    ("Enter a valid email address.", ""),
    ("Ensure this value is greater than or equal to %(limit_value)s.", ""),
    ("Ensure this value is less than or equal to %(limit_value)s.", ""),
    (
        "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
    ),
    ("Select a valid choice. That choice is not one of the available choices.", ""),
    ("Select a valid choice. %(value)s is not one of the available choices.", ""),
    ("The submitted file is empty.", ""),
    ("Your password can’t be too similar to your other personal information.", ""),
    (
        "Your password must contain at least %(min_length)d character.",
        "Your password must contain at least %(min_length)d characters.",
    ),
    ("Your password can’t be a commonly used password.", ""),
    ("Your password can’t be entirely numeric.", ""),
    ("Enter the same password as before, for verification.", ""),
)
HEADER = {
    "Project-Id-Version": "publicity",
    "Language": "zh_Hans",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}


class Message(NamedTuple):
    msgid: str
    plural: str
    context: str | None


def pick(name: str, strings: list[str]) -> Message:
    context, msgid, plural = CALLS[name]
    return Message(
        strings[msgid],
        strings[plural] if plural is not None else "",
        strings[context] if context is not None else None,
    )


def in_python(path: Path) -> Iterator[Message]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name not in CALLS:
            continue
        wanted = max(position or 0 for position in CALLS[name]) + 1
        arguments = node.args[:wanted]
        strings = [a.value for a in arguments if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        if len(strings) < wanted:
            sys.exit(f"{path}:{node.lineno}: {name}() needs literal text, so that it can be collected")
        yield pick(name, strings)


def in_template(path: Path) -> Iterator[Message]:
    from django.utils.translation.template import templatize  # after settings are configured

    for match in IN_TEMPLATE.finditer(templatize(path.read_text(encoding="utf-8"))):
        name, literals = match.groups()
        strings = [ast.literal_eval(literal.removeprefix("u")) for literal in re.findall(STRING, literals)]
        yield pick(name, strings)


def collect() -> dict[Message, str]:
    """Every message with the file that names it first."""
    from django.conf import settings

    settings.configure(USE_I18N=True)
    found = {Message(msgid, plural, None): "django" for msgid, plural in FROM_DJANGO}
    for folder in PACKAGES:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                for message in in_python(path):
                    found.setdefault(message, str(path.relative_to(ROOT)))
    for path in sorted((ROOT / "templates").rglob("*.html")):
        for message in in_template(path):
            found.setdefault(message, str(path.relative_to(ROOT)))
    return found


def entry_of(message: Message, place: str) -> polib.POEntry:
    entry = polib.POEntry(msgid=message.msgid, msgctxt=message.context, occurrences=[(place, "")])
    if message.plural:
        entry.msgid_plural, entry.msgstr_plural = message.plural, {0: ""}
    return entry


def translation(entry: polib.POEntry) -> str:
    return str(entry.msgstr_plural.get(0, "")) if entry.msgid_plural else str(entry.msgstr)


def update(folder: Path | None) -> int:
    given: dict[str, str] = {}
    for path in sorted(folder.glob("*.json")) if folder else []:
        given |= json.loads(path.read_text(encoding="utf-8"))
    PO.parent.mkdir(parents=True, exist_ok=True)
    folder_lock = os.open(PO.parent, os.O_RDONLY)
    fcntl.flock(folder_lock, fcntl.LOCK_EX)
    known = {(e.msgid, e.msgctxt): translation(e) for e in polib.pofile(str(PO))} if PO.exists() else {}
    catalogue = polib.POFile(wrapwidth=100)
    catalogue.metadata = HEADER
    for message, place in sorted(collect().items(), key=lambda pair: (pair[1], pair[0].msgid)):
        entry = entry_of(message, place)
        text = given.get(message.msgid) or known.get((message.msgid, message.context)) or ""
        if entry.msgid_plural:
            entry.msgstr_plural = {0: text}
        else:
            entry.msgstr = text
        catalogue.append(entry)
    catalogue.save(str(PO))
    catalogue.save_as_mofile(str(PO.with_suffix(".mo")))
    os.close(folder_lock)
    return report([entry for entry in catalogue if not translation(entry)], "not translated")


def check() -> int:
    catalogue = polib.pofile(str(PO))
    wanted = collect()
    have = {Message(e.msgid, e.msgid_plural, e.msgctxt): e for e in catalogue}
    compiled = {e.msgid: translation(e) for e in polib.mofile(str(PO.with_suffix(".mo")))}
    faults = report(
        [entry_of(m, place) for m, place in wanted.items() if m not in have], "not in the catalogue"
    )
    faults += report([e for m, e in have.items() if m not in wanted], "not used any more")
    faults += report([e for e in catalogue if not translation(e)], "not translated")
    faults += report([e for e in catalogue if e.fuzzy], "fuzzy")
    faults += report([e for e in catalogue if compiled.get(e.msgid) != translation(e)], "not compiled")
    faults += report(
        [e for e in catalogue if placeholders(e.msgid) != placeholders(translation(e))], "placeholders differ"
    )
    return faults


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)[sd]|\{\w*\}", text))


def report(entries: list[polib.POEntry], what: str) -> int:
    for entry in entries:
        print(f"{entry.occurrences[0][0] if entry.occurrences else ''}: {what}: {entry.msgid!r}")
    return len(entries)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", choices=["update", "check"])
    parser.add_argument("--from", dest="folder", type=Path)
    arguments = parser.parse_args()
    faults = update(arguments.folder) if arguments.command == "update" else check()
    print(f"catalogue: {faults} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
