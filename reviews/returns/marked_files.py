"""What may be added to a decision as a marked-up file."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from submissions.checks.findings import Severity
from submissions.models import Item
from submissions.services.checking import findings_in_file
from submissions.uploads import CheckedUpload, check_upload


def check_marked(files: list[UploadedFile[bytes]], item: Item) -> list[CheckedUpload]:
    """Files that a reviewer adds to a decision, checked as attachments are. A place that looks like a secret
    is refused, unless the checks found it in the item as well, where somebody answers for it.

    Raises ValidationError with what to do.
    """
    known = {finding["found"] for finding in item.versions.get(number=item.version).findings}
    checked = []
    for file in files:
        upload = check_upload(file)
        found = [
            each.found
            for each in findings_in_file(upload.file, upload.name, upload.extension)
            if each.severity is Severity.STATEMENT and each.found and each.found not in known
        ]
        if found:
            shown = {"name": upload.name, "places": "、".join(dict.fromkeys(found))}
            raise ValidationError(
                _("“%(name)s” holds what looks like a secret (%(places)s): take it out first.") % shown
            )
        checked.append(upload)
    return checked
