"""The schemes of an office in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from accounts.models import Unit
from scoring.models import SchemeVersion
from scoring.names import Present
from scoring.schemes.reading import parse_scheme
from scoring.schemes.timetable import Timetable


def timetable_of(office: Unit) -> Timetable:
    """The office's schemes in time, everybody in them under the present name; three queries."""
    return Timetable.of(
        (version.effective_from, parse_scheme(rules)) for version, rules in versions_now(office)
    )


def versions_now(office: Unit) -> Iterator[tuple[SchemeVersion, dict[str, Any]]]:
    """The office's versions in order of time, with their rules as they are read today."""
    versions = list(SchemeVersion.objects.of_office(office).order_by("effective_from"))
    present = Present.of(version.meant for version in versions)
    for version in versions:
        yield version, present.rules(version.rules, version.meant)


def rules_now(version: SchemeVersion) -> dict[str, Any]:
    """The rules of a version with everybody under the present name."""
    return Present.of([version.meant]).rules(version.rules, version.meant)


def scheme_versions(office: Unit) -> dict[date, int]:
    """The number of each version of the office's scheme, by the first day of its time."""
    versions = SchemeVersion.objects.of_office(office)
    return dict(versions.values_list("effective_from", "version"))
