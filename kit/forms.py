"""What forms of several apps need: their layout, and where a service's errors go."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms.renderers import get_default_renderer
from django.http import HttpRequest
from django.utils.translation import gettext as _


class DayInput(forms.DateInput):
    """A day picker that also works as a plain text field, YYYY-MM-DD."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class Rows(forms.BaseFormSet):  # type: ignore[type-arg]
    """The rows of a table, as a formset of Django's factory has them, with `extra` blank ones at the end."""

    renderer = get_default_renderer()
    extra, min_num, max_num, absolute_max = 0, 0, 20, 60
    validate_min, validate_max = False, True
    can_order = can_delete = can_delete_extra = False


def tell(form: forms.BaseForm, error: ValidationError) -> None:
    """Put a service's errors where they belong: at their fields, the others above the form."""
    by_field: dict[str, Any] = error.update_error_dict({})
    for name, errors in by_field.items():
        form.add_error(name if name in form.fields else None, errors)


def tell_outcome(request: HttpRequest, form: forms.BaseForm) -> None:
    """Say that it is saved, or why not, on the page that is shown next."""
    for error in (message for found in form.errors.values() for message in found):
        messages.error(request, str(error))
    if not form.errors:
        messages.success(request, _("Saved."))


def helper_of(*fields: Any) -> FormHelper:
    """The template owns the form element and its buttons."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.layout = Layout(*fields)
    return helper
