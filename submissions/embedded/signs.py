"""Signs that Word stores by their place in a picture font, as the characters that look like them."""

from __future__ import annotations

import re
from typing import Final

#: Of Wingdings, by the place in the font; what is not here is shown by no character.
_WINGDINGS: Final = {
    **{0x80 + number: str(number) for number in range(11)},
    **{0x8B + number: str(number) for number in range(11)},
    **dict.fromkeys((0xAB, 0xAA, 0xAC, 0xAD, 0xAE, 0xAF, 0xB5, 0xB6), "★"),
    **dict.fromkeys((0x6C, 0x6D, 0xA4, 0x9F, 0x9E), "●"),
    **dict.fromkeys((0x6E, 0xA7, 0x75, 0x76), "■"),
    **dict.fromkeys((0x6F, 0x71, 0x72, 0xA8), "□"),
    **dict.fromkeys((0xFC, 0xFE), "√"),
    **dict.fromkeys((0xFB, 0xFD), "×"),
    **dict.fromkeys((0xD8, 0xE0, 0xE8, 0xF0), "→"),
    0x28: "☎",
    0x2A: "✉",
}
_OF_FONTS: Final = range(0xF000, 0xF100)
#: Halves of a character, which are none by themselves.
_HALVES: Final = range(0xD800, 0xE000)
_PLACES: Final = re.compile("[\uf000-\uf0ff]")


def sign(code: str) -> str:
    """The character of a code in hexadecimal, as `w:sym` and `w16se:symEx` have one; empty for a picture."""
    try:
        number = int(code, 16)
        if number in _OF_FONTS:
            return _WINGDINGS.get(number - _OF_FONTS.start, "")
        return "" if number < ord(" ") or number in _HALVES else chr(number)
    except (ValueError, OverflowError):
        return ""


def spelt(text: str) -> str:
    """Text with the places of a picture font as characters."""
    return _PLACES.sub(lambda place: sign(f"{ord(place[0]):X}"), text)
