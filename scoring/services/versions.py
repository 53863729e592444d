"""Writes to the scoring schemes: versions are added, never changed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from accounts.figures import figures_move
from accounts.models import Unit, User
from accounts.services.audit import record
from accounts.services.lock import one_at_a_time
from scoring.models import SchemeVersion
from scoring.names import Meant, Present, borne_in, meant_by, names_of
from scoring.schemes.reading import parse_scheme, shipped


class SchemeExists(Exception):
    """A version of the office already begins on this day."""

    def __init__(self, version: SchemeVersion) -> None:
        super().__init__(str(version))
        self.version = version


@transaction.atomic
def add_scheme(
    *,
    office: Unit,
    rules: dict[str, Any],
    effective_from: date,
    by: User | None = None,
    confirmed_by: User | None = None,
    note: str = "",
    meant: Meant | None = None,
    now: datetime,
) -> SchemeVersion:
    """Add a version that holds from a day until the next version's, and have those months counted again.

    Its names mean whom they were noted to have `meant`, the others who bears them today.

    Adoptions before that day keep their points; but what was before every scheme is ranked as by the first.
    Raises SchemeError for rules that cannot be read or
    name what is not there, and SchemeExists when a version already begins that day.
    """
    one_at_a_time(office)
    meant = meant_by(rules, borne_in(office), meant or {})
    scheme = parse_scheme(Present.of([meant]).rules(rules, meant), names_of(office))
    versions = SchemeVersion.objects.of_office(office)
    same_day = versions.filter(effective_from=effective_from).first()
    if same_day:
        raise SchemeExists(same_day)
    latest: int = versions.aggregate(Max("version"))["version__max"] or 0
    version = SchemeVersion.objects.create(
        office=office,
        version=latest + 1,
        name=scheme.name,
        effective_from=effective_from,
        rules=rules,
        meant=meant,
        note=note,
        created_by=by,
        created_at=now,
        confirmed_by=confirmed_by,
    )
    detail = {"version": version.version, "from": effective_from.isoformat()}
    actor = confirmed_by or by
    record(actor=actor, action="scheme.add", target=version, office=office, now=now, detail=detail)
    is_first = not versions.filter(effective_from__lt=effective_from).exists()
    figures_move(office=office, since=None if is_first else effective_from, now=now)
    return version


@transaction.atomic
def bind_names(*, office: Unit, now: datetime) -> None:
    """Note whom the names in the office's versions mean, before a name changes hands; see `accounts.figures`.

    A name that was nobody's is from now on that of whoever bears it. Where that is by an alias alone, it is
    counted only now.
    """
    borne = borne_in(office)
    for version in SchemeVersion.objects.of_office(office):
        meant = meant_by(version.rules, borne, version.meant)
        if meant != version.meant:
            before = Present.of([version.meant, meant])
            moves = before.rules(version.rules, version.meant) != before.rules(version.rules, meant)
            version.meant = meant
            version.save(update_fields=["meant"])
            if moves:
                figures_move(office=office, since=version.effective_from, now=now)


@transaction.atomic
def create_default_scheme(*, office: Unit, effective_from: date, now: datetime) -> SchemeVersion:
    """Give an office without a scheme the shipped one; an office that has one keeps it."""
    one_at_a_time(office)
    first = SchemeVersion.objects.of_office(office).order_by("effective_from").first()
    return first or add_scheme(office=office, rules=shipped("demo"), effective_from=effective_from, now=now)
