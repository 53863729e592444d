"""Things happen in the order of time, and what happens may lead to more."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from datetime import datetime
from itertools import count

type Act = Callable[[datetime], None]


class Agenda:
    """What is still to happen; of two things at one moment the one that was entered first."""

    def __init__(self) -> None:
        self._heap: list[tuple[datetime, int, Act]] = []
        self._numbers = count()

    def enter(self, at: datetime, act: Act) -> None:
        """Let `act` happen at this moment; it is told the moment."""
        heapq.heappush(self._heap, (at, next(self._numbers), act))

    def run(self, end: datetime) -> None:
        """Let everything happen that lies before `end`."""
        while self._heap and self._heap[0][0] < end:
            at, _number, act = heapq.heappop(self._heap)
            act(at)
