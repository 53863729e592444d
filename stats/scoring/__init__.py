"""Under way."""

from collections.abc import Iterator
from typing import Any

from stats.figures import ScoreLine


def score_adoptions(*_given: Any) -> Iterator[ScoreLine]:
    return iter(())


def score_filings(*_given: Any) -> Iterator[ScoreLine]:
    return iter(())
