"""What may be uploaded as a ledger: xlsx by the rules of all uploads, and CSV text."""

from __future__ import annotations

import zipfile
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.core.files import File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from adoptions.ledger.workbook import too_many_rows
from submissions.uploads import CheckedUpload, check_upload, clean_name, digest

LEDGER_KINDS = frozenset({"csv", "xlsx"})
MAX_BYTES = 30 * 1024 * 1024
#: Unpacked bytes of the tables of an honest ledger, with room to spare.
MAX_TABLES = 100 * 1024 * 1024


def check_ledger(file: File[bytes]) -> CheckedUpload:
    """Check one ledger file before anything opens it. Raises ValidationError with what to do instead."""
    name = clean_name(file.name or "")
    if file.size and file.size > MAX_BYTES:
        raise ValidationError(
            _("“%(name)s” is too large for a ledger: at most %(limit)s. Split it and import the parts.")
            % {"name": name, "limit": filesizeformat(MAX_BYTES)}
        )
    if PurePosixPath(name).suffix.lower() != ".csv":
        if _size_of_tables(file) > MAX_TABLES:
            raise ValidationError(too_many_rows())
        return check_upload(file, frozenset({"xlsx"}))
    if not file.size:
        raise ValidationError(_("“%(name)s” is empty: check the file and choose it again.") % {"name": name})
    return CheckedUpload(file=file, name=name, extension="csv", size=file.size, sha256=digest(file))


def _size_of_tables(file: File[bytes]) -> int:
    """Unpacked bytes of a workbook's tables; 0 for what is no workbook: `check_upload` says so."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError):
        return 0
    return sum(part.file_size for part in members if part.filename.startswith("xl/worksheets/"))
