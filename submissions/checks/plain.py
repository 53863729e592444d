"""Text as checks read it: signs that look alike are one, unseen ones none, and every place found again."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

#: Signs that look like another and are no compatibility form of it: capital letters, stars, radicals.
_LETTERS: Final = str.maketrans(
    "АВЕКМНОРСТУХІЈЅаеорсухіјѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEKMHOPCTYXIJSaeopcyxijsABEZHIKMNOPTYXo"
)
_STARS: Final = str.maketrans(
    dict.fromkeys("✩✪✫✬✭✮✯✰⭐🌟⋆⍟🟊🟉🟌⚝", "★") | dict.fromkeys("∗⁎✱✲✳✴✵✶✷✸✹✺✻✼✽❋٭", "*")
)
_HAN: Final = str.maketrans(
    "機祕絕絶宻級內號⺟⺠⻅⻉⻋⻓⻔⻛⻜⻝⻢⻤⻥⻦⻨⻩⻬⻮⻰⻳",
    "机秘绝绝密级内号母民见贝车长门风飞食马鬼鱼鸟麦黄齐齿龙龟",
)
_ALIKE: Final = _LETTERS | _STARS | _HAN
#: Letters and blanks that show nothing, which Unicode counts among the letters and signs.
_EMPTY: Final = frozenset("\u115f\u1160\u3164\uffa0\u17b4\u17b5\u2800\U0001d159")
#: Letters read as digits where they stand among digits.
_DIGITS: Final = str.maketrans("OoQD〇○◯lI|ıӀӏЗзЭƷбSΘθ", "000000011111133336500")
_NUMBER: Final = re.compile(r"[0-9OoQD〇○◯lI|ıӀӏЗзЭƷбSΘθ -]{2,}")
_LARGE_TEN: Final = "ⅩⅹⅬⅭⅮⅯ"


@lru_cache(maxsize=1 << 16)
def _read_as(sign: str) -> str:
    """What a sign is read as: １ ① ❶ ⑴ Ⅰ 𝟏 ١ are 1, （ is (, ⽊ is 木, — is -; nothing for an unseen one."""
    kind = unicodedata.category(sign)
    if sign in "\n\t":
        return sign
    if sign in _EMPTY or kind in {"Cc", "Cf", "Mn", "Me"}:
        return ""
    if kind in {"Nd", "No", "Nl"} and sign not in _LARGE_TEN and not "〇" <= sign <= "〩":
        value = unicodedata.numeric(sign, -1)
        if value == int(value) and 0 <= value <= 50:
            return str(int(value))
    if kind == "Pd" or sign == "−":
        return "-"
    return unicodedata.normalize("NFKC", sign).translate(_ALIKE)


@dataclass(frozen=True, slots=True)
class PlainText:
    """`plain` is the text as it looks: １３８ and 138, （ and ( are one, and what is not seen is left out.

    `places[i]` is where the character `plain[i]` stands in the original; it has one entry more, the end.
    """

    plain: str
    places: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> PlainText:
        """Character by character, so that each keeps its place."""
        signs: list[str] = []
        places: list[int] = []
        for place, sign in enumerate(text):
            for part in _read_as(sign):
                signs.append(part)
                places.append(place)
        return cls("".join(signs), (*places, len(text)))

    def find(self, pattern: re.Pattern[str]) -> Iterator[tuple[re.Match[str], int, int]]:
        """Every match with its start and end in the original."""
        for match in pattern.finditer(self.plain):
            yield match, *self.place(*match.span())

    def with_digits(self) -> PlainText:
        """With letters beside digits, such as O and l, as the digits they look like; every place stays."""

        def as_digits(number: re.Match[str]) -> str:
            return number[0].translate(_DIGITS) if any(sign.isdecimal() for sign in number[0]) else number[0]

        return PlainText(_NUMBER.sub(as_digits, self.plain), self.places)

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where `plain[start:end]`, which is not empty, starts and ends in the original."""
        return self.places[start], self.places[end - 1] + 1
