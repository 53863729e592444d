"""What the forms of adoptions and of events ask alike: the proof, and why one corrects or revokes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from adoptions.entries.services import Facts
from adoptions.models import Adoption, Event
from kit.forms import tell
from submissions.forms.fields import LineField
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


class EntryForm(forms.Form):
    """The proof of an entry; a correction also gives the reason, and what it had read."""

    proof = ProofField()
    drop_proof = forms.BooleanField(label=gettext_lazy("Remove the proof file"), required=False)
    reason = LineField(label=gettext_lazy("Reason for the correction"), max_length=200)
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def fit(self, entry: Adoption | Event | None) -> None:
        """Ask only what there is to ask of this entry, or of a new one."""
        self.fields["proof"].help_text = _proof_hint(entry.proof_name if entry else "")
        if entry is None:
            del self.fields["reason"], self.fields["revision"]
        else:
            self.initial["revision"] = entry.revision
        if entry is None or not entry.proof_file:
            del self.fields["drop_proof"]

    def facts(self) -> Facts[Any]:
        """What a valid form says."""
        raise NotImplementedError

    def correction(self) -> dict[str, Any]:
        """What a valid correction says, as `edit_entry` takes it."""
        asked = ("proof", "drop_proof", "reason", "revision")
        told = {name: self.cleaned_data[name] for name in asked if name in self.fields}
        return {"facts": self.facts(), **told}

    def refuse(self, error: ValidationError) -> None:
        """Show what a service found wrong."""
        tell(self, error)


class RevokeForm(forms.Form):
    reason = LineField(label=gettext_lazy("Reason for revoking"), max_length=200)
    revision = forms.IntegerField(widget=forms.HiddenInput)


def _proof_hint(stored_name: str) -> str:
    """What to say below a proof field, given the name of the file that is there already."""
    if stored_name:
        return _("A new file takes the place of “%(name)s”.") % {"name": stored_name}
    limit = filesizeformat(settings.ATTACHMENT_MAX_BYTES)
    return _("%(kinds)s; at most %(limit)s.") % {"kinds": "、".join(sorted(PROOF_KINDS)), "limit": limit}
