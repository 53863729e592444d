"""What was counted: dated scoring schemes, monthly tallies, bulletins."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from stats.bulletin_models import Bulletin, BulletinSettings, FrozenFacts, Objection, TextTemplate
from stats.enums import AdjustmentStatus
from stats.historic_models import HistoricBulletin
from stats.querysets import (
    AdjustmentQuerySet,
    SchemeDraftQuerySet,
    SchemeVersionQuerySet,
    TallyQuerySet,
    TallyRowQuerySet,
)

__all__ = [
    "Adjustment",
    "Bulletin",
    "BulletinSettings",
    "FrozenFacts",
    "HistoricBulletin",
    "Objection",
    "SchemeDraft",
    "SchemeVersion",
    "Tally",
    "TallyRow",
    "TextTemplate",
]


class SchemeVersion(models.Model):
    """A scoring scheme (计分办法) of an office, in force from a day until the next version's.

    `rules` is the JSON that `stats.schemes.parse_scheme` reads. Versions are added, never changed.
    """

    office = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="schemes")
    version = models.PositiveIntegerField(_("version"))
    name = models.CharField(_("scheme"), max_length=80)
    effective_from = models.DateField(_("in force from"))
    rules: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
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
    to hold and waits for a second person; editing the rules takes the proposal back.
    """

    office = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="scheme_drafts")
    name = models.CharField(_("scheme"), max_length=80)
    rules: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
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


class Tally(models.Model):
    """The count of one month of an office (月统计). Recounted whenever a fact of the month changes.

    The totals are the whole office's: an adoption credited to two units is one here, and one in each row.
    `fingerprint` is taken over the facts and the score lines of the month: while it stays the same, no
    later month can have moved either.
    """

    office = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="tallies")
    month = models.DateField(_("month"), help_text="first day")
    filed = models.PositiveIntegerField(default=0)
    issued = models.PositiveIntegerField(default=0)
    adopted = models.PositiveIntegerField(default=0)
    fingerprint = models.CharField(max_length=64, blank=True)
    counted_at = models.DateTimeField(_("counted at"))
    closed_at = models.DateTimeField(_("closed at"), null=True)

    objects = TallyQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("office", "month", name="tally_once_a_month")]

    def __str__(self) -> str:
        return f"{self.office} {self.month:%Y-%m}"


class TallyRow(models.Model):
    """One ranked unit's figures of a month; a unit with nothing has its row of zeros."""

    tally = models.ForeignKey(Tally, on_delete=models.CASCADE, related_name="rows")
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    filed = models.PositiveIntegerField(default=0)
    issued = models.PositiveIntegerField(default=0)
    central = models.PositiveIntegerField(default=0)
    province = models.PositiveIntegerField(default=0)
    city = models.PositiveIntegerField(default=0)
    county = models.PositiveIntegerField(default=0)
    items_adopted = models.PositiveIntegerField(default=0, help_text="items adopted for the first time")
    points = models.DecimalField(max_digits=14, decimal_places=4, default=0)
    rank = models.PositiveIntegerField(help_text="within the unit's group")

    objects = TallyRowQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("tally", "unit", name="unit_counted_once_a_month")]

    def __str__(self) -> str:
        return f"{self.tally} {self.unit}"


class Adjustment(models.Model):
    """Points that a person's judgement gives or takes (酌情), for what no rule can measure.

    It counts on its `date` from the moment another person approves it, and is never changed: a wrong one
    is made good by its opposite. `evidence` names the basis in words; the file is optional.
    """

    office = models.ForeignKey(
        "accounts.Unit", on_delete=models.PROTECT, related_name="adjustments", editable=False
    )
    unit = models.ForeignKey(
        "accounts.Unit", on_delete=models.PROTECT, related_name="+", verbose_name=_("unit")
    )
    date = models.DateField(_("counts on"))
    points = models.DecimalField(_("points"), max_digits=7, decimal_places=2)
    reason = models.CharField(_("reason"), max_length=200)
    evidence = models.CharField(_("basis"), max_length=500)
    evidence_file = models.FileField(_("evidence file"), max_length=200, blank=True)
    evidence_name = models.CharField(max_length=150, blank=True)
    status = models.CharField(
        _("status"), max_length=9, choices=AdjustmentStatus, default=AdjustmentStatus.PROPOSED
    )
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(_("proposed at"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    objects = AdjustmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(points=0), name="adjustment_changes_something"),
            models.CheckConstraint(
                condition=Q(
                    status=AdjustmentStatus.PROPOSED, decided_by__isnull=True, decided_at__isnull=True
                )
                | (
                    ~Q(status=AdjustmentStatus.PROPOSED)
                    & Q(decided_by__isnull=False, decided_at__isnull=False)
                ),
                name="adjustment_is_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(status=AdjustmentStatus.APPROVED) | ~Q(decided_by=F("proposed_by")),
                name="adjustment_is_approved_by_another",
            ),
        ]
        indexes = [models.Index(fields=["office", "date"], name="adjustment_by_day")]

    def __str__(self) -> str:
        return f"{self.unit} {self.date:%Y-%m-%d} {self.points:+}"
