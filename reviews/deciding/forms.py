"""The form of the decision page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from kit.forms import helper_of
from reviews.chain import LEVELS
from reviews.checklists import choices
from reviews.enums import APPROVING, RETURNING, SIGNING, Action
from reviews.models import Decision
from reviews.returns.forms import PointFormSet
from reviews.returns.marked_files import check_marked
from reviews.steps.forms import SeenForm
from submissions.forms.fields import FilesField
from submissions.models import Item
from submissions.uploads import CheckedUpload


class DecisionForm(SeenForm):
    """通过 / 签发 / 退回修改; each button sends its `action`, and a return names the level it goes to."""

    action = forms.ChoiceField(
        choices=[(action.value, action.label) for action in Action if action in SIGNING],
        widget=forms.HiddenInput,
    )
    comment = forms.CharField(
        label=_("Comment"),
        max_length=Decision._meta.get_field("comment").max_length,
        required=False,
        widget=forms.Textarea(attrs={"rows": 1}),
    )

    checked = forms.MultipleChoiceField(
        label=_("I have looked at"), required=False, widget=forms.CheckboxSelectMultiple
    )
    marked = FilesField(
        label=_("Marked-up files"),
        required=False,
        help_text=_("For example the text with your corrections; whoever reads the item can download them."),
    )
    #: Empty: to the writers.
    to = forms.ChoiceField(
        label=_("Return to"), required=False, choices=[("", ""), *((level, level) for level in LEVELS)]
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        files: MultiValueDict[str, UploadedFile[bytes]] | None = None,
        *,
        item: Item,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, files, **kwargs)
        self.item = item
        asked = data is not None and "points-TOTAL_FORMS" in data
        self.points = PointFormSet(data if asked else None)
        self.fields["checked"].choices = choices(self["source"].value() or "")  # type: ignore[attr-defined]
        self.helper = helper_of("source", "version", "comment")

    def clean_checked(self) -> list[str]:
        """Whoever approves has looked at every point; whoever returns need not have."""
        ticked: list[str] = self.cleaned_data["checked"]
        missing = [words for code, words in choices(self["source"].value() or "") if code not in ticked]
        if missing and self.data.get("action") in APPROVING:
            raise ValidationError(
                _("Look at this too, and tick it: %(points)s.") % {"points": "；".join(missing)}
            )
        return ticked

    def clean_marked(self) -> list[CheckedUpload]:
        return check_marked(self.cleaned_data["marked"], self.item)

    def clean(self) -> dict[str, Any]:
        """What is asked for in points goes with a return; a return to a level is sent back there."""
        cleaned = super().clean() or self.cleaned_data
        if self.points.is_bound and not self.points.is_valid():
            raise ValidationError(_("Some points to revise are not filled in properly."))
        cleaned["points"] = self.points.points if self.points.is_bound else []
        if not self.returns:
            if cleaned["points"]:
                raise ValidationError(_("You have written points to revise: return the item, or empty them."))
        elif cleaned.get("to"):
            cleaned["action"] = Action.SEND_BACK
        if self.returns and not (cleaned["points"] or cleaned.get("comment") or "comment" in self.errors):
            self.add_error("comment", _("Say what has to be revised, in a point or in a comment."))
        return cleaned

    @property
    def returning(self) -> bool:
        """Whether what to revise is in question: the item is to be returned, or something is filled in."""
        if not self.is_bound:
            return False
        return self.returns or bool(self.files) or (self.points.is_bound and self.points.has_changed())

    @property
    def returns(self) -> bool:
        """Whether the button that was pressed returns the item."""
        return self.data.get("action") in RETURNING
