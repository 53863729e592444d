"""What may be uploaded: an allow-list by extension and by content, checked before anything opens a file."""

from __future__ import annotations

import hashlib
import re
import struct
import unicodedata
import uuid
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.base import ContentFile
from django.template.defaultfilters import filesizeformat
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kit.spelling import composed
from paper import previewing
from paper.previewing import NoPreview, Reason
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
#: Photos of telephones that few programs open: their endings, and how they begin.
PHONE_PICTURES = frozenset({"heic", "heif", "hif"})
PHONE_BEGINNINGS = frozenset({b"ftypheic", b"ftypheix", b"ftyphevc", b"ftypmif1", b"ftypmsf1", b"ftypheif"})
PICTURES = frozenset({"jpg", "png"})
#: A part every honest office document of the kind has; Word on the web numbers it.
OFFICE_PART = {"docx": r"word/document\d*\.xml", "xlsx": r"xl/workbook\d*\.xml"}
#: What opens a file of the kind, in a child process, to see whether it is whole.
_READERS: Final = {
    **dict.fromkeys(("jpg", "png"), "submissions.whole.picture"),
    **dict.fromkeys(OFFICE_PART, "submissions.whole.office"),
    "pdf": "submissions.whole.pdf",
}
_BROKEN: Final = gettext_lazy(
    "“%(name)s” is damaged: open it, save or export it again, and choose that file."
)
_BROKEN_PICTURE: Final = gettext_lazy(
    "“%(name)s” is not a whole picture: copy it from the camera or telephone again, and check that it opens."
)
_UNSOUND: Final[Mapping[Reason, Promise]] = {
    Reason.ENCRYPTED: gettext_lazy(
        "“%(name)s” is locked with a password: save it without one, and choose that."
    ),
    Reason.LARGE: gettext_lazy(
        "“%(name)s” is too large or too intricate to be opened here: make it smaller, or split it."
    ),
    Reason.HOSTILE: gettext_lazy(
        "“%(name)s” cannot be read safely: open it in Word, Excel or WPS, save it again, and choose that."
    ),
    Reason.BUSY: gettext_lazy("Too many files are being opened: wait a minute, and choose “%(name)s” again."),
}
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
    """Check one uploaded file; of pictures what the camera wrote into them is taken out.

    Raises ValidationError with what to do instead.
    """
    name, extension = check_kind(file, allowed)
    reader = _READERS.get(extension)
    if reader:
        try:
            with previewing.on_disk(file) as path:
                _answer, content = previewing.ask(reader, path=path)
        except NoPreview as error:
            messages = _BROKEN_PICTURE if extension in PICTURES else _BROKEN
            message = messages if error.reason is Reason.BROKEN else _UNSOUND.get(error.reason, messages)
            raise ValidationError(message % {"name": name}) from error
        if content and hashlib.sha256(content).hexdigest() != digest(file):
            file = ContentFile(content, file.name)
    return CheckedUpload(file=file, name=name, extension=extension, size=file.size, sha256=digest(file))


def check_kind(file: File[bytes], allowed: frozenset[str]) -> tuple[str, str]:
    """The name and the kind of an upload, from its outside alone. Raises ValidationError."""
    name = clean_name(file.name or "")
    extension = PurePosixPath(name).suffix.lower().lstrip(".")
    extension = ALIASES.get(extension, extension)
    shown = {"name": name, "allowed": "、".join(sorted(allowed)), "extension": extension}
    file.seek(0)
    beginning = file.read(32)
    if "jpg" in allowed and (extension in PHONE_PICTURES or beginning[4:12] in PHONE_BEGINNINGS):
        raise ValidationError(
            _(
                "“%(name)s” is a HEIC photo, which most computers here cannot open: save it as JPG (on the "
                "iPhone: Settings, Camera, Formats, Most Compatible; or save it as JPG in a "
                "picture viewer)."
            )
            % shown
        )
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
    if extension in OFFICE_PART and is_locked(file, beginning):
        raise ValidationError(_UNSOUND[Reason.ENCRYPTED] % shown)
    offset, beginnings = SIGNATURES[extension]
    if not beginning[offset:].startswith(beginnings):
        raise ValidationError(
            _("“%(name)s” is not what its ending says: open it and save it again as %(extension)s.") % shown
        )
    if extension in OFFICE_PART:
        check_office_document(file, name, OFFICE_PART[extension])
    if extension == "mp4" and not picture_codec(file):
        raise ValidationError(
            _("“%(name)s” is not a whole video: check that it plays, and copy or save it as mp4 again.")
            % shown
        )
    file.seek(0)
    return name, extension


def is_locked(file: File[bytes], beginning: bytes) -> bool:
    """Whether an office file is locked with a password: then it is a file of the old kind around it."""
    if not beginning.startswith(b"\xd0\xcf\x11\xe0"):
        return False
    file.seek(0)
    return "EncryptedPackage".encode("utf-16-le") in file.read(MAX_DIRECTORY)


def check_office_document(file: File[bytes], name: str, part: str) -> None:
    """Look at the zip directory alone: no bombs, no macros, no paths that lead outside."""
    shown = {"name": name}
    if directory_size(file) > MAX_DIRECTORY:
        raise ValidationError(_BROKEN % shown)
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError, struct.error) as error:
        raise ValidationError(_BROKEN % shown) from error
    names = [member.filename for member in members]
    if any(member.flag_bits & 1 for member in members):
        raise ValidationError(_UNSOUND[Reason.ENCRYPTED] % shown)
    if any(entry.lower().endswith("vbaproject.bin") for entry in names):
        raise ValidationError(
            _("“%(name)s” has macros: open it, save it again as a file without macros, and choose that.")
            % shown
        )
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
        raise ValidationError(_UNSOUND[Reason.LARGE] % shown)
    if not any(re.fullmatch(part, entry, re.IGNORECASE) for entry in names):
        raise ValidationError(
            _("“%(name)s” is not what its ending says: open it, save it again, and choose that.") % shown
        )
    if any(leads_outside(entry) for entry in names) or any(
        (member.external_attr >> 16) & 0o170000 == 0o120000 for member in members
    ):
        raise ValidationError(_UNSOUND[Reason.HOSTILE] % shown)


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
