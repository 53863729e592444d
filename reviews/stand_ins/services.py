"""Who acts for a reviewer who is away (出差代签). Rows are ended, never deleted."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import REVIEWERS, Role, compatible
from accounts.models import RoleGrant, StandIn, User
from accounts.querysets import RoleGrantQuerySet
from accounts.rules import may_end_stand_in, may_name_stand_in
from accounts.services.audit import record
from notices.enums import Kind
from notices.services import tell
from reviews.enums import FitToSign
from reviews.office_settings.queries import rule_of
from reviews.stand_ins.fitness import fit_to_sign

FORMAT: Final = "%Y-%m-%d %H:%M"


@transaction.atomic
def name_stand_in(
    *,
    absent: User,
    stand_in: User,
    since: datetime,
    until: datetime,
    reason: str = "",
    by: User,
    now: datetime,
) -> StandIn:
    """Let `stand_in` decide for `absent` from `since` up to `until`; a beginning in the past means now.

    Raises PermissionDenied when it is not `by`'s to say, ValidationError when the two do not fit.
    """
    # One naming at a time for both people, taken in one order: two at once must see each other.
    list(User.objects.select_for_update().filter(pk__in=[absent.pk, stand_in.pk]).order_by("pk"))
    if not may_name_stand_in(by, absent):
        raise PermissionDenied(_("A leader names the own stand-in; the office administrator may for others."))
    since = max(since, now)
    if until <= since:
        raise ValidationError({"until": _("Choose an end that lies after the beginning and after now.")})
    _check_person(absent, stand_in, since, until)
    _check_others(absent, stand_in, since, until)
    entry = StandIn.objects.create(
        absent=absent,
        stand_in=stand_in,
        since=since,
        until=until,
        reason=reason,
        given_by=by,
        given_at=now,
    )
    detail = {"absent": absent.display_name, **_times(entry)}
    record(actor=by, action="stand_in.name", target=entry, office=absent.office, now=now, detail=detail)
    text = _("%(stand_in)s decides for %(absent)s from %(since)s to %(until)s.") % _words(entry)
    _tell_both(entry, text, "named", now)
    return entry


@transaction.atomic
def end_stand_in(*, entry: StandIn, by: User, now: datetime) -> None:
    """End it at this moment; one that has not begun never begins. Raises ValidationError when it is over."""
    entry = (
        StandIn.objects.select_for_update(of=["self"]).select_related("absent", "stand_in").get(pk=entry.pk)
    )
    if not may_end_stand_in(by, entry.absent):
        raise PermissionDenied(_("A leader names the own stand-in; the office administrator may for others."))
    if entry.until <= now or entry.until == entry.since:
        raise ValidationError(_("This has ended already."))
    entry.until = max(now, entry.since)
    entry.save(update_fields=["until"])
    detail = {"absent": entry.absent.display_name, **_times(entry)}
    record(actor=by, action="stand_in.end", target=entry, office=by.office, now=now, detail=detail)
    text = _("%(stand_in)s no longer decides for %(absent)s.") % _words(entry)
    _tell_both(entry, text, "ended", now)


def _check_person(absent: User, stand_in: User, since: datetime, until: datetime) -> None:
    """Whether the two fit: people of one office, fit to sign there, roles that go together."""
    names = {"name": stand_in.display_name, "absent": absent.display_name}
    if stand_in == absent or not stand_in.is_active or stand_in.unit.office_id != absent.unit.office_id:
        raise ValidationError({"stand_in": _("Choose somebody else of your office whose account is active.")})
    signed = _roles(absent, since, until).filter(role__in=REVIEWERS).select_related("unit")
    if not signed:
        raise ValidationError(
            _("%(absent)s decides on no items in that time, so nobody can stand in.") % names
        )
    for grant in _roles(stand_in, since, until):
        if not all(compatible(grant.role, reviewer) for reviewer in REVIEWERS):
            role = Role(grant.role).label
            problem = _("%(name)s is %(role)s and may not decide on items: choose somebody else.")
            raise ValidationError({"stand_in": problem % {**names, "role": role}})
    rule = rule_of(absent.office)
    held = RoleGrant.objects.overlapping(timezone.localdate(since), timezone.localdate(until))
    if not fit_to_sign(signed, held, FitToSign(rule.stand_ins)).filter(pk=stand_in.pk).exists():
        problem = _("%(name)s may not sign for %(absent)s. By the office's setting only: %(rule)s.")
        shown = {**names, "rule": rule.get_stand_ins_display()}
        raise ValidationError({"stand_in": problem % shown})


def _check_others(absent: User, stand_in: User, since: datetime, until: datetime) -> None:
    """One stand-in at a time for a person, and nobody in a chain or a circle."""
    others = StandIn.objects.overlapping(since, until).select_related("absent", "stand_in")
    if other := others.filter(absent=absent).first():
        raise ValidationError(
            _("%(stand_in)s stands in for %(absent)s from %(since)s to %(until)s already: end that first.")
            % _words(other)
        )
    if other := others.filter(absent=stand_in).first():
        raise ValidationError(
            {
                "stand_in": _(
                    "%(absent)s is away from %(since)s to %(until)s (stand-in: %(stand_in)s): "
                    "choose somebody else."
                )
                % _words(other)
            }
        )
    if other := others.filter(stand_in=absent).first():
        raise ValidationError(
            _(
                "%(stand_in)s stands in for %(absent)s from %(since)s to %(until)s: "
                "somebody else has to do that first."
            )
            % _words(other)
        )


def _roles(person: User, since: datetime, until: datetime) -> RoleGrantQuerySet:
    days = timezone.localdate(since), timezone.localdate(until)
    return RoleGrant.objects.filter(user=person).overlapping(*days)


def _tell_both(entry: StandIn, text: str, event: str, now: datetime) -> None:
    tell(
        [entry.absent, entry.stand_in],
        kind=Kind.STAND_IN,
        subject=f"stand_in:{entry.pk}",
        text=text,
        link=reverse("reviews:stand-in-list"),
        key=f"stand_in:{entry.pk}:{event}",
        now=now,
    )


def _times(entry: StandIn) -> dict[str, str]:
    return {name: f"{timezone.localtime(getattr(entry, name)):{FORMAT}}" for name in ("since", "until")}


def _words(entry: StandIn) -> dict[str, str]:
    names = {"stand_in": entry.stand_in.display_name, "absent": entry.absent.display_name}
    return names | _times(entry)
