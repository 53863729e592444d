"""What pages show of the secrecy review."""

from __future__ import annotations

from django import template

from reviews.secrecy.questions import SECRECY_QUESTIONS

register = template.Library()


@register.filter
def answered_yes(answers: dict[str, bool]) -> list[str]:
    """The questions of a secrecy review that were answered with yes, in words."""
    return [str(words) for code, words in SECRECY_QUESTIONS.items() if answers.get(code)]
