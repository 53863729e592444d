"""What each level of review has to look at before it approves (三审三校)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from submissions.enums import Status

_LEADERS: Final[dict[str, Promise]] = {
    "direction": _("political direction and the guidance of opinion are right"),
    "secrecy": _("no state or work secrets, nothing that is not yet public"),
    "release": _("fit to be published, now and in these outlets"),
}
CHECKLISTS: Final[dict[str, dict[str, Promise]]] = {
    Status.UNIT_REVIEW: {
        "facts": _("facts, figures, times and places"),
        "wording": _("wording, typing errors, title and captions"),
        "secrecy": _("no state or work secrets, nothing that is not yet public"),
    },
    Status.SECTION_REVIEW: {
        "facts": _("facts, figures, times and places"),
        "names": _("names, posts and their order"),
        "wording": _("wording, typing errors, title and captions"),
    },
    Status.SUPERVISING_REVIEW: {
        "policy": _("in keeping with policy and with what has been published"),
        "effect": _("effect on the public, and whether the units concerned agree"),
    },
    Status.PRINCIPAL_REVIEW: _LEADERS,
    Status.GROUP_REVIEW: _LEADERS,
    Status.MEETING_REVIEW: {
        "policy": _("policy: in keeping with what the Party and the law demand"),
        "content": _("content: true, complete and fit to be published"),
        "wording": _("wording: exact, in the prescribed terms, free of errors"),
    },
}


def choices(status: str) -> list[tuple[str, str]]:
    """Code and words of every point of the level at which an item waits; none elsewhere."""
    return [(code, str(words)) for code, words in CHECKLISTS.get(status, {}).items()]


def in_words(status: str, codes: Iterable[str]) -> list[str]:
    """The points of a level that were ticked, in the order of the list."""
    ticked = set(codes)
    return [words for code, words in choices(status) if code in ticked]
