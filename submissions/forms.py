"""Forms of items and rounds. They clean and lay out; what is missing for filing is no error here."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from datetime import date
from typing import Any

from crispy_forms.bootstrap import InlineRadios
from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Column, Fieldset, Layout, Row
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q
from django.forms.renderers import get_default_renderer
from django.http import QueryDict
from django.template.defaultfilters import filesizeformat
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Unit, User
from submissions.enums import Route
from submissions.models import Item, Round
from submissions.people import AmbiguousName, NameBook
from submissions.rules import units_to_file_for
from submissions.search import composed, searchable
from submissions.services import Author, settled_fields
from submissions.uploads import SIGNATURES, CheckedUpload, check_upload

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


class ItemForm(forms.ModelForm):  # type: ignore[type-arg]
    """The text of an item. Lenient: only what cannot be stored is an error, a draft may be incomplete."""

    uploads = FilesField(
        label=gettext_lazy("Add files"),
        required=False,
        widget=FilesInput(attrs={"accept": ",".join(f".{ending}" for ending in [*SIGNATURES, "jpeg"])}),
    )

    class Meta:
        model = Item
        fields = (
            "title",
            "body",
            "genre",
            "stage",
            "round",
            "topic_kind",
            "route",
            "route_reason",
            "urgent",
            "unit",
            "checker",
            "declared_unclassified",
        )
        field_classes = {
            "title": LineField,
            "body": BodyField,
            "route_reason": LineField,
            "checker": LineField,
        }
        widgets = {
            "title": forms.TextInput(attrs={"autocomplete": "off"}),
            "body": forms.Textarea(attrs={"rows": 16, "data-counter": ""}),
            "checker": forms.TextInput(attrs={"list": "people", "autocomplete": "off"}),
            "route": forms.RadioSelect,
        }
        labels = {
            "declared_unclassified": gettext_lazy(
                "I declare that this item and its files hold no state secrets and no work secrets."
            ),
            "urgent": gettext_lazy("Urgent: please review it first"),
        }
        help_texts = {
            "checker": gettext_lazy("Who in your unit has checked this item; not one of its authors."),
            "route_reason": gettext_lazy("Only for important items."),
        }

    def __init__(
        self,
        data: QueryDict | None = None,
        files: MultiValueDict[str, UploadedFile[bytes]] | None = None,
        *,
        user: User,
        item: Item | None,
        day: date,
    ) -> None:
        # Cleaning writes what was typed onto the instance: give it a copy.
        instance = copy.copy(item) if item else Item(unit=user.unit)
        super().__init__(data, files, instance=instance)
        units = Q(pk__in=units_to_file_for(item.submitter if item else user, day)) | Q(pk=instance.unit_id)
        self.fields["unit"].queryset = Unit.objects.filter(units).in_order()  # type: ignore[attr-defined]
        self.fields["round"].queryset = Round.objects.filter(office=user.office).order_by("-starts", "-pk")  # type: ignore[attr-defined]
        self.fields["route"].choices = Route.choices  # type: ignore[attr-defined]
        for name, field in self.fields.items():
            field.required = field.required and not (self.is_bound and name not in self.data)
        for name in settled_fields(instance):
            self.fields[name].disabled = True
        self.fields["uploads"].help_text = _("%(kinds)s; at most %(limit)s a file.") % {
            "kinds": "、".join(SIGNATURES),
            "limit": filesizeformat(settings.ATTACHMENT_MAX_BYTES),
        }
        self.helper = item_form_helper()

    def clean_uploads(self) -> list[CheckedUpload]:
        """The files that may be kept; each of the others is an error of its own."""
        accepted = []
        for file in self.cleaned_data["uploads"]:
            try:
                accepted.append(check_upload(file))
            except ValidationError as error:
                self.add_error("uploads", error)
        return accepted

    def typed(self) -> dict[str, Any]:
        """Field → value of what can be stored; fields the request did not carry are left out."""
        given = {name for name, field in self.fields.items() if isinstance(field, forms.BooleanField)}
        given |= {name for name in self.fields if self.add_prefix(name) in self.data}
        return {name: value for name, value in self.cleaned_data.items() if name in given}


def item_form_helper() -> FormHelper:
    """The order of the form; the template owns the form element, the authors' rows and the files at hand."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    half, quarter = "col-md-6", "col-sm-6 col-lg-3"
    helper.layout = Layout(
        Fieldset(_("Text"), "title", "body"),
        Fieldset(
            _("Authors and checking"),
            HTML('{% include "submissions/_authors.html" %}'),
            Row(Column("unit", css_class=half), Column("checker", css_class=half)),
        ),
        Fieldset(
            _("Classification"),
            Row(*(Column(name, css_class=quarter) for name in ("genre", "stage", "round", "topic_kind"))),
            Row(Column(InlineRadios("route"), css_class=half), Column("route_reason", css_class=half)),
            "urgent",
        ),
        Fieldset(_("Files"), HTML('{% include "submissions/_files.html" %}'), "uploads"),
        Fieldset(_("Secrecy declaration"), "declared_unclassified"),
    )
    return helper


