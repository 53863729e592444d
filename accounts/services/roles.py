"""Writes to the roles that people hold."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import rules
from accounts.enums import OFFICE_WIDE, REVIEWERS, Role, UnitKind, compatible
from accounts.models import RoleGrant, StandIn, Unit, User
from accounts.services.audit import record


@transaction.atomic
def grant_role(*, user: User, role: str, unit: Unit, since: date, until: date | None = None) -> RoleGrant:
    """Give a role; an office-wide role is always held for the office, whatever `unit` names.

    Raises ValidationError when the person works in another office, holds the role on one of the days
    already, or holds one that does not go together with it.
    """
    User.objects.select_for_update().get(pk=user.pk)  # one grant to a person at a time
    office = unit.office
    if office is None or user.unit.office_id != office.pk:
        raise ValidationError(_("This person works in another office and cannot hold a role here."))
    if role == Role.COUNTY_ADMIN and unit.kind != UnitKind.COUNTY:
        raise ValidationError(_("A county administrator is named for a county: choose one."))
    if role == Role.UNIT_HEAD and unit.kind == UnitKind.OFFICE:
        raise ValidationError(_("A unit head is named for a unit below the office: choose one."))
    holder_unit = office if role in OFFICE_WIDE else unit
    for other in RoleGrant.objects.filter(user=user).overlapping(since, until):
        if other.role == role and other.unit_id == holder_unit.pk:
            raise ValidationError(_("This person holds the role in that time already."))
        if not compatible(other.role, role):
            raise ValidationError(
                _("One person cannot be %(role)s and %(other)s: give one of them to somebody else.")
                % {"role": Role(role).label, "other": Role(other.role).label}
            )
    _check_stand_ins(user, role, since, until)
    grant = RoleGrant(user=user, role=role, unit=holder_unit, since=since, until=until)
    grant.full_clean()
    grant.save()
    return grant


def _check_stand_ins(user: User, role: str, since: date, until: date | None) -> None:
    """Whoever decides for somebody who is away holds no role that a reviewer may not hold."""
    if all(compatible(role, reviewer) for reviewer in REVIEWERS):
        return
    begin = timezone.make_aware(datetime.combine(since, time.min))
    end = timezone.make_aware(datetime.combine(until or date.max - timedelta(days=2), time.max))
    acting = StandIn.objects.filter(stand_in=user).overlapping(begin, end).select_related("absent").first()
    if acting:
        raise ValidationError(
            _("This person stands in for %(name)s in that time: end that first.")
            % {"name": acting.absent.display_name}
        )


@transaction.atomic
def appoint(
    *, person: User, role: str, unit: Unit, since: date, until: date | None, by: User, now: datetime
) -> RoleGrant:
    """`grant_role` by an administrator."""
    rules.require(rules.may_grant(by, person, role, unit, timezone.localdate(now)))
    grant = grant_role(user=person, role=role, unit=unit, since=since, until=until)
    record(actor=by, action="role.grant", target=grant, office=by.office, now=now, detail=_days(grant))
    return grant


@transaction.atomic
def end_role(*, grant: RoleGrant, until: date | None, by: User, now: datetime) -> None:
    """End a role with the day `until`, or at once when None; one that never held is removed.

    Raises ValidationError for a day that has passed already.
    """
    today = timezone.localdate(now)
    rules.require(rules.may_grant(by, grant.user, grant.role, grant.unit, today))
    if until is not None and until < today:
        raise ValidationError({"until": _("Choose today or a later day.")})
    last_day = until or today - timedelta(days=1)
    before = _days(grant)
    record(
        actor=by,
        action="role.end",
        target=grant,
        office=by.office,
        now=now,
        detail=before | {"until": last_day.isoformat()},
    )
    if grant.since > last_day:
        grant.delete()
    else:
        grant.until = last_day
        grant.save(update_fields=["until"])


def _days(grant: RoleGrant) -> dict[str, str]:
    return {
        "unit": grant.unit.name,
        "since": grant.since.isoformat(),
        "until": grant.until.isoformat() if grant.until else "",
    }
