"""The facts that adoptions and events have in common. The tables themselves stand in `adoptions.models`."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

#: A revoked entry has its reason, a standing one has none.
REVOKED_WITH_REASON = Q(revoked_at__isnull=True, revoke_reason="") | Q(
    Q(revoked_at__isnull=False), ~Q(revoke_reason="")
)


class Entry(models.Model):
    """What an office administrator registers, with its proof. It may be corrected, and revoked with a reason;
    nothing is ever deleted."""

    link = models.URLField(_("link"), max_length=500, blank=True)
    proof_file = models.FileField(_("proof"), max_length=200, blank=True)
    proof_name = models.CharField(max_length=150, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    registered_at = models.DateTimeField(_("registered at"))
    revision = models.PositiveIntegerField(default=1)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    revoke_reason = models.CharField(_("reason for revoking"), max_length=200, blank=True)

    class Meta:
        abstract = True


class Change(models.Model):
    """An entry as it stood before an edit, with the reason for changing it."""

    before: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    reason = models.CharField(_("reason for the change"), max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta:
        abstract = True
