"""A Word file that fills the form of an item."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from accounts.models import Unit, User
from accounts.names import bearings
from submissions.forms.fields import MAX_BODY
from submissions.markup import words
from submissions.people import possible_authors
from submissions.uploads import CheckedUpload, check_upload, clean_name
from submissions.wordfile.package import UnreadableWord
from submissions.wordfile.reading import WordText, read_word

#: How files begin that Word and WPS wrote before .docx, and those that are locked with a password.
_OLD: Final = b"\xd0\xcf\x11\xe0"
_OLD_ENDINGS: Final = frozenset({".doc", ".wps", ".rtf", ".dot", ".wpt", ".docm", ".odt"})


@dataclass(frozen=True, slots=True)
class WordFile:
    """A Word file that was read; `files` are itself and its pictures, checked, to be attached.

    `other_pictures` are names of those that cannot be.
    """

    text: WordText
    files: list[CheckedUpload]
    other_pictures: list[str]


def word_file(upload: UploadedFile[bytes], user: User) -> WordFile:
    """Check and read a Word file. Raises ValidationError with what to do instead."""
    name = clean_name(upload.name or "")
    upload.seek(0)
    if PurePosixPath(name).suffix.lower() in _OLD_ENDINGS or upload.read(4) == _OLD:
        message = _(
            "“%(name)s” is of an old kind, or locked with a password: save it in Word or WPS as .docx "
            "without a password, and choose that file."
        )
        raise ValidationError(message % {"name": name})
    source = check_upload(upload, frozenset({"docx"}))
    units = Unit.objects.under(user.office).prefetch_related("aliases")
    names = {borne.name for unit in units for borne in bearings(unit)}
    people = possible_authors(user, None).values_list("display_name", flat=True)
    try:
        text = read_word(upload, names, set(people))
    except UnreadableWord as error:
        message = _(
            "“%(name)s” is damaged or too large to be read: save it again in Word or WPS, or paste its text."
        )
        raise ValidationError(message % {"name": name}) from error
    if text.is_official:
        message = _(
            "“%(name)s” looks like an official document with a document number. Official documents must not "
            "be put into this system, which is not for secrets: write the item as a text of its own."
        )
        raise ValidationError(message % {"name": name})
    if len(words(text.html)) > MAX_BODY:
        message = _("The text of “%(name)s” is too long: at most %(most)s characters.")
        raise ValidationError(message % {"name": name, "most": MAX_BODY})
    files, others = [source], list(text.other_pictures)
    for picture in text.pictures:
        try:
            files.append(check_upload(ContentFile(picture.content, picture.name), frozenset({"jpg", "png"})))
        except ValidationError:
            others.append(picture.name)
    upload.seek(0)
    return WordFile(text, files, others)
