"""Fields of text as it is stored, and of files."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from submissions.search import composed, searchable

MAX_BODY = 100_000


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


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files, unchecked: the form checks each one alone."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[bytes]]:
        return list(data) if isinstance(data, list | tuple) else [data] if data else []
