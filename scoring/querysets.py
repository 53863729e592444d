"""Questions about scoring schemes and their drafts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from accounts.enums import OFFICE_WIDE
from accounts.querysets import grants_today

if TYPE_CHECKING:
    from accounts.models import Unit, User
    from scoring.models import SchemeDraft, SchemeVersion


class SchemeVersionQuerySet(models.QuerySet["SchemeVersion"]):
    def of_office(self, office: Unit) -> SchemeVersionQuerySet:
        return self.filter(office=office)

    def newest_first(self) -> SchemeVersionQuerySet:
        return self.order_by("-effective_from")


class SchemeDraftQuerySet(models.QuerySet["SchemeDraft"]):
    def visible_to(self, user: User) -> SchemeDraftQuerySet:
        """Drafts of the own office, for whoever works for the whole of it; nobody else reads them."""
        if not any(grant.role in OFFICE_WIDE for grant in grants_today(user)):
            return self.none()
        return self.filter(office=user.office)

    def proposed(self) -> SchemeDraftQuerySet:
        """Those that wait for a second person."""
        return self.filter(effective_from__isnull=False)

    def newest_first(self) -> SchemeDraftQuerySet:
        return self.order_by("-changed_at", "-pk")
