"""A Word file that fills the form of an item."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Unit, User
from accounts.names import bearings
from paper.previewing import NoPreview, Reason, ask, on_disk
from submissions.forms.fields import MAX_BODY
from submissions.markup import words
from submissions.people import possible_authors
from submissions.uploads import CheckedUpload, check_upload, clean_name, is_locked
from submissions.wordfile.reading import WordText

#: How files begin that Word and WPS wrote before .docx, and those around one that is locked with a password.
_OLD: Final = b"\xd0\xcf\x11\xe0"
_OLD_ENDINGS: Final = frozenset({".doc", ".wps", ".rtf", ".dot", ".wpt", ".docm", ".odt"})


_REFUSED: Final[Mapping[Reason, Promise]] = {
    Reason.BROKEN: gettext_lazy(
        "“%(name)s” is damaged: open it in Word or WPS, save it again and choose that, or paste its text."
    ),
    Reason.LARGE: gettext_lazy(
        "“%(name)s” is too large or too intricate to be read: attach it under the files, and paste its text."
    ),
    Reason.BUSY: gettext_lazy("Too many files are being read: wait a minute, and choose “%(name)s” again."),
    Reason.MISSING: gettext_lazy("“%(name)s” did not arrive whole: choose it again."),
}


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
    beginning = upload.read(4)
    old = PurePosixPath(name).suffix.lower() in _OLD_ENDINGS or beginning == _OLD
    if old and not is_locked(upload, beginning):
        message = _("“%(name)s” is of an old kind: save it in Word or WPS as .docx, and choose that file.")
        raise ValidationError(message % {"name": name})
    source = check_upload(upload, frozenset({"docx"}))
    units = Unit.objects.under(user.office).prefetch_related("aliases")
    names = {borne.name for unit in units for borne in bearings(unit)}
    people = possible_authors(user, None).values_list("display_name", flat=True)
    try:
        with on_disk(upload) as path:
            asked = {"units": sorted(names), "people": sorted(people)}
            told, pictures = ask("submissions.inside.item", path=path, **asked)
    except NoPreview as error:
        raise ValidationError(_REFUSED[error.reason] % {"name": name}) from error
    text = WordText.from_json(told, pictures)
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
