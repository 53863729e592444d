"""Who may do what with bulletins. Seeing them is `bulletins.querysets`' matter."""

from __future__ import annotations

from accounts.enums import Role
from accounts.models import Unit, User
from accounts.rules import has_role
from bulletins.enums import BulletinStatus, ObjectionStatus
from bulletins.models import Bulletin, Objection
from submissions.rules import may_file


def may_draft(user: User) -> bool:
    """Office administrators ask for bulletins over months of their choice."""
    return has_role(user, Role.OFFICE_ADMIN)


def may_edit(user: User, bulletin: Bulletin) -> bool:
    """Administrators word a bulletin while it is in preparation."""
    return bulletin.status in Bulletin.FOLLOWING and has_role(user, Role.OFFICE_ADMIN, bulletin.office)


def may_open(user: User, bulletin: Bulletin) -> bool:
    """Let units object to their lines, or move the last day for it."""
    return may_edit(user, bulletin)


def may_check(user: User, bulletin: Bulletin) -> bool:
    """The second person: an administrator or one of the reviewers below, who wrote nothing in the text."""
    checks = any(
        has_role(user, role, bulletin.office)
        for role in (Role.OFFICE_ADMIN, Role.SECTION_HEAD, Role.SUPERVISING_LEADER)
    )
    return bulletin.status in Bulletin.FOLLOWING and checks and not _wrote_in(user, bulletin)


def may_sign(user: User, bulletin: Bulletin) -> bool:
    """Whoever holds the principal leader's role today, by appointment or acting, but did not check it."""
    signs = has_role(user, Role.PRINCIPAL_LEADER, bulletin.office)
    return bulletin.status == BulletinStatus.CHECKED and signs and bulletin.checked_by_id != user.pk


def may_issue(user: User, bulletin: Bulletin) -> bool:
    """A signed bulletin is numbered by an administrator, or by the principal leader."""
    issues = has_role(user, Role.OFFICE_ADMIN, bulletin.office) or has_role(
        user, Role.PRINCIPAL_LEADER, bulletin.office
    )
    return bulletin.status == BulletinStatus.SIGNED and issues


def may_reopen(user: User, bulletin: Bulletin) -> bool:
    """Back to a draft: for an administrator, or for the principal leader who does not sign it as it is."""
    reopens = has_role(user, Role.OFFICE_ADMIN, bulletin.office) or has_role(
        user, Role.PRINCIPAL_LEADER, bulletin.office
    )
    return bulletin.status in Bulletin.REOPENABLE and reopens


def may_correct(user: User, bulletin: Bulletin) -> bool:
    """An issue that is wrong is followed by one that says so."""
    return bulletin.status == BulletinStatus.ISSUED and has_role(user, Role.OFFICE_ADMIN, bulletin.office)


def may_object(user: User, bulletin: Bulletin, unit: Unit) -> bool:
    """Everybody who works in the unit, or below it, speaks for its lines; nobody for the office itself."""
    own = own_unit(user)
    return own is not None and own.pk == unit.pk and own.office_id == bulletin.office_id


def own_unit(user: User) -> Unit | None:
    """The ranked unit for whose lines the person speaks, if for any."""
    if not (may_file(user) or has_role(user, Role.COUNTY_ADMIN)):
        return None
    above = [int(part) for part in user.unit.path.strip("/").split("/")]
    return Unit.objects.filter(pk__in=above, parent=user.unit.office_id).first()


def may_answer(user: User, objection: Objection) -> bool:
    """Administrators of the office, but not to their own objection."""
    answers = has_role(user, Role.OFFICE_ADMIN, objection.bulletin.office)
    return objection.status == ObjectionStatus.OPEN and answers and objection.raised_by_id != user.pk


def _wrote_in(user: User, bulletin: Bulletin) -> bool:
    return any(editor.pk == user.pk for editor in bulletin.editors.all())


def may_enter_historic(user: User, office: Unit) -> bool:
    """Office administrators keep the bulletins from before the system."""
    return has_role(user, Role.OFFICE_ADMIN, office)
