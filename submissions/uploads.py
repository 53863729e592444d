"""What may be uploaded: an allow-list by extension and by content, checked before anything opens a file."""

from __future__ import annotations

import hashlib
import struct
import unicodedata
import uuid
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from kit.spelling import composed
from submissions.videos import picture_codec

#: Extension → how the content must begin (offset, bytes).
SIGNATURES: dict[str, tuple[int, tuple[bytes, ...]]] = {
    "docx": (0, (b"PK\x03\x04",)),
    "xlsx": (0, (b"PK\x03\x04",)),
    "pdf": (0, (b"%PDF-",)),
    "jpg": (0, (b"\xff\xd8\xff",)),
    "png": (0, (b"\x89PNG\r\n\x1a\n",)),
    "mp4": (4, (b"ftyp",)),
}
ALIASES = {"jpeg": "jpg"}
#: Videos of other kinds: only mp4 plays in every browser.
OTHER_VIDEOS = frozenset(
    {"mov", "avi", "wmv", "mkv", "webm", "flv", "m4v", "3gp", "mpg", "mpeg", "rmvb", "ts"}
)
#: A part every honest office document of the kind has.
OFFICE_PART = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
MAX_MEMBERS = 2_000
MAX_DIRECTORY = MAX_MEMBERS * 1024
ZIP64_LOCATOR_LENGTH = 20
MAX_UNPACKED = 200 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class CheckedUpload:
    """A file that passed the checks; `name` is for people, the stored name is ours."""

    file: File[bytes]
    name: str
    extension: str
    size: int
    sha256: str

    def stored_name(self, owner: int, folder: str = "items") -> str:
        return f"{folder}/{owner}/{uuid.uuid4().hex}.{self.extension}"


def check_upload(file: File[bytes], allowed: frozenset[str] = frozenset(SIGNATURES)) -> CheckedUpload:
    """Check one uploaded file. Raises ValidationError with what to do instead."""
    name = clean_name(file.name or "")
    extension = PurePosixPath(name).suffix.lower().lstrip(".")
    extension = ALIASES.get(extension, extension)
    shown = {"name": name, "allowed": "、".join(sorted(allowed))}
    if extension in OTHER_VIDEOS and "mp4" in allowed:
        raise ValidationError(
            _("“%(name)s” cannot be uploaded: save the video as mp4 (H.264) and choose that file.") % shown
        )
    if extension not in allowed:
        raise ValidationError(
            _("“%(name)s” cannot be uploaded: choose a file of the kinds %(allowed)s.") % shown
        )
    if not file.size:
        raise ValidationError(_("“%(name)s” is empty: check the file and choose it again.") % shown)
    if file.size > settings.ATTACHMENT_MAX_BYTES:
        limit = filesizeformat(settings.ATTACHMENT_MAX_BYTES)
        raise ValidationError(
            _("“%(name)s” is too large: at most %(limit)s a file.") % {"name": name, "limit": limit}
        )
    offset, beginnings = SIGNATURES[extension]
    file.seek(0)
    if not file.read(offset + 16)[offset:].startswith(beginnings):
        raise ValidationError(
            _("“%(name)s” is not what its ending says: open it and save it again as %(extension)s.")
            % {"name": name, "extension": extension}
        )
    if extension in OFFICE_PART:
        check_office_document(file, name, OFFICE_PART[extension])
    if extension == "mp4" and not picture_codec(file):
        raise ValidationError(
            _("“%(name)s” is not a whole video: check that it plays, and copy or save it as mp4 again.")
            % shown
        )
    return CheckedUpload(file=file, name=name, extension=extension, size=file.size, sha256=digest(file))


def check_office_document(file: File[bytes], name: str, part: str) -> None:
    """Look at the zip directory alone: no bombs, no macros, no paths that lead outside."""
    problem = _(
        "“%(name)s” cannot be read safely: open it, save it again without macros, and upload the new file."
    )
    if directory_size(file) > MAX_DIRECTORY:
        raise ValidationError(problem % {"name": name})
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError, struct.error) as error:
        raise ValidationError(problem % {"name": name}) from error
    names = [member.filename for member in members]
    hostile = (
        len(members) > MAX_MEMBERS
        or sum(member.file_size for member in members) > MAX_UNPACKED
        or part not in names
        or any(leads_outside(entry) for entry in names)
        or any(entry.lower().endswith("vbaproject.bin") for entry in names)
        or any((member.external_attr >> 16) & 0o170000 == 0o120000 for member in members)
    )
    if hostile:
        raise ValidationError(problem % {"name": name})


def directory_size(file: File[bytes]) -> int:
    """Bytes of the zip directory, read before `zipfile` would load it whole; more than allowed when the
    archive is none, or one of the large kind (zip64) that no office program writes."""
    end = 22
    file.seek(max(0, file.size - end - 0xFFFF - ZIP64_LOCATOR_LENGTH))
    tail = file.read()
    place = tail.rfind(b"PK\x05\x06")
    if place < 0 or len(tail) < place + end:
        return MAX_DIRECTORY + 1
    if tail[max(0, place - ZIP64_LOCATOR_LENGTH) : place].startswith(b"PK\x06\x07"):
        return MAX_DIRECTORY + 1
    size: int = struct.unpack_from("<L", tail, place + 12)[0]
    return size


def leads_outside(entry: str) -> bool:
    """Whether unpacking a member of this name would write outside the folder."""
    path = PurePosixPath(entry.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or entry[1:2] == ":"


def clean_name(name: str) -> str:
    """The last part of a file name, composed, without control and unseen characters, 150 at most."""
    last = composed(name).replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(char for char in last if unicodedata.category(char) != "Cc").strip(" .")
    stem, dot, extension = kept.rpartition(".")
    room = 149 - len(extension)
    return f"{stem[:room]}{dot}{extension}" if dot and room > 0 else kept[:150]


def digest(file: File[bytes]) -> str:
    """SHA-256 of a file's content; leaves the file at its start."""
    sha = hashlib.sha256()
    file.seek(0)
    for chunk in file.chunks():
        sha.update(chunk)
    file.seek(0)
    return sha.hexdigest()
