"""Questions about targets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from accounts.models import Unit
    from incentives.models import Target


class TargetQuerySet(models.QuerySet["Target"]):
    def of_year(self, office: Unit, year: int) -> TargetQuerySet:
        return self.filter(unit__office=office, year=year)

    def of_units(self) -> TargetQuerySet:
        """Targets that a unit as a whole has."""
        return self.filter(person__isnull=True)

    def of_people(self, unit: Unit) -> TargetQuerySet:
        """Targets that single people of a unit have."""
        return self.filter(person__isnull=False, unit=unit)
