"""What may be uploaded as a ledger: xlsx by the rules of all uploads, and CSV text."""

from __future__ import annotations

from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.core.files import File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from submissions.uploads import CheckedUpload, check_upload, clean_name, digest

LEDGER_KINDS = frozenset({"csv", "xlsx"})
MAX_BYTES = 30 * 1024 * 1024


def check_ledger(file: File[bytes]) -> CheckedUpload:
    """Check one ledger file before anything opens it. Raises ValidationError with what to do instead."""
    name = clean_name(file.name or "")
    if file.size and file.size > MAX_BYTES:
        raise ValidationError(
            _("“%(name)s” is too large for a ledger: at most %(limit)s. Split it and import the parts.")
            % {"name": name, "limit": filesizeformat(MAX_BYTES)}
        )
    if PurePosixPath(name).suffix.lower() != ".csv":
        return check_upload(file, frozenset({"xlsx"}))
    if not file.size:
        raise ValidationError(_("“%(name)s” is empty: check the file and choose it again.") % {"name": name})
    return CheckedUpload(file=file, name=name, extension="csv", size=file.size, sha256=digest(file))
