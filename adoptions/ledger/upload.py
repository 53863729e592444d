"""What may be uploaded as a ledger: workbooks of Excel and WPS, old and new, and CSV text.

Endings of ledgers are often wrong: a file is what its content says.
"""

from __future__ import annotations

import zipfile
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.core.files import File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from adoptions.ledger.workbook import too_many_rows
from submissions.uploads import OFFICE_PART, CheckedUpload, check_office_document, clean_name, digest

LEDGER_KINDS = frozenset({"csv", "xlsx", "xls", "et"})
MAX_BYTES = 30 * 1024 * 1024
#: Unpacked bytes of the tables of an honest ledger, with room to spare.
MAX_TABLES = 100 * 1024 * 1024
ZIP = b"PK\x03\x04"
#: Excel and WPS before 2007, and workbooks with a password.
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: Beginnings of pages and of XML tables that other systems export under the ending xls.
MARKUP = (b"<html", b"<!doctype", b"<?xml", b"<table", b"<head", b"<meta", b"mime-version")


def check_ledger(file: File[bytes]) -> CheckedUpload:
    """Check one ledger file before anything opens it. Raises ValidationError with what to do instead."""
    name = clean_name(file.name or "")
    shown = {"name": name, "limit": filesizeformat(MAX_BYTES), "allowed": "、".join(sorted(LEDGER_KINDS))}
    if PurePosixPath(name).suffix.lower().lstrip(".") not in LEDGER_KINDS:
        raise ValidationError(
            _("“%(name)s” cannot be uploaded: choose a file of the kinds %(allowed)s.") % shown
        )
    if not file.size:
        raise ValidationError(_("“%(name)s” is empty: check the file and choose it again.") % shown)
    if file.size > MAX_BYTES:
        raise ValidationError(
            _("“%(name)s” is too large for a ledger: at most %(limit)s. Split it and import the parts.")
            % shown
        )
    extension = _kind(file)
    if extension == "xlsx":
        check_office_document(file, name, OFFICE_PART["xlsx"])
        if _size_of_tables(file) > MAX_TABLES:
            raise ValidationError(too_many_rows())
    elif not extension:
        raise ValidationError(
            _("“%(name)s” is a web page under another ending: open it in Excel or WPS and save it as .xlsx.")
            % shown
        )
    return CheckedUpload(file=file, name=name, extension=extension, size=file.size, sha256=digest(file))


def _kind(file: File[bytes]) -> str:
    """What the content is: xlsx, xls, csv; "" for a page or for XML."""
    file.seek(0)
    beginning = file.read(512)
    if beginning.startswith(ZIP):
        return "xlsx"
    if beginning.startswith(COMPOUND):
        return "xls"
    plain = beginning.replace(b"\0", b"").lstrip(b"\xff\xfe\xef\xbb\xbf \t\r\n").lower()
    return "" if plain.startswith(MARKUP) else "csv"


def _size_of_tables(file: File[bytes]) -> int:
    """Unpacked bytes of a checked workbook's tables."""
    file.seek(0)
    with zipfile.ZipFile(file) as archive:
        return sum(
            part.file_size for part in archive.infolist() if part.filename.startswith("xl/worksheets/")
        )
