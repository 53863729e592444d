"""Which texts a reviewer has had before them."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from reviews.models import Opened
from submissions.models import Item


def note_opened(*, item: Item, user: User, now: datetime) -> None:
    """Remember when the person first saw the item's current version on its decision page."""
    Opened.objects.bulk_create(
        [Opened(item=item, version=item.version, user=user, at=now)], ignore_conflicts=True
    )
