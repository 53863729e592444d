"""Bulletins from before the system, entered as they were printed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from stats.historic import PrintedTable
from stats.periods import Period
from stats.querysets import HistoricBulletinQuerySet


class HistoricBulletin(models.Model):
    """A bulletin (历史通报) of which only the printed table is known: no items, no adoptions, no rules.

    `table` holds every cell as printed (see `stats.historic.PrintedTable`) and is never corrected. Until
    `confirmed_at` is set it is a preview that nobody but the administrators sees.
    """

    office = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="historic_bulletins")
    title = models.CharField(_("title"), max_length=200)
    number = models.CharField(_("number as printed"), max_length=40, blank=True)
    period_text = models.CharField(_("period"), max_length=40, help_text="as stats.periods.Period writes it")
    start = models.DateField(_("first day"))
    end = models.DateField(help_text="the first day after the period")
    table: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    notes = models.TextField(_("notes"), blank=True, max_length=2000)
    file = models.FileField(max_length=200)
    name = models.CharField(_("file name"), max_length=150)
    sha256 = models.CharField(max_length=64)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    entered_at = models.DateTimeField(_("entered at"))
    confirmed_at = models.DateTimeField(null=True)

    objects = HistoricBulletinQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="historic_bulletin_days_in_order"),
            models.UniqueConstraint(
                "office",
                "title",
                "period_text",
                condition=Q(confirmed_at__isnull=False),
                name="historic_bulletin_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def period(self) -> Period:
        return Period.parse(self.period_text)

    @property
    def content(self) -> PrintedTable:
        """The table as printed."""
        return PrintedTable.from_json(self.table)
