"""Files in which a reviewer marked what they mean: what may be added to a decision, and keeping it."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from reviews.models import Decision, MarkedFile
from submissions.checks.findings import Reason, Severity
from submissions.models import Item
from submissions.services.checking import findings_in_file
from submissions.uploads import CheckedUpload, check_upload


def check_marked(files: list[UploadedFile[bytes]], item: Item) -> list[CheckedUpload]:
    """Files that a reviewer adds to a decision, checked as attachments are. A place that looks like a secret
    is refused, unless the checks found it in the item as well, where somebody answers for it; so is a file
    that could not be checked whole.

    Raises ValidationError with what to do.
    """
    known = {finding["found"] for finding in item.versions.get(number=item.version).findings}
    checked = []
    for file in files:
        upload = check_upload(file)
        places = [
            each
            for each in findings_in_file(upload.file, upload.name, upload.extension)
            if each.severity is Severity.STATEMENT
        ]
        for each in places:
            if each.reason is Reason.UNREADABLE:
                raise ValidationError(
                    _("“%(name)s” could not be checked whole. %(note)s")
                    % {"name": upload.name, "note": each.note}
                )
        found = [each.found for each in places if each.found not in known]
        if found:
            shown = {"name": upload.name, "places": "、".join(dict.fromkeys(found))}
            raise ValidationError(
                _("“%(name)s” holds what looks like a secret (%(places)s): take it out first.") % shown
            )
        checked.append(upload)
    return checked


def keep_marked(decision: Decision, uploads: Sequence[CheckedUpload]) -> list[MarkedFile]:
    """Store the files of a decision; one that the disk refuses leaves none of them behind."""
    kept: list[MarkedFile] = []
    try:
        for upload in uploads:
            marked = MarkedFile(decision=decision, name=upload.name, size=upload.size, sha256=upload.sha256)
            kept.append(marked)
            marked.file.save(upload.stored_name(decision.item_id, "marked"), upload.file, save=False)
            marked.save()
    except Exception:
        for marked in kept:
            if marked.file:
                marked.file.delete(save=False)
        raise
    return kept
