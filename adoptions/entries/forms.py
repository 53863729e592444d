"""What the forms of this app share: their layout, the kinds of proof, and where a service's errors go."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from submissions.uploads import CheckedUpload, check_upload

PROOF_KINDS = frozenset({"pdf", "jpg", "png", "docx", "mp4"})


class ProofField(forms.FileField):
    """A file that proves something; cleaned, it is a `CheckedUpload` or None."""

    def __init__(self) -> None:
        kinds = ",".join(f".{ending}" for ending in sorted([*PROOF_KINDS, "jpeg"]))
        super().__init__(
            label=gettext_lazy("Proof file"), required=False, widget=forms.FileInput(attrs={"accept": kinds})
        )

    def clean(self, data: Any, initial: Any = None) -> CheckedUpload | None:
        file = super().clean(data, initial)
        return check_upload(file, PROOF_KINDS) if file else None


def proof_hint(stored_name: str) -> str:
    """What to say below a proof field, given the name of the file that is there already."""
    if stored_name:
        return _("A new file takes the place of “%(name)s”.") % {"name": stored_name}
    limit = filesizeformat(settings.ATTACHMENT_MAX_BYTES)
    return _("%(kinds)s; at most %(limit)s.") % {"kinds": "、".join(sorted(PROOF_KINDS)), "limit": limit}


def tell(form: forms.BaseForm, error: ValidationError) -> None:
    """Put a service's errors where they belong: at their fields, the others above the form."""
    by_field: dict[str, Any] = error.update_error_dict({})
    for name, errors in by_field.items():
        form.add_error(name if name in form.fields else None, errors)


def helper_of(*fields: Any) -> FormHelper:
    """The template owns the form element and its buttons."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.layout = Layout(*fields)
    return helper
