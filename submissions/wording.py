"""An item's state in plain words."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from submissions.enums import IN_REVIEW, Status
from submissions.models import Item


def waiting_days(item: Item, today: date) -> int | None:
    """The day of waiting for a reviewer, 1 on the day it arrived; None when no reviewer has it."""
    if item.status not in IN_REVIEW:
        return None
    return max((today - timezone.localdate(item.status_since)).days, 0) + 1


def status_in_words(item: Item, today: date) -> str:
    """Such as 在分管领导处 第2天, 综合科负责人退回, 已签发."""
    label = str(Status(item.status).label)
    days = waiting_days(item, today)
    return label if days is None else _("%(status)s, day %(days)s") % {"status": label, "days": days}
