"""Which texts a reviewer has had before them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F

from accounts.models import User
from reviews.models import Opened
from submissions.models import Item


def note_opened(*, item: Item, user: User, now: datetime) -> None:
    """Remember when the person first saw the item's current version on its decision page."""
    Opened.objects.bulk_create(
        [Opened(item=item, version=item.version, user=user, at=now)], ignore_conflicts=True
    )


def opened(user: User, items: Iterable[Item]) -> set[int]:
    """Those of these items whose current version this person has had before them; one query."""
    rows = Opened.objects.filter(user=user, item__in=list(items), version=F("item__version"))
    return set(rows.values_list("item", flat=True))
