"""Writes to drafts of scoring schemes: edited, proposed by an administrator, confirmed by a second person."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import Unit, User
from accounts.services.audit import record
from accounts.services.lock import one_at_a_time
from scoring.models import SchemeDraft, SchemeVersion
from scoring.names import borne_in, meant_by, names_of
from scoring.rules import may_confirm_scheme, may_edit_scheme
from scoring.schemes.reading import parse_scheme
from scoring.services.versions import SchemeExists, add_scheme

NAME_LENGTH = 80


class DraftMoved(Exception):
    """The draft was changed since it was read; `draft` is as it stands now, None when it is gone."""

    def __init__(self, draft: SchemeDraft | None) -> None:
        super().__init__(str(draft))
        self.draft = draft


@transaction.atomic
def start_draft(
    *,
    office: Unit,
    rules: dict[str, Any],
    by: User,
    now: datetime,
    based_on: SchemeVersion | None = None,
    basis: str = "",
) -> SchemeDraft:
    """A draft with these rules, flawed or not. `basis` says in words what it began with."""
    _need_editor(by, office)
    draft = SchemeDraft.objects.create(
        office=office,
        name=_name(rules),
        rules=rules,
        based_on=based_on,
        basis=basis[:120],
        changed_by=by,
        changed_at=now,
    )
    record(actor=by, action="scheme.start", target=draft, office=office, now=now, detail={"basis": basis})
    return draft


@transaction.atomic
def save_rules(
    *, draft: SchemeDraft, rules: dict[str, Any], revision: int, by: User, now: datetime
) -> SchemeDraft:
    """Replace the rules as they were read at `revision`; a standing proposal is taken back.

    Raises DraftMoved when somebody saved in between, PermissionDenied.
    """
    _need_editor(by, draft.office)
    current = _current(draft, revision)
    current.rules, current.name = rules, _name(rules)
    current.effective_from = current.proposed_by = current.proposed_at = None
    return _touched(current, by, now)


@transaction.atomic
def propose_scheme(
    *, draft: SchemeDraft, effective_from: date, reason: str, revision: int, by: User, now: datetime
) -> SchemeDraft:
    """Ask a second person to put the scheme in force from a day.

    Raises SchemeError for rules with problems, SchemeExists when a version begins that day already,
    DraftMoved, PermissionDenied.
    """
    _need_editor(by, draft.office)
    one_at_a_time(draft.office)
    current = _current(draft, revision)
    parse_scheme(current.rules, names_of(current.office))
    taken = SchemeVersion.objects.of_office(current.office).filter(effective_from=effective_from).first()
    if taken:
        raise SchemeExists(taken)
    current.meant = meant_by(current.rules, borne_in(current.office), {})
    current.effective_from, current.reason = effective_from, reason.strip()
    current.proposed_by, current.proposed_at = by, now
    detail = {"from": effective_from.isoformat(), "reason": current.reason}
    record(actor=by, action="scheme.propose", target=current, office=current.office, now=now, detail=detail)
    return _touched(current, by, now)


@transaction.atomic
def recall_scheme(*, draft: SchemeDraft, revision: int, by: User, now: datetime) -> SchemeDraft:
    """Take a proposal back, or refuse it: the draft can be edited further. DraftMoved, PermissionDenied."""
    if not (may_edit_scheme(by, draft.office) or may_confirm_scheme(by, draft)):
        raise PermissionDenied
    current = _current(draft, revision)
    current.effective_from = current.proposed_by = current.proposed_at = None
    record(actor=by, action="scheme.recall", target=current, office=current.office, now=now)
    return _touched(current, by, now)


@transaction.atomic
def confirm_scheme(*, draft: SchemeDraft, revision: int, by: User, now: datetime) -> SchemeVersion:
    """Put a proposed scheme in force from its day; the version takes the draft's place.

    Its names mean whom they meant when it was proposed.

    Raises SchemeError when a name is no longer right, SchemeExists when another version has taken the day,
    DraftMoved, and PermissionDenied, also for the person who proposed it.
    """
    one_at_a_time(draft.office)
    current = _current(draft, revision)
    if not may_confirm_scheme(by, current):
        raise PermissionDenied
    assert current.effective_from is not None, "a proposed draft names its day"
    version = add_scheme(
        office=current.office,
        rules=current.rules,
        meant=current.meant,
        effective_from=current.effective_from,
        by=current.proposed_by,
        confirmed_by=by,
        note=current.reason,
        now=now,
    )
    current.delete()
    return version


@transaction.atomic
def discard_scheme(*, draft: SchemeDraft, revision: int, by: User, now: datetime) -> None:
    """Throw a draft away. Raises DraftMoved, PermissionDenied."""
    _need_editor(by, draft.office)
    current = _current(draft, revision)
    detail = {"name": current.name}
    record(actor=by, action="scheme.discard", target=current, office=current.office, now=now, detail=detail)
    current.delete()


def _need_editor(by: User, office: Unit) -> None:
    if not may_edit_scheme(by, office):
        raise PermissionDenied


def _current(draft: SchemeDraft, revision: int) -> SchemeDraft:
    """The draft as it stands, locked until the transaction ends. DraftMoved when it is not as it was read."""
    current = SchemeDraft.objects.select_for_update(of=("self",)).filter(pk=draft.pk).first()
    if current is None or current.revision != revision:
        raise DraftMoved(current)
    return current


def _touched(draft: SchemeDraft, by: User, now: datetime) -> SchemeDraft:
    draft.revision += 1
    draft.changed_by, draft.changed_at = by, now
    draft.save()
    return draft


def _name(rules: dict[str, Any]) -> str:
    """What the draft is called in lists: the scheme's name, if it has one that is a text."""
    name = rules.get("name")
    return name.strip()[:NAME_LENGTH] if isinstance(name, str) else ""
