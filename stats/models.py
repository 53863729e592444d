"""What was counted: monthly tallies, and the points that people adjusted."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kit.numbers import signed_points
from kit.states import State
from stats.enums import AdjustmentStatus
from stats.querysets import (
    AdjustmentQuerySet,
    TallyQuerySet,
    TallyRowQuerySet,
)


class Tally(models.Model):
    """The count of one month of an office (月统计). Recounted whenever a fact of the month changes.

    The totals are the whole office's: an adoption credited to two units is one here, and one in each row.
    `fingerprint` is taken over the facts and the score lines of the month: while it stays the same, no
    later month can have moved either. `times` says how often it has been counted, so that whoever used the
    figures can tell whether they have been counted again.
    """

    office = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="tallies")
    month = models.DateField(_("month"), help_text="first day")
    filed = models.PositiveIntegerField(default=0)
    issued = models.PositiveIntegerField(default=0)
    adopted = models.PositiveIntegerField(default=0)
    fingerprint = models.CharField(max_length=64, blank=True)
    times = models.PositiveIntegerField(default=0)
    counted_at = models.DateTimeField(_("counted at"))
    closed_at = models.DateTimeField(_("closed at"), null=True)

    objects = TallyQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("office", "month", name="tally_once_a_month")]

    def __str__(self) -> str:
        return f"{self.office} {self.month:%Y-%m}"


class TallyRow(models.Model):
    """One ranked unit's figures of a month; a unit with nothing has its row of zeros.

    `overlaps` are what of them other rows have first, each {"units": ids, "adopted": by level,
    "items_adopted": number}: so any total of rows, also over several months, can count it once (R89).
    """

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
    overlaps: models.JSONField[list[dict[str, Any]], list[dict[str, Any]]] = models.JSONField(default=list)

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
        return f"{self.unit} {self.date:%Y-%m-%d} {signed_points(self.points)}"

    @property
    def state(self) -> State:
        tones = {"proposed": "waiting", "approved": "done", "refused": "refused", "withdrawn": "neutral"}
        return State(self.get_status_display(), tones[self.status])
