"""Whether a fact is what a condition asks for. Rules R10 and R96 of docs/scoring.md."""

from typing import Any

from scoring.schemes.model import Asked, Match, Not


def agrees(asked: Asked, known: str) -> bool:
    """Whether a word is the one that is asked for, or none of those that are not."""
    if isinstance(asked, Not):
        return known not in asked.words
    return asked is None or known == asked


def fits(match: Match, what: Any) -> bool:
    """Whether everything that the match asks for is so; `what` has an attribute for each of its keys."""
    for key in match.keys:
        asked = getattr(match, key)
        if key == "min_length":
            so = what.length is not None and what.length >= asked
        elif key == "max_length":
            so = what.length is not None and what.length <= asked
        else:
            so = agrees(asked, getattr(what, key))
        if not so:
            return False
    return True
