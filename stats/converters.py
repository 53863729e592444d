"""Months in addresses: 2026-03."""

from __future__ import annotations

from scoring.periods.month import Month


class MonthConverter:
    """A month as it stands in an address; what is none gives 404."""

    regex = r"[0-9]{4}-[0-9]{2}"

    def to_python(self, value: str) -> Month:
        return Month.parse(value)

    def to_url(self, value: Month) -> str:
        return str(value)