class AuthorForm(forms.Form):
    """One line of the authors' table; a line without a name is no author."""

    name = LineField(
        label=gettext_lazy("Author"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"list": "people", "autocomplete": "off"}),
    )
    share = forms.IntegerField(
        label=gettext_lazy("Share (parts)"), min_value=1, max_value=100, required=False, initial=1
    )


class AuthorFormSet(forms.BaseFormSet):  # type: ignore[type-arg]
    """The authors' table; once it is valid, `authors` holds what it means."""

    form = AuthorForm
    renderer = get_default_renderer()
    extra, min_num, max_num, absolute_max = 2, 0, 20, 60
    validate_min, validate_max = False, True
    can_order = can_delete = can_delete_extra = False

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        user: User,
        item: Item | None,
        initial: Sequence[dict[str, Any]] | None = None,
    ) -> None:
        super().__init__(data, prefix="authors", initial=initial)
        self.user, self.item = user, item
        self.authors: list[Author] = []

    def clean(self) -> None:
        """Look the names up. Rows with an error of their own are left out."""
        rows = [row for row in self.forms if row.is_valid() and row.cleaned_data.get("name")]
        book = NameBook(self.user, self.item, [row.cleaned_data["name"] for row in rows])
        for row in rows:
            try:
                author = self.author(row, book)
            except AmbiguousName as error:
                shown = {"name": error.name, "choices": _(" or ").join(error.choices)}
                row.add_error("name", _("Several people are called %(name)s: write %(choices)s.") % shown)
                continue
            if any(author.name == other.name and author.user == other.user for other in self.authors):
                row.add_error("name", _("This author is named twice: put the parts together in one line."))
            elif len(author.name) > 40:
                row.add_error("name", _("The name is too long: 40 characters at most."))
            else:
                self.authors.append(author)

    @staticmethod
    def author(row: AuthorForm, book: NameBook) -> Author:
        name: str = row.cleaned_data["name"]
        user = book.find(name)
        return Author(
            name=user.display_name if user else name, share=row.cleaned_data.get("share") or 1, user=user
        )


def initial_authors(user: User, item: Item | None) -> Sequence[dict[str, Any]]:
    """The authors' lines as first shown: the writer alone, or the stored ones."""
    if item is None:
        return [{"name": user.display_name, "share": 1}]
    rows = list(item.authorships.select_related("user", "user__unit").order_by("position"))
    book = NameBook(user, item, [row.user.display_name for row in rows if row.user])
    return [{"name": book.label(row.user) if row.user else row.name, "share": row.share} for row in rows]


class RoundForm(forms.ModelForm):  # type: ignore[type-arg]
    """An inspection round of the office."""

    class Meta:
        model = Round
        fields = ("name", "starts", "ends")
        field_classes = {"name": LineField}
        widgets = {
            "starts": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "ends": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if Round.objects.filter(office=self.user.office, name=name).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("There is a round of this name already: choose another one."))
        return name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("starts") and cleaned.get("ends") and cleaned["ends"] < cleaned["starts"]:
            self.add_error("ends", _("The round ends before it starts: correct one of the dates."))
        return cleaned
