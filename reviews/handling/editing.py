"""What a reviewer changes in the text, as a version of their own."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from notices.enums import Kind
from notices.services import tell
from reviews.chain import road_of, step_for
from reviews.enums import Action
from reviews.models import Decision
from reviews.people import writers_of
from reviews.rules import acting_for, may_decide
from reviews.secrecy.services import tell_secrecy_reviewers
from reviews.steps.moving import lock_as_seen, move
from reviews.steps.telling import tell_of_change
from submissions.models import Item
from submissions.services.checking import findings_of
from submissions.services.filing import file_version
from submissions.services.revising import revise_text


@transaction.atomic
def edit_text(
    *,
    item: Item,
    by: User,
    source: str,
    version: int,
    title: str,
    html: str = "",
    body: str | None = None,
    comment: str = "",
    now: datetime,
) -> Decision | None:
    """Change title and text of an item that waits for `by`: a new version in their name, the clock runs on.

    The text is `html`, or plain words in `body`. Writing what stands already makes no version, voids no
    signature and returns None. A change is told to the writers and to those who signed the text before it;
    who makes it does not become a writer. Raises Overtaken or TextChanged when the item has moved on,
    IllegalStep or PermissionDenied when it does not wait for `by`.
    """
    item = lock_as_seen(item, source, version)
    step = step_for(road_of(item), source, Action.EDIT)
    if not may_decide(by, item, now):
        raise PermissionDenied(_("This step is not yours to take."))
    if not revise_text(item=item, title=title, html=html, body=body, now=now):
        return None
    edited = file_version(item=item, findings=findings_of(item), by=by, now=now)
    absent = acting_for(by, item, now)
    decision = move(item, step, by, edited, comment.strip(), acting_for=absent, read=version, now=now)
    tell_of_edit(item, decision, now)
    return decision


def tell_of_edit(item: Item, decision: Decision, now: datetime) -> None:
    """Tell the writers what became of their text, and the signers that it is another one."""
    number = decision.version.number
    text = _("%(name)s changed the text of “%(title)s” (version %(number)s).")
    tell(
        [person for person in writers_of(item, now) if person.pk != decision.by_id],
        kind=Kind.CHANGED,
        subject=f"item:{item.pk}",
        text=text % {"name": decision.by, "title": item, "number": number},
        about=item.number or "",
        link=reverse("submissions:version-detail", args=[item.pk, number]),
        key=f"edit:{decision.pk}",
        now=now,
    )
    tell_of_change(item, decision, now)
    tell_secrecy_reviewers(item, now)
