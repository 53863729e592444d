"""The schemes of an office in time."""

from __future__ import annotations

from datetime import date

from accounts.models import Unit
from scoring.models import SchemeVersion
from scoring.schemes.reading import parse_scheme
from scoring.schemes.timetable import Timetable


def timetable_of(office: Unit) -> Timetable:
    """The office's schemes in time."""
    versions = SchemeVersion.objects.of_office(office).values_list("effective_from", "rules")
    return Timetable.of((day, parse_scheme(rules)) for day, rules in versions)


def scheme_versions(office: Unit) -> dict[date, int]:
    """The number of each version of the office's scheme, by the first day of its time."""
    versions = SchemeVersion.objects.of_office(office)
    return dict(versions.values_list("effective_from", "version"))
