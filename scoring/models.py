"""Scoring schemes (计分办法): the versions in force, and drafts that are being written."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from scoring.querysets import SchemeDraftQuerySet, SchemeVersionQuerySet


class SchemeVersion(models.Model):
    """A scoring scheme (计分办法) of an office, in force from a day until the next version's.

    `rules` is the JSON that `parse_scheme` reads. Versions are added, never changed: when a unit or an outlet
    is renamed, `meant` keeps whom a name in the rules means, as {"units": {name: [ids]}, "outlets": …}.
    """

    office = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="schemes")
    version = models.PositiveIntegerField(_("version"))
    name = models.CharField(_("scheme"), max_length=80)
    effective_from = models.DateField(_("in force from"))
    rules: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    meant: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    note = models.CharField(_("note"), max_length=200, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(_("added at"))
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = SchemeVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("office", "version", name="scheme_version_once"),
            models.UniqueConstraint("office", "effective_from", name="one_scheme_begins_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.name} v{self.version}"


class SchemeDraft(models.Model):
    """A scoring scheme that is being written: it counts for nothing until it becomes a version.

    `rules` may be flawed; every save raises `revision`. A proposal names the day from which the scheme is
    to hold, keeps in `meant` whom its names mean, and waits for a second person; editing the rules takes it
    back.
    """

    office = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="scheme_drafts")
    name = models.CharField(_("scheme"), max_length=80)
    rules: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    meant: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    based_on = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT, null=True, related_name="+")
    basis = models.CharField(max_length=120, blank=True, help_text="shipped scheme or file it began with")
    revision = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(_("changed at"))
    effective_from = models.DateField(_("in force from"), null=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    proposed_at = models.DateTimeField(_("proposed at"), null=True)

    objects = SchemeDraftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(effective_from__isnull=True, proposed_by__isnull=True, proposed_at__isnull=True)
                | Q(effective_from__isnull=False, proposed_by__isnull=False, proposed_at__isnull=False),
                name="scheme_draft_proposed_whole",
            )
        ]

    def __str__(self) -> str:
        return self.name
