"""How something stands, in words and in the tone in which a page shows them."""

from __future__ import annotations

from typing import Self


class State(str):
    """Words with a tone: waiting, returned, done, neutral or refused (see components/status.html)."""

    __slots__ = ("tone",)
    tone: str

    def __new__(cls, words: object, tone: str) -> Self:
        state = super().__new__(cls, words)
        state.tone = tone
        return state
