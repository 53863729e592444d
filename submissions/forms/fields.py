"""Fields of text as it is stored, and of files."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from kit.spelling import composed
from submissions.markup import clean
from submissions.search import searchable

MAX_BODY = 100_000
MAX_HTML = 400_000
#: Cleaning takes time that grows with the square of the depth: 20,000 elements in each other take a second.
MAX_TAGS = 20_000


class LineField(forms.CharField):
    """One line of text, composed before its length is checked."""

    def to_python(self, value: Any) -> str:
        return searchable(super().to_python(value) or "")


class BodyField(forms.CharField):
    """Text of many lines; the indent of the first paragraph stays."""

    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs | {"strip": False, "max_length": MAX_BODY})

    def to_python(self, value: Any) -> str:
        return composed(super().to_python(value) or "").rstrip().lstrip("\n")


class HtmlInput(forms.HiddenInput):
    """Left empty, with the text beside it as ``data-html``: only the editor's script fills it, so that
    without the script the words of the text area count."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        html = str(value or "")
        context["widget"]["attrs"]["data-html"] = clean(html) if html.count("<") <= MAX_TAGS else ""
        return context


class HtmlField(forms.CharField):
    """The text as HTML of the editor, cleaned. What is empty was not written by the editor, which sends at
    least an empty paragraph: None."""

    widget = HtmlInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs | {"required": False, "strip": False})

    def clean(self, value: Any) -> str | None:
        html = super().clean(value)
        if len(html) > MAX_HTML or html.count("<") > MAX_TAGS:
            raise ValidationError(_("The text is formatted in too many places: paste it as plain text."))
        return clean(html) if html else None


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files, unchecked: the form checks each one alone."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[bytes]]:
        return list(data) if isinstance(data, list | tuple) else [data] if data else []
