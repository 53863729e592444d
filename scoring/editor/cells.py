"""One setting of a scoring scheme as one field of a form: what it is called and how it is typed.

The fields take whatever is typed: `scoring.schemes` alone knows what a scheme may hold, and a draft with
problems can be saved. A blank field is a setting left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from scoring.terms import Terms

type Words = str | Promise

_NAMES = re.compile(r"[、，,;；]")
#: Before a code in a field: every other.
_OTHER = "≠"
LONGEST_TEXT = 200
LONGEST_LIST = 8000


class Kind(Enum):
    """How a value is typed."""

    TEXT = "text"
    NUMBER = "number"
    WHOLE = "whole"
    CHOICE = "choice"
    NAMES = "names"  # several, with 、 between them
    LINES = "lines"  # several sentences, each on a line


@dataclass(frozen=True, slots=True)
class Cell:
    """`key` is the place inside the row's object, with dots for objects in it; "" is the row itself.

    The choices are `terms`, or what the page offers under the name `offer`. `suggestions` names the list
    of the page that is offered while typing; `blank` is what an empty choice means; a `rare` column is
    shown when a row uses it or when it is asked for. Of a `negatable` choice every word but one may be
    chosen too.
    """

    key: str
    label: Words
    kind: Kind = Kind.TEXT
    help: Words = ""
    terms: Terms | None = None
    offer: str = ""
    blank: Words = "—"
    suggestions: str = ""
    rare: bool = False
    negatable: bool = False

    @property
    def name(self) -> str:
        """The name of the field."""
        return self.key.replace(".", "__") or "value"

    def field(self, value: str, offers: Mapping[str, Terms]) -> forms.CharField:
        """The field; a `value` that is none of the choices is offered too, so that nothing is lost."""
        limit = LONGEST_LIST if self.kind in {Kind.NAMES, Kind.LINES} else LONGEST_TEXT
        field = forms.CharField(
            label=str(self.label),
            required=False,
            max_length=limit,
            strip=self.kind not in {Kind.NAMES, Kind.LINES},
            widget=self._widget(value, self.terms or offers.get(self.offer, {})),
        )
        # A list may be as long as it likes: nobody counts its characters. Nothing is typed into a choice.
        if self.kind in {Kind.NAMES, Kind.LINES, Kind.CHOICE}:
            field.widget.attrs.pop("maxlength", None)
        return field

    def _widget(self, value: str, terms: Terms) -> forms.Widget:
        attrs = {"autocomplete": "off"}
        if self.suggestions:
            attrs["list"] = f"list-{self.suggestions}"
        match self.kind:
            case Kind.CHOICE:
                others = {
                    f"{_OTHER}{code}": _("other than %(words)s") % {"words": word}
                    for code, word in terms.items()
                }
                choices: list[Any] = [("", self.blank), *terms.items()]
                if self.negatable and others:
                    choices.append((_("Other than"), list(others.items())))
                if value and value not in {*terms, *(others if self.negatable else ())}:
                    choices.append((value, _("%(code)s (unknown)") % {"code": value}))
                return forms.Select(choices=choices)
            case Kind.NAMES:
                return forms.Textarea(attrs={"rows": 2})
            case Kind.LINES:
                return forms.Textarea(attrs={"rows": 8})
            case Kind.NUMBER:
                return forms.TextInput(attrs=attrs | {"inputmode": "decimal"})
            case Kind.WHOLE:
                return forms.TextInput(attrs=attrs | {"inputmode": "numeric"})
        return forms.TextInput(attrs=attrs)

    def shown(self, value: Any) -> str:
        """A value of the JSON as it stands in the field."""
        if value is None:
            return ""
        if self.negatable and isinstance(value, dict) and list(value) == ["not"]:
            return f"{_OTHER}{value['not']}"
        if isinstance(value, list):
            texts = [str(one) for one in value]
            if self.kind is Kind.LINES:
                return "\n".join(texts)
            # Names that hold a separator themselves stand on lines of their own.
            return (
                "".join(f"{one}\n" for one in texts) if any(map(_NAMES.search, texts)) else "、".join(texts)
            )
        return str(value)

    def stored(self, text: str) -> Any:
        """What is typed as a value of the JSON; None for nothing."""
        match self.kind:
            case Kind.NAMES:
                return _parts(text.splitlines() if "\n" in text else _NAMES.split(text))
            case Kind.LINES:
                return _parts(text.splitlines())
            case Kind.NUMBER | Kind.WHOLE:
                # People type １０ and 10 alike.
                text = unicodedata.normalize("NFKC", text).strip()
                whole = self.kind is Kind.WHOLE and re.fullmatch(r"[0-9]{1,6}", text)
                return int(text) if whole else text or None
        text = text.strip()
        if self.negatable and text.startswith(_OTHER):
            return {"not": text.removeprefix(_OTHER)}
        return text or None


def _parts(texts: Sequence[str]) -> list[str] | None:
    return [text.strip() for text in texts if text.strip()] or None
