"""Every code of the pure modules has words."""

from django.utils.translation import override

from scoring.figures.lines import Note
from scoring.schemes.nodes import Flaw, Problem
from scoring.wording import FLAWS, NOTES, problem_text


def test_every_note_and_every_flaw_has_words():
    assert set(NOTES) == set(Note)
    assert set(FLAWS) == set(Flaw)


def test_a_problem_says_where_it_is_and_what_is_allowed():
    with override("en"):
        text = problem_text(Problem("rounding.places", Flaw.NOT_WHOLE, "0–4"))
    assert text == "rounding.places: Must be a whole number in this range: 0–4"


def test_a_problem_of_the_whole_has_a_place_too():
    with override("en"):
        assert problem_text(Problem("", Flaw.NOT_OBJECT)).startswith("The whole scheme: ")
