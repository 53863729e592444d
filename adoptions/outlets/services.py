"""Writes to an office's list of outlets."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.figures import figures_move, names_move
from accounts.models import Unit, User
from accounts.services import aliases
from accounts.services.audit import record
from accounts.services.lock import one_at_a_time
from adoptions.models import Adoption, Outlet, OutletAlias
from adoptions.querysets import OutletQuerySet
from adoptions.rules import may_register
from kit.spelling import unmarked
from submissions.services.months import mark_stale


@dataclass(frozen=True, slots=True)
class OutletFacts:
    """What is known of an outlet; `active_to` is its last day, None while it is in use."""

    name: str
    level: str
    carrier: str
    active_from: date
    active_to: date | None = None


class OutletChanged(Exception):
    """Somebody else changed the outlet since it was read."""


def facts_of(outlet: Outlet) -> OutletFacts:
    return OutletFacts(outlet.name, outlet.level, outlet.carrier, outlet.active_from, outlet.active_to)


def stamp(outlet: Outlet) -> str:
    """A short sum of an outlet's facts, to tell later whether it is still as it was shown."""
    facts = json.dumps(asdict(facts_of(outlet)), default=str, sort_keys=True)
    return hashlib.sha256(facts.encode()).hexdigest()[:16]


@transaction.atomic
def create_outlet(*, office: Unit, facts: OutletFacts, by: User, now: datetime) -> Outlet:
    """Add an outlet. Raises ValidationError by field, PermissionDenied."""
    _allow(by, office)
    one_at_a_time(office)
    outlet = _written(Outlet(office=office), facts)
    aliases.take_names(
        holder=outlet,
        names=outlet.spellings,
        since=facts.active_from,
        rivals=_everybody(office),
        spelled=unmarked,
        by=by,
        now=now,
    )
    figures_move(office=office, since=facts.active_from, now=now)
    record(actor=by, action="outlet.create", target=outlet, office=office, now=now, detail=_detail(facts))
    return outlet


@transaction.atomic
def edit_outlet(*, outlet: Outlet, facts: OutletFacts, seen: str, by: User, now: datetime) -> Outlet:
    """Correct an outlet that looked like `seen` (see `stamp`), or end its time.

    What is counted or printed of its time is counted and drafted again; a name that it loses goes on being
    understood as its alias. Raises ValidationError by field, OutletChanged, PermissionDenied.
    """
    # No constraint can see that the times of two outlets overlap.
    one_at_a_time(outlet.office)
    outlet = Outlet.objects.select_for_update(of=("self",)).select_related("office").get(pk=outlet.pk)
    _allow(by, outlet.office)
    if stamp(outlet) != seen:
        raise OutletChanged
    before = facts_of(outlet)
    if facts == before:
        return outlet
    if facts.name != before.name:
        names_move(office=outlet.office, now=now)
    outlet = _written(outlet, facts)
    if facts.name != before.name:
        _refuse_merging(outlet)
    everybody = _everybody(outlet.office)
    aliases.rename(holder=outlet, before=[before.name], rivals=everybody, spelled=unmarked, by=by, now=now)
    standing = Adoption.objects.standing().filter(outlet=outlet)
    outside = Q(date__lt=facts.active_from)
    if facts.active_to:
        outside |= Q(date__gt=facts.active_to)
    if left_out := standing.filter(outside).count():
        raise ValidationError(
            _("%(count)d registered adoptions lie outside this time: correct or revoke them first.")
            % {"count": left_out}
        )
    # Bulletins list the outlets with their levels, adopted or not.
    figures_move(office=outlet.office, since=min(before.active_from, facts.active_from), now=now)
    if first := standing.order_by("date").values_list("date", flat=True).first():
        # What an item's later adoptions in other outlets earn may depend on this one.
        mark_stale(office=outlet.office, days=_months(first, timezone.localdate(now)), now=now)
    record(
        actor=by,
        action="outlet.edit",
        target=outlet,
        office=outlet.office,
        now=now,
        detail={"before": _detail(before), "after": _detail(facts)},
    )
    return outlet


@transaction.atomic
def add_outlet_alias(
    *, outlet: Outlet, name: str, since: date | None, until: date | None, by: User, now: datetime
) -> OutletAlias:
    """Enter a former or other name of an outlet. ValidationError for one that another bears then."""
    _allow(by, outlet.office)
    one_at_a_time(outlet.office)
    alias = aliases.add_alias(
        alias=OutletAlias(holder=outlet, name=name, since=since, until=until),
        everybody=_everybody(outlet.office),
        spelled=unmarked,
        by=by,
        now=now,
    )
    names_move(office=outlet.office, now=now)
    return alias


@transaction.atomic
def end_outlet_alias(*, alias: OutletAlias, until: date, by: User, now: datetime) -> OutletAlias:
    """Let an alias of an outlet be understood up to a day. Raises ValidationError."""
    office = alias.holder.office
    _allow(by, office)
    one_at_a_time(office)
    everybody = _everybody(office)
    return aliases.end_alias(alias=alias, until=until, everybody=everybody, spelled=unmarked, by=by, now=now)


def _everybody(office: Unit) -> OutletQuerySet:
    return Outlet.objects.of_office(office)


def _refuse_merging(outlet: Outlet) -> None:
    """Outlets of one name at different times are one to every scheme: nobody becomes one by renaming."""
    if Outlet.objects.of_office(outlet.office).filter(name=outlet.name).exclude(pk=outlet.pk).exists():
        raise ValidationError(
            {"name": _("Another outlet of the list has this name: end this one and enter it anew as that.")}
        )


def _allow(by: User, office: Unit) -> None:
    if not may_register(by, office):
        raise PermissionDenied(_("The list of outlets is kept by the office administrator."))


def _written(outlet: Outlet, facts: OutletFacts) -> Outlet:
    for name, value in asdict(facts).items():
        setattr(outlet, name, value)
    outlet.full_clean(exclude=["office"], validate_unique=False, validate_constraints=False)
    if facts.active_to and facts.active_to < facts.active_from:
        raise ValidationError({"active_to": _("The last day lies before the first.")})
    same_name = Outlet.objects.filter(office=outlet.office_id, name=facts.name).exclude(pk=outlet.pk)
    for other in same_name:
        ends_before = other.active_to and other.active_to < facts.active_from
        begins_after = facts.active_to and other.active_from > facts.active_to
        if not (ends_before or begins_after):
            raise ValidationError(
                {"name": _("There is an outlet of this name at that time: names must tell outlets apart.")}
            )
    outlet.save()
    return outlet


def _detail(facts: OutletFacts) -> dict[str, str]:
    return {name: str(value or "") for name, value in asdict(facts).items()}


def _months(first: date, last: date) -> list[date]:
    """The first days of the months from one day's through another's."""
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [date(month // 12, month % 12 + 1, 1) for month in months]
