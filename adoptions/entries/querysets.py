"""Questions about adoptions and events alike."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models


class EntryQuerySet[E: models.Model](models.QuerySet[E]):
    def standing(self) -> Self:
        """Those that were not revoked."""
        return self.filter(revoked_at__isnull=True)

    def revoked(self) -> Self:
        return self.filter(revoked_at__isnull=False)

    def between(self, first: date, end: date) -> Self:
        """Dated from `first` until the day before `end`."""
        return self.filter(date__gte=first, date__lt=end)
