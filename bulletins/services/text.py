"""Words: of one bulletin's paragraphs, of the office's templates, and what the office prints around them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Unit, User
from accounts.services.audit import record
from accounts.services.lock import one_at_a_time
from bulletins.document.codec import digest, plain
from bulletins.document.rows import Letterhead
from bulletins.models import Bulletin, BulletinSettings, TextTemplate
from bulletins.rules import may_draft, may_edit
from bulletins.services.drafting import BulletinMoved, locked, note, redraft_since, refresh_bulletin
from bulletins.text.wording import SHIPPED
from bulletins.text.writing import edited, problems


class WordingFlawed(ValueError):
    """A wording has placeholders that do not exist, or brackets that do not match."""


@transaction.atomic
def edit_text(
    *, bulletin: Bulletin, words: Mapping[str, str | None], by: User, sha256: str, now: datetime
) -> Bulletin:
    """Put other words into paragraphs, by key; None takes an edit back, an empty text leaves one out.

    Whoever did cannot check the bulletin. Raises PermissionDenied, and BulletinMoved when it is not the draft
    that was read or has no such paragraph.
    """
    bulletin = locked(bulletin)
    if bulletin.status not in Bulletin.FOLLOWING or bulletin.sha256 != sha256:
        raise BulletinMoved
    if not may_edit(by, bulletin):
        raise PermissionDenied(_("Only an office administrator edits a bulletin's text."))
    document = bulletin.content
    text = document.text
    for key, changed in words.items():
        try:
            text = edited(text, key, changed)
        except KeyError as error:
            raise BulletinMoved from error
    if text == document.text:
        return bulletin
    bulletin.document = replace(document, text=text).to_json()
    bulletin.sha256 = digest(bulletin.document)
    bulletin.edited_by, bulletin.edited_at = by, now
    bulletin.save(update_fields=["document", "sha256", "edited_by", "edited_at"])
    bulletin.editors.add(by)
    note(bulletin, "bulletin.edit", by, now, paragraphs=sorted(words))
    return bulletin


@transaction.atomic
def save_template(*, office: Unit, section: str, wording: str, by: User, now: datetime) -> None:
    """Word a section of the office's bulletins; drafts are worded anew, what people wrote into them stays.

    The wording that holds already is not added again. Raises PermissionDenied, WordingFlawed, and KeyError
    for an unknown section.
    """
    one_at_a_time(office)
    if not may_draft(by):
        raise PermissionDenied(_("Only an office administrator words the bulletins."))
    wording = "\n".join(line.strip() for line in wording.strip().splitlines())
    if problems(wording):
        raise WordingFlawed
    templates = TextTemplate.objects.of_office(office)
    if wording == templates.current(office).get(section, SHIPPED[section]):
        return
    version = templates.filter(section=section).count() + 1
    template = TextTemplate.objects.create(
        office=office, section=section, version=version, wording=wording, created_by=by, created_at=now
    )
    detail = {"section": section, "version": version}
    record(actor=by, action="bulletin.wording", target=template, office=office, now=now, detail=detail)
    _redraft(office, now)


@transaction.atomic
def save_settings(
    *, office: Unit, letterhead: Letterhead, revision: int, by: User, now: datetime
) -> BulletinSettings:
    """What the office prints around figures and text; `revision` is the one that the form showed.

    Raises PermissionDenied, and BulletinMoved when somebody else has saved since.
    """
    one_at_a_time(office)
    if not may_draft(by):
        raise PermissionDenied(_("Only an office administrator changes what bulletins are printed with."))
    settings, _new = BulletinSettings.objects.get_or_create(office=office)
    if settings.revision != revision:
        raise BulletinMoved
    changed = plain(letterhead)
    for name, value in changed.items():
        setattr(settings, name, value)
    settings.revision, settings.changed_by, settings.changed_at = revision + 1, by, now
    settings.save()
    record(actor=by, action="bulletin.settings", target=settings, office=office, now=now, detail=changed)
    _redraft(office, now)
    return settings


def _redraft(office: Unit, now: datetime) -> None:
    redraft_since(office=office, since=None, now=now)
    for draft in Bulletin.objects.of_office(office).drafts().select_related("office"):
        refresh_bulletin(bulletin=draft, now=now)
