"""Taking a Word file over into a draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from submissions.markup import from_words
from submissions.models import Item
from submissions.people import AmbiguousName, NameBook
from submissions.services.checking import findings_in_file
from submissions.services.drafts import Author, attach_scanned, lock_for_writing, save_draft
from submissions.uploads import CheckedUpload
from submissions.wordfile.reading import WordText


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of the parts of a file; `ambiguous` are names that several people have."""

    text: bool
    title: bool
    authors: Sequence[str]
    ambiguous: Sequence[str]


def take_word(
    *, item: Item, word: WordText, files: Sequence[CheckedUpload], replace: bool, by: User, now: datetime
) -> Taken:
    """Put the text of a Word file into a draft without a body, or in place of its text; attach `files`.

    A title that stands already is replaced with the text only; authors are taken over while the draft names
    nobody but its writer, a checker while it names none. Raises ItemLocked, and OSError when the disk
    refuses a file: then nothing is taken over.
    """
    found = [findings_in_file(upload.file, upload.name, upload.extension) for upload in files]
    with transaction.atomic():
        item = lock_for_writing(item)
        takes_text = replace or not item.body
        takes_title = takes_text and bool(word.title) and (replace or not item.title)
        authors, ambiguous = _authors(item, by, word.authors) if takes_text else ([], [])
        if takes_text:
            before = "" if takes_title else from_words(word.title)
            fields: dict[str, Any] = {"html": before + word.html}
            if takes_title:
                fields["title"] = word.title
            if word.checker and not item.checker:
                fields["checker"] = word.checker
            save_draft(item=item, by=by, fields=fields, authors=authors or None, now=now)
        for upload, findings in zip(files, found, strict=True):
            attach_scanned(item=item, upload=upload, found=findings, by=by, now=now)
    return Taken(takes_text, takes_title, [author.name for author in authors], ambiguous)


def _authors(item: Item, by: User, names: Sequence[str]) -> tuple[list[Author], list[str]]:
    """The authors a file names, known people with their accounts; none when the draft has its own. A name
    that several people have stays a name."""
    present = list(item.authorships.all())
    if len(present) > 1 or any(authorship.user_id != item.submitter_id for authorship in present):
        return [], []
    book = NameBook(by, item, names)
    authors, ambiguous = [], []
    for name in names:
        try:
            user = book.find(name)
        except AmbiguousName:
            user = None
            ambiguous.append(name)
        authors.append(Author(name=user.display_name if user else name, share=1, user=user))
    return authors, ambiguous
