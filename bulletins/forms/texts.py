"""How an office words its bulletins, and what it prints around them."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bulletins.document.rows import Letterhead
from bulletins.text.placeholders import PLACEHOLDERS
from bulletins.text.writing import WordingProblem, problems
from kit.numbers import USUAL_PLACES
from submissions.forms.fields import LineField


class LetterheadForm(forms.Form):
    """What the office prints around figures and text."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    red_head = LineField(
        label=gettext_lazy("Red head"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("The name above the red line, with 文件 or without."),
    )
    code = LineField(
        label=gettext_lazy("Number code"),
        max_length=20,
        required=False,
        help_text=gettext_lazy("Before the year in 〔 〕, such as 通巡办通报. Empty: no document number."),
    )
    addressees = LineField(
        label=gettext_lazy("Addressees"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Without colon."),
    )
    signature = LineField(
        label=gettext_lazy("Signature"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Empty: the office's name."),
    )
    contact = LineField(label=gettext_lazy("Contact"), max_length=100, required=False)
    copies_to = LineField(label=gettext_lazy("Copies to"), max_length=300, required=False)
    printed_by = LineField(label=gettext_lazy("Printed by"), max_length=60, required=False)
    rate_places = forms.TypedChoiceField(
        label=gettext_lazy("Rates"),
        coerce=int,
        choices=[
            (1, gettext_lazy("with one decimal, such as 43.9%")),
            (0, gettext_lazy("whole, such as 44%")),
        ],
        initial=USUAL_PLACES,
        required=False,
        help_text=gettext_lazy("In text and tables of bulletins, and on all pages with figures."),
    )

    def clean_rate_places(self) -> int:
        """One decimal when nothing is said of them."""
        places = self.cleaned_data["rate_places"]
        return USUAL_PLACES if places == "" else int(places)

    @property
    def letterhead(self) -> Letterhead:
        """What was filled in, once the form is valid."""
        return Letterhead(**{name: value for name, value in self.cleaned_data.items() if name != "revision"})


class WordingForm(forms.Form):
    """The wording of one section."""

    wording = forms.CharField(
        label=gettext_lazy("Words of this part"),
        widget=forms.Textarea(attrs={"rows": 8}),
        strip=True,
        max_length=5000,
    )

    def clean_wording(self) -> str:
        wording: str = self.cleaned_data["wording"].replace("\r\n", "\n")
        if found := problems(wording):
            raise ValidationError([problem_words(problem) for problem in found])
        return wording


def problem_words(problem: WordingProblem) -> str:
    """What is wrong in a wording, and what to do."""
    told = {"line": problem.line, "what": problem.what}
    match problem.fault:
        case "unknown":
            near = _nearest(problem.what)
            if near:
                return _("Line %(line)s: there is no placeholder {%(what)s}. Do you mean {%(near)s}?") % (
                    told | {"near": near}
                )
            return _("Line %(line)s: there is no placeholder {%(what)s}. Choose one from the list.") % told
        case "filter":
            return _("Line %(line)s: {%(what)s} is not possible; |to100 goes with shares only.") % told
        case "brackets":
            return _("Line %(line)s: every 【 needs its 】, and they cannot stand inside each other.") % told
    return _("Line %(line)s: a curly bracket lacks its partner.") % told


def _nearest(name: str) -> str:
    """The placeholder that shares most characters with a name, if it shares any half of them."""
    best = max(PLACEHOLDERS, key=lambda known: len(set(known) & set(name)) / len(set(known) | set(name)))
    return best if len(set(best) & set(name)) * 2 >= len(set(name)) > 0 else ""
