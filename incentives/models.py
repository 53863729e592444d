"""What units are expected to reach."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from incentives.enums import Measure
from incentives.querysets import TargetQuerySet


class Target(models.Model):
    """What a unit, or one of its people, is to reach in a calendar year (目标任务)."""

    unit = models.ForeignKey(
        "accounts.Unit", on_delete=models.PROTECT, related_name="targets", verbose_name=_("unit")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="targets",
        verbose_name=_("person"),
    )
    year = models.PositiveSmallIntegerField(_("year"))
    measure = models.CharField(_("measure"), max_length=8, choices=Measure)
    amount = models.DecimalField(_("target"), max_digits=9, decimal_places=2)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    objects = TargetQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "unit", "person", "year", "measure", name="target_once", nulls_distinct=False
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="target_above_nothing"),
        ]

    def __str__(self) -> str:
        return f"{self.person or self.unit} {self.year} {self.get_measure_display()} {self.amount}"
