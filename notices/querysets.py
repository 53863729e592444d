"""Questions about notices."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import BooleanField, Case, Count, Max, Q, Value, When

if TYPE_CHECKING:
    from accounts.models import User
    from notices.models import Notice


class NoticeQuerySet(models.QuerySet["Notice"]):
    def of(self, user: User) -> NoticeQuerySet:
        return self.filter(recipient=user)

    def unread(self) -> NoticeQuerySet:
        return self.filter(read_at__isnull=True)

    def newest_first(self) -> NoticeQuerySet:
        return self.order_by("-created_at", "-pk")

    def subjects(self) -> models.QuerySet[Any, Any]:
        """One row a subject: `subject`, `newest` (time of its latest notice), `waiting` (whether one is
        unread). What waits comes first, then what is newer."""
        rows = self.values("subject").annotate(
            newest=Max("created_at"), unread=Count("pk", filter=Q(read_at__isnull=True))
        )
        waiting = Case(
            When(unread__gt=0, then=Value(True)), default=Value(False), output_field=BooleanField()
        )
        return rows.annotate(waiting=waiting).order_by("-waiting", "-newest", "subject")

    def owed_by_mail(self, since: datetime) -> NoticeQuerySet:
        """Notices younger than `since` of which an e-mail has yet to be sent, the oldest first."""
        return self.filter(mail_owed=True, created_at__gte=since).order_by("created_at", "pk")
