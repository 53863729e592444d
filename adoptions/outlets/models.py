"""The media of an office's list."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Alias
from adoptions.enums import Carrier, OutletLevel
from adoptions.querysets import OutletQuerySet


class Outlet(models.Model):
    """A medium of an office's list (媒体), from `active_from` through `active_to`."""

    office = models.ForeignKey(
        "accounts.Unit", on_delete=models.PROTECT, related_name="outlets", editable=False
    )
    name = models.CharField(_("outlet"), max_length=60)
    level = models.CharField(_("level"), max_length=10, choices=OutletLevel)
    carrier = models.CharField(_("carrier"), max_length=12, choices=Carrier)
    active_from = models.DateField(_("active from"))
    active_to = models.DateField(_("active to"), null=True, blank=True)

    objects = OutletQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("office", "name", "active_from", name="outlet_once_per_start"),
            models.CheckConstraint(
                condition=Q(active_to__isnull=True) | Q(active_to__gte=F("active_from")),
                name="outlet_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def spellings(self) -> tuple[str, ...]:
        return (self.name,)

    @property
    def label(self) -> str:
        """The name, with its time when that has ended."""
        if self.active_to is None:
            return self.name
        return f"{self.name}（{self.active_from:%Y-%m-%d} — {self.active_to:%Y-%m-%d}）"


class OutletAlias(Alias):
    holder = models.ForeignKey(Outlet, on_delete=models.PROTECT, related_name="aliases", editable=False)
