"""Changes that reviewers make to the text and the authors of an item they have before them."""

from __future__ import annotations

from datetime import datetime

from kit.spelling import composed
from submissions.models import Authorship, Item
from submissions.search import searchable
from submissions.services.drafts import both_forms
from submissions.similarity import fingerprints


def revise_text(*, item: Item, title: str, html: str = "", body: str | None = None, now: datetime) -> bool:
    """Set title and text, given as HTML or as plain words, of an item whose row the caller holds locked.

    Returns whether that changed anything; writing what stands already does not.
    """
    if body is not None:
        body = composed(body).rstrip().lstrip("\n")
    wanted = {"title": searchable(title)} | both_forms(item, html=html, body=body)
    if all(getattr(item, name) == value for name, value in wanted.items()):
        return False
    for name, value in wanted.items():
        setattr(item, name, value)
    item.changed_at = now
    item.fingerprints = fingerprints(f"{item.title}\n{item.body}")
    item.save(update_fields=[*wanted, "changed_at", "fingerprints"])
    return True


def add_authors_of(*, item: Item, other: Item, now: datetime) -> None:
    """Append the authors of `other` with their parts; whoever wrote both has the parts of both."""
    known = {(author.name, author.user_id): author for author in item.authorships.all()}
    place = max((author.position for author in known.values()), default=-1) + 1
    for part in other.authorships.order_by("position"):
        same = known.get((part.name, part.user_id))
        if same:
            same.share = min(same.share + part.share, 100)
            same.save(update_fields=["share"])
            continue
        Authorship.objects.create(item=item, user=part.user, name=part.name, share=part.share, position=place)
        place += 1
    item.changed_at = now
    item.save(update_fields=["changed_at"])
