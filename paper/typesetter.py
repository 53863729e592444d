"""The child process of `paper.typesetting`: a request on standard input, the answer on the output.

It is run as a file, alone with the standard library and typst: a compile leaves threads behind, which would
hang a forked worker, and a process of its own can be stopped when it takes too long.
"""

from __future__ import annotations

import base64
import json
import re
import struct
import sys
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import typst

type Lookup = Callable[[int], bool]

#: Signs without a shape of their own: joiners, variation selectors, directions, Mongolian's selectors.
UNSEEN = {0xAD, 0x34F, 0x61C, 0xFEFF, *range(0x180B, 0x1810), *range(0x200B, 0x2010), *range(0x2028, 0x2030)}
UNSEEN |= {*range(0x2060, 0x2070), *range(0xFE00, 0xFE10), *range(0xE0000, 0xE1000)}
COMBINED = re.compile(r"[^\W\d_][\u0300-\u036f]+")
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def main() -> None:
    """Answer the request; of what goes wrong, the kind and the words."""
    request = json.load(sys.stdin)
    try:
        answer = typeset(request)
    except typst.TypstError as error:
        answer = {"error": "typst", "detail": error.diagnostic or str(error)}
    json.dump(answer, sys.stdout)


def typeset(request: Mapping[str, Any]) -> dict[str, Any]:
    """Resolve the fonts, write out signs that none of them has, compile."""
    folders = [folder for folder in request["folders"] if Path(folder).is_dir()]
    known = typst.Fonts(include_system_fonts=False, font_paths=folders).fonts()
    chains = {role: families(known, names, request["fallbacks"]) for role, names in request["roles"].items()}
    used = {family for chain in chains.values() for family in chain}
    covers = coverage([font for font in known if font.family in used and font.path is not None])
    if not all(covers(ord(sign)) for sign in request["needed"]):
        return {"error": "fonts", "detail": ""}
    missing: dict[str, None] = {}
    data = cleaned(request["data"], covers, missing)
    data["fonts"] = chains
    # One PDF, or for several pictures a list, whatever the stubs say.
    files: Any
    files, warnings = typst.compile_with_warnings(
        request["template"],
        root=str(Path(request["template"]).parent),
        font_paths=folders,
        ignore_system_fonts=True,
        format=request["format"],
        ppi=request["ppi"],
        timestamp=0,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    pages = files if isinstance(files, list) else [files]
    return {
        "files": [base64.b64encode(page).decode() for page in pages],
        "missing": list(missing),
        "fonts": {role: chain[0] for role, chain in chains.items() if chain},
        "warnings": [str(warning) for warning in warnings],
    }


def families(known: Iterable[Any], names: Iterable[str], fallbacks: Iterable[str]) -> list[str]:
    """The fonts for a role, best first: by family name, else by a name in the file's name."""
    chosen: dict[str, None] = {}
    for name in [*names, *fallbacks]:
        folded = name.casefold()
        for font in known:
            stem = Path(font.path).stem.casefold() if font.path else ""
            if font.family.casefold() == folded or (folded in stem and name not in fallbacks):
                chosen[font.family] = None
    return list(chosen)


def cleaned(value: Any, covers: Lookup, missing: dict[str, None]) -> Any:
    """The data with every sign that can be printed; of one that cannot, its code: ［U+1F600］."""
    if isinstance(value, str):
        text = COMBINED.sub(lambda found: unicodedata.normalize("NFC", found[0]), CONTROLS.sub("", value))
        return "".join(_shown(sign, covers, missing) for sign in text)
    if isinstance(value, Mapping):
        return {key: cleaned(part, covers, missing) for key, part in value.items()}
    return [cleaned(part, covers, missing) for part in value] if isinstance(value, list) else value


def _shown(sign: str, covers: Lookup, missing: dict[str, None]) -> str:
    code = ord(sign)
    if code < 0x80 or code in UNSEEN or covers(code):
        return sign
    missing[sign] = None
    return f"［U+{code:04X}］"


def coverage(fonts: Iterable[Any]) -> Lookup:
    """Whether any of the fonts has a shape for a code point."""
    lookups = [lookup for font in fonts if (lookup := _lookup(font.path, font.index)) is not None]
    known: dict[int, bool] = {}

    def covers(code: int) -> bool:
        if code not in known:
            known[code] = any(lookup(code) for lookup in lookups)
        return known[code]

    return covers


def _lookup(path: str, index: int) -> Lookup | None:
    """The character map of a font file: subtables 12 and 4 of the Unicode kind; others are not used here."""
    data = Path(path).read_bytes()
    start = struct.unpack_from(">I", data, 12 + 4 * index)[0] if data[:4] == b"ttcf" else 0
    (tables,) = struct.unpack_from(">H", data, start + 4)
    places = {
        data[at : at + 4]: struct.unpack_from(">I", data, at + 8)[0]
        for at in range(start + 12, start + 12 + 16 * tables, 16)
    }
    cmap = places[b"cmap"]
    (count,) = struct.unpack_from(">H", data, cmap + 2)
    found = {}
    for at in range(cmap + 4, cmap + 4 + 8 * count, 8):
        platform, encoding, offset = struct.unpack_from(">HHI", data, at)
        if platform == 0 or (platform, encoding) in {(3, 1), (3, 10)}:
            found[struct.unpack_from(">H", data, cmap + offset)[0]] = cmap + offset
    if 12 in found:
        return _groups(data, found[12])
    return _segments(data, found[4]) if 4 in found else None


def _groups(data: bytes, at: int) -> Lookup:
    (count,) = struct.unpack_from(">I", data, at + 12)
    numbers = struct.unpack_from(f">{count * 3}I", data, at + 16)
    starts, ends, glyphs = numbers[0::3], numbers[1::3], numbers[2::3]

    def has(code: int) -> bool:
        place = bisect_left(ends, code)
        return bool(place < count and starts[place] <= code and glyphs[place] + code > starts[place])

    return has


def _segments(data: bytes, at: int) -> Lookup:
    count = struct.unpack_from(">H", data, at + 6)[0] // 2
    read = partial(struct.unpack_from, f">{count}H", data)
    ends, starts = read(at + 14), read(at + 16 + 2 * count)
    deltas, ranges = read(at + 16 + 4 * count), read(at + 16 + 6 * count)

    def has(code: int) -> bool:
        place = bisect_left(ends, code)
        if place >= count or starts[place] > code:
            return False
        if not ranges[place]:
            return bool((code + deltas[place]) % 0x10000)
        slot = at + 16 + 6 * count + 2 * place + ranges[place] + 2 * (code - starts[place])
        return bool(struct.unpack_from(">H", data, slot)[0])

    return has


if __name__ == "__main__":
    main()
