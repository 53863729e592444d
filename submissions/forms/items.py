"""The form of an item. It cleans and lays out; what is missing for filing is no error here."""

from __future__ import annotations

import copy
from datetime import date
from typing import Any

from crispy_forms.bootstrap import InlineRadios
from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Column, Fieldset, Row
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q
from django.http import QueryDict
from django.template.defaultfilters import filesizeformat
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Unit, User
from kit.forms import helper_of
from submissions.enums import Route
from submissions.forms.fields import MAX_BODY, BodyField, FilesField, FilesInput, HtmlField, LineField
from submissions.forms.word import WordFile, word_file
from submissions.markup import words
from submissions.models import Item, Round
from submissions.rules import units_to_file_for
from submissions.services.drafts import TEXT_FIELDS, settled_fields
from submissions.uploads import SIGNATURES, CheckedUpload, check_upload


class ItemForm(forms.ModelForm):  # type: ignore[type-arg]
    """The text of an item. Lenient: only what cannot be stored is an error, a draft may be incomplete."""

    html = HtmlField(label=gettext_lazy("Text"))
    uploads = FilesField(
        label=gettext_lazy("Add files"),
        required=False,
        widget=FilesInput(attrs={"accept": ",".join(f".{ending}" for ending in [*SIGNATURES, "jpeg"])}),
    )

    word_file = forms.FileField(
        label=gettext_lazy("Word file"), required=False, widget=forms.FileInput(attrs={"accept": ".docx"})
    )
    replace_text = forms.BooleanField(
        label=gettext_lazy("Replace the title and the text by those of the Word file"), required=False
    )

    class Meta:
        model = Item
        fields = [name for name in TEXT_FIELDS if name != "html"]
        field_classes = {
            "title": LineField,
            "body": BodyField,
            "route_reason": LineField,
            "checker": LineField,
            "secrecy_stated_by": LineField,
            "secrecy_statement": LineField,
        }
        widgets = {
            "title": forms.TextInput(attrs={"autocomplete": "off"}),
            "body": forms.Textarea(attrs={"rows": 16, "data-counter": ""}),
            "checker": forms.TextInput(attrs={"list": "people", "autocomplete": "off"}),
            "route": forms.RadioSelect,
            "secrecy_stated_by": forms.TextInput(attrs={"list": "people", "autocomplete": "off"}),
            "secrecy_stated_for": forms.HiddenInput,
        }
        labels = {
            "declared_unclassified": gettext_lazy(
                "I declare that this item and its files hold no state secrets and no work secrets."
            ),
            "urgent": gettext_lazy("Urgent: please review it first"),
        }
        help_texts = {
            "checker": gettext_lazy("Who in your unit has checked this item; not one of its authors."),
            "stage": gettext_lazy("The part of inspection work that it tells of."),
            "round": gettext_lazy("A round that is missing is entered by an administrator."),
            "topic_kind": gettext_lazy(
                "Key: what the office has laid down. Highlight: a practice of your own."
                " Hot: what people talk about."
            ),
            "route": gettext_lazy(
                "Important: the direction, major decisions, words of leaders. The leading group decides on it"
                " after the three levels. When in doubt, choose important."
            ),
            "route_reason": gettext_lazy("Only for important items."),
            "declared_unclassified": gettext_lazy(
                "Not only marked papers: also findings not yet fed back, leads, petitioners, and units and"
                " days of inspections that are not public."
            ),
            "secrecy_stated_by": gettext_lazy("Who has looked at these places and answers for them."),
            "secrecy_statement": gettext_lazy("Such as: the number is the public hotline of the team."),
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
        super().__init__(data, files, instance=instance, initial={"html": instance.html})
        self.user = user
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

    def clean(self) -> dict[str, Any]:
        """The editor's text comes before that of the text area, which holds its words."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("html") is None:
            return cleaned
        cleaned["body"] = words(cleaned["html"])
        if len(cleaned["body"]) > MAX_BODY:
            self.add_error(
                "body", _("The text is too long: at most %(most)s characters.") % {"most": MAX_BODY}
            )
            del cleaned["html"]
        return cleaned

    def clean_uploads(self) -> list[CheckedUpload]:
        """The files that may be kept; each of the others is an error of its own."""
        accepted = []
        for file in self.cleaned_data["uploads"]:
            try:
                accepted.append(check_upload(file))
            except ValidationError as error:
                self.add_error("uploads", error)
        return accepted

    def clean_word_file(self) -> WordFile | None:
        """The file read, for its text to be taken over."""
        upload = self.cleaned_data["word_file"]
        return word_file(upload, self.user) if upload else None

    def typed(self) -> dict[str, Any]:
        """Field → value of what can be stored; fields the request did not carry are left out."""
        given = {name for name, field in self.fields.items() if isinstance(field, forms.BooleanField)}
        given |= {name for name in self.fields if self.add_prefix(name) in self.data}
        given -= {"html"} if self.cleaned_data.get("html") is None else set()
        return {name: value for name, value in self.cleaned_data.items() if name in given}


def item_form_helper() -> FormHelper:
    """The order of the form; the template owns the form element, the authors' rows and the files at hand."""
    half, quarter = "col-md-6", "col-sm-6 col-lg-3"
    return helper_of(
        HTML('{% include "submissions/_word_file.html" %}'),
        Fieldset(_("Text"), "title", "html", "body", HTML('{% include "submissions/_checks.html" %}')),
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
