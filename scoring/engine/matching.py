"""Whether a fact is what a condition asks for. Rule R10 of docs/scoring.md."""

from typing import Any

from scoring.schemes.model import Match


def fits(match: Match, what: Any) -> bool:
    """Whether everything that the match asks for is so; `what` has an attribute for each of its keys."""
    for key in match.keys:
        asked = getattr(match, key)
        if key == "min_length":
            agrees = what.length is not None and what.length >= asked
        elif key == "max_length":
            agrees = what.length is not None and what.length <= asked
        else:
            agrees = getattr(what, key) == asked
        if not agrees:
            return False
    return True
