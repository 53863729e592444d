"""A Word file that came with the form of an item: taken over, and told about in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from django.contrib import messages
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.reader import reader_of
from submissions.forms.word import WordFile
from submissions.markup import words
from submissions.models import Item
from submissions.services.word import Taken, take_word
from submissions.uploads import CheckedUpload
from submissions.videos import PLAYED_EVERYWHERE, picture_codec
from submissions.wordfile.blocks import Missed

_MISSED: Final[dict[Missed, Promise]] = {
    Missed.TRACKED: gettext_lazy("Tracked changes were taken over as if accepted."),
    Missed.COMMENTS: gettext_lazy("Comments in the margin were left out."),
    Missed.TEXT_BOX: gettext_lazy("Text boxes stand as paragraphs where they were: check their place."),
    Missed.FORMULA: gettext_lazy("Formulas were taken over as plain signs: check them."),
    Missed.OBJECT: gettext_lazy(
        "Charts, diagrams and embedded objects were left out; they are in the attached file."
    ),
    Missed.HEADERS: gettext_lazy("Headers and footers were left out; they are in the attached file."),
    Missed.READINGS: gettext_lazy("Readings above characters were left out."),
    Missed.SIGN: gettext_lazy("Signs of a picture font were left out: look where the text lacks one."),
    Missed.CHUNK: gettext_lazy(
        "A file inserted into the text was taken over: check its paragraphs and tables."
    ),
}
#: So many pieces that were left out are shown, and so many of their characters.
_MOST_LEFT: Final = 8
_LONGEST: Final = 40


def take_word_file(request: HttpRequest, *, item: Item, file: WordFile, replace: bool, now: datetime) -> Item:
    """Take a file over, leave messages about it, and give the item as it is now. Raises like `take_word`."""
    taken = take_word(
        item=item, word=file.text, files=file.files, replace=replace, by=reader_of(request), now=now
    )
    messages.success(request, told(file, taken))
    for line in warnings(file, taken):
        messages.warning(request, line)
    return Item.objects.select_related("unit", "submitter", "office").get(pk=item.pk)


def told(file: WordFile, taken: Taken) -> str:
    """What was taken over."""
    name, pictures = file.files[0].name, len(file.files) - 1
    if not taken.text:
        return _("“%(name)s” is attached. The text of the item stays as it is.") % {"name": name}
    parts = [_("title")] if taken.title else []
    if taken.authors:
        parts.append(_("authors (%(names)s)") % {"names": "、".join(taken.authors)})
    length = sum(not char.isspace() for char in words(file.text.html))
    parts.append(
        ngettext("a text of %(count)s character", "a text of %(count)s characters", length)
        % {"count": length}
    )
    if pictures:
        parts.append(
            ngettext("%(count)s picture as a file", "%(count)s pictures as files", pictures)
            % {"count": pictures}
        )
    shown = {"name": name, "parts": "、".join(parts)}
    return _("Taken over from “%(name)s”: %(parts)s. The Word file itself is attached.") % shown


def warnings(file: WordFile, taken: Taken) -> Iterator[str]:
    """What was not taken over, and what to look at."""
    if not taken.text:
        return
    if not file.text.title:
        yield _("No title was found in the file: write it.")
    if not file.text.authors:
        yield _("No line of authors was found in the file: check the authors below.")
    elif not taken.authors:
        names = "、".join(file.text.authors)
        yield _("The file names %(names)s as authors; the item has others already: check them.") % {
            "names": names
        }
    if taken.ambiguous:
        names = "、".join(taken.ambiguous)
        yield _("Several people are called %(names)s: choose the right one under the authors.") % {
            "names": names
        }
    yield from (str(_MISSED[missed]) for missed in _MISSED if missed in file.text.missed)
    if file.text.left_out:
        shown = [words[:_LONGEST] + ("…" if len(words) > _LONGEST else "") for words in file.text.left_out]
        more = "…" if len(shown) > _MOST_LEFT else ""
        left = "；".join(f"“{words}”" for words in shown[:_MOST_LEFT]) + more
        yield _("This was not taken over: %(left)s. Look for it in the file, and add it to the text.") % {
            "left": left
        }
    if file.other_pictures:
        names = "、".join(file.other_pictures)
        yield _("These pictures could not be taken out: %(names)s. Save them as JPG or PNG and add them.") % {
            "names": names
        }


def warn_of_video(request: HttpRequest, upload: CheckedUpload) -> None:
    """Tell the writer of a video that others may have to download."""
    if upload.extension == "mp4" and picture_codec(upload.file) not in PLAYED_EVERYWHERE:
        message = _(
            "“%(name)s” is attached, but many browsers cannot play it (it is coded as %(codec)s): whoever "
            "reads the item may have to download it. If you can, save it as mp4 in H.264 and attach that."
        )
        codec = picture_codec(upload.file).decode("ascii", "replace")
        messages.warning(request, message % {"name": upload.name, "codec": codec})
