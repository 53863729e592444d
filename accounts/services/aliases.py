"""Writes to the aliases of units and outlets (曾用名、简称), left behind by a renaming or entered by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Alias, Unit, User
from accounts.names import Bearing, NameBook
from accounts.services.audit import record

type Spelled = Callable[[str], str]


def rename(
    *, holder: Any, before: Sequence[str], rivals: QuerySet[Any], spelled: Spelled, by: User, now: datetime
) -> None:
    """Keep the names that a unit or an outlet lays down as aliases, and free those that it takes.

    `before` are its spellings as they were. Whoever was renamed away from a taken name is understood by it
    up to the day before. Raises ValidationError for a name that another of the `rivals` bears as an alias.
    """
    today, after = timezone.localdate(now), {spelled(name) for name in holder.spellings}
    changed = [pair for pair in zip(before, holder.spellings, strict=True) if pair[0] != pair[1]]
    taken = {spelled(new) for _old, new in changed}
    own = {alias.pk: spelled(alias.name) for alias in holder.aliases.all()}
    holder.aliases.filter(pk__in=[pk for pk, name in own.items() if name in taken]).delete()
    open_ones = {spelled(alias.name) for alias in holder.aliases.filter(until__isnull=True)}
    for old, _new in changed:
        # The full name is kept even where the short one still is the same: the two are not read everywhere.
        still = {spelled(holder.name)} if old == before[0] else after
        if spelled(old) not in still | open_ones:
            holder.aliases.create(name=old, renamed_on=today)
            open_ones.add(spelled(old))
    take_names(
        holder=holder,
        names=[new for _old, new in changed],
        since=today,
        rivals=rivals,
        spelled=spelled,
        by=by,
        now=now,
    )


def take_names(
    *,
    holder: Any,
    names: Iterable[str],
    since: date,
    rivals: QuerySet[Any],
    spelled: Spelled,
    by: User,
    now: datetime,
) -> None:
    """Free names that `holder` bears from a day on. ValidationError for one that cannot be freed."""
    others = NameBook(rivals.exclude(pk=holder.pk).prefetch_related("aliases"), spelled)
    for borne in (each for name in names for each in others.named(name) if each.is_alias):
        if not borne.overlaps(max(since, holder.active_from), holder.active_to or date.max):
            continue
        renamed = _aliases(borne.holder, borne.name, spelled, renamed_on__lte=since)
        if not renamed:
            raise ValidationError({"name": _taken(borne)})
        for alias in renamed:
            _end(alias, since - timedelta(days=1), by, now)


def add_alias[Kind: Alias](
    *, alias: Kind, everybody: QuerySet[Any], spelled: Spelled, by: User, now: datetime
) -> Kind:
    """Store a former or other name that was entered by hand; the caller has asked whether `by` may.

    Raises ValidationError, by field, for days in the wrong order and for a name that its holder or another of
    `everybody` bears on one of these days.
    """
    alias.full_clean(exclude=["holder"], validate_constraints=False)
    _allow(alias, everybody, spelled)
    alias.save()
    _note("alias.add", alias, by, now)
    return alias


def end_alias[Kind: Alias](
    *, alias: Kind, until: date, everybody: QuerySet[Any], spelled: Spelled, by: User, now: datetime
) -> Kind:
    """Let an alias be understood up to a day and no longer. Raises ValidationError as `add_alias` does."""
    if alias.since and until < alias.since:
        raise ValidationError({"until": _("The last day lies before the first.")})
    longer = alias.until is not None and until > alias.until
    alias.until = until
    if longer:
        _allow(alias, everybody, spelled)
    _end(alias, until, by, now)
    return alias


def _allow(alias: Alias, everybody: QuerySet[Any], spelled: Spelled) -> None:
    holder: Any = alias.holder  # type: ignore[attr-defined]
    if alias.since and alias.until and alias.until < alias.since:
        raise ValidationError({"until": _("The last day lies before the first.")})
    first = max(alias.since or holder.active_from, holder.active_from)
    last = min(alias.until or date.max, holder.active_to or date.max)
    book = NameBook(everybody.prefetch_related("aliases"), spelled)
    for borne in book.named(alias.name):
        itself = borne.holder.pk == holder.pk and borne.is_alias and alias.pk is not None
        if not itself and borne.overlaps(first, last):
            raise ValidationError({"name": _taken(borne)})


def _taken(borne: Bearing[Any]) -> str:
    """Who bears a name already, and what to do."""
    said = (
        _("“%(name)s” is a former name of “%(holder)s” on these days: end it there, or choose another.")
        if borne.is_alias
        else _("“%(name)s” is the name of “%(holder)s” on these days: choose another name or other days.")
    )
    return said % {"name": borne.name, "holder": borne.holder}


def _aliases(holder: Any, name: str, spelled: Spelled, **condition: Any) -> list[Alias]:
    found = holder.aliases.filter(**condition)
    return [alias for alias in found if spelled(alias.name) == spelled(name)]


def _end(alias: Alias, until: date, by: User, now: datetime) -> None:
    if alias.since and until < alias.since:
        alias.delete()
    else:
        alias.until = until
        alias.save(update_fields=["until"])
    _note("alias.end", alias, by, now)


def _note(action: str, alias: Alias, by: User, now: datetime) -> None:
    holder: Any = alias.holder  # type: ignore[attr-defined]
    office: Unit = holder.office
    detail = {"name": alias.name, "since": str(alias.since or ""), "until": str(alias.until or "")}
    record(actor=by, action=action, target=holder, office=office, now=now, detail=detail)
