"""Where a draft of a scheme begins, over which period it is tried, and from when it is to hold."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NoReturn

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kit.forms import DayInput
from scoring.models import SchemeVersion
from scoring.pages.scheme import problems_of
from scoring.schemes.nodes import Flaw
from scoring.schemes.reading import named_once, shipped, shipped_names
from scoring.timetables import rules_now
from scoring.wording import problem_text

LARGEST_FILE = 200_000
#: Flaws of the shape that no form could show; the others are mended in the form.
_SHAPE = frozenset({Flaw.NOT_OBJECT, Flaw.NOT_LIST, Flaw.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Beginning:
    """The rules that a draft begins with, and where they come from."""

    rules: dict[str, Any]
    based_on: SchemeVersion | None = None
    basis: str = ""


class StartForm(forms.Form):
    """From a version of the office, a shipped scheme, a file, or nothing; `beginning` once it is valid."""

    source = forms.ChoiceField(label=gettext_lazy("Begin with"), widget=forms.RadioSelect)
    file = forms.FileField(
        label=gettext_lazy("JSON file"),
        required=False,
        help_text=gettext_lazy("A scheme that was downloaded here or written after the published format."),
        widget=forms.ClearableFileInput(attrs={"accept": ".json,application/json"}),
    )

    def __init__(self, *args: Any, versions: Iterable[SchemeVersion], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.versions = {f"version-{version.version}": version for version in versions}
        self.shipped = {f"shipped-{name}": name for name in shipped_names()}
        choices = [(code, _version_label(version, today)) for code, version in self.versions.items()]
        choices += [(code, str(shipped(name)["name"])) for code, name in self.shipped.items()]
        choices += [("file", _("A JSON file")), ("blank", _("An empty scheme"))]
        self.fields["source"].choices = choices  # type: ignore[attr-defined]
        self.fields["source"].initial = choices[0][0]
        self.beginning = Beginning({})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        source = cleaned.get("source", "")
        if source in self.versions:
            version = self.versions[source]
            basis = _("version %(number)s") % {"number": version.version}
            self.beginning = Beginning(rules_now(version), version, basis)
        elif source in self.shipped:
            rules = shipped(self.shipped[source])
            self.beginning = Beginning(rules, basis=str(rules["name"]))
        elif source == "file" and "file" in cleaned:
            self._read(cleaned["file"])
        elif source == "blank":
            self.beginning = Beginning({"adoption": {"rules": []}})
        return cleaned

    def _read(self, file: UploadedFile[bytes] | None) -> None:
        if file is None:
            self.add_error("file", _("Choose the file."))
            return
        try:
            rules = read_rules(file)
        except ValidationError as error:
            self.add_error("file", error)
        else:
            self.beginning = Beginning(rules, basis=str(file.name))


class ProposeForm(forms.Form):
    """From which day the scheme is to hold, and why."""

    effective_from = forms.DateField(
        label=gettext_lazy("In force from"),
        widget=DayInput(),
        help_text=gettext_lazy(
            "Best the first day of a month or of the assessment year: each day is scored by its own scheme."
        ),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=200,
        help_text=gettext_lazy("For example the number of the document that changed the rules."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def clean_effective_from(self) -> date:
        day: date = self.cleaned_data["effective_from"]
        if not 2000 <= day.year < 2100:
            raise ValidationError(_("Choose a day between 2000 and 2099."))
        return day


def read_rules(file: UploadedFile[bytes]) -> dict[str, Any]:
    """The JSON of a file, if the form can show it; what else is wrong with it is mended there.

    Numbers are taken as they are written: 0.10 stays 0.10. Raises ValidationError with everything that
    hinders.
    """
    if (file.size or 0) > LARGEST_FILE:
        raise ValidationError(_("The file is too large for a scheme: at most 200 KB."))
    try:
        text = file.read().decode("utf-8-sig")
        rules = json.loads(
            text,
            parse_float=str,
            parse_int=_whole,
            parse_constant=_refuse,
            object_pairs_hook=named_once,
        )
        # Neither NUL nor half a character can be stored.
        if "\\u0000" in json.dumps(rules):
            raise ValueError("NUL")
        json.dumps(rules, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise ValidationError(_("This is no JSON file: choose one that was downloaded here.")) from error
    hindering = [problem for problem in problems_of(rules) if problem.flaw in _SHAPE]
    if hindering or not isinstance(rules, dict):
        raise ValidationError([problem_text(problem) for problem in hindering])
    return rules


def _whole(text: str) -> int | str:
    return int(text) if len(text) < 10 else text


def _refuse(text: str) -> NoReturn:
    raise ValueError(text)


def _version_label(version: SchemeVersion, today: date) -> str:
    shown = {"name": version.name, "number": version.version, "day": version.effective_from.isoformat()}
    if version.effective_from > today:
        return _("%(name)s, version %(number)s, from %(day)s (not yet in force)") % shown
    return _("%(name)s, version %(number)s, in force from %(day)s") % shown
