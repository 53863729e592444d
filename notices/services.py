"""Telling people something: once, in the transaction of its cause; and what they do with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.models import User
from kit.bell import ring
from notices.enums import Kind
from notices.mailing import mail_is_on
from notices.models import Notice, Preference

#: Read notices are kept so long.
KEPT: Final = timedelta(days=180)


def is_local_page(link: str) -> bool:
    """Whether `link` is a path of this site: notices lead nowhere else."""
    return link.startswith("/") and url_has_allowed_host_and_scheme(link, allowed_hosts=None)


@transaction.atomic
def tell(
    people: Iterable[User],
    *,
    kind: Kind,
    subject: str,
    text: str,
    link: str,
    key: str,
    now: datetime,
    about: str = "",
) -> int:
    """Tell each of `people` once per `key`; returns how many had not been told yet.

    `link` is the path of a page that only shows. Who does not want to see this kind finds it among what
    is read. Who wants an e-mail and has an address gets one from `notices.tasks.deliver`, which names
    `kind` and `about` and no more: titles and texts never leave the system.
    """
    if not is_local_page(link):
        raise ValueError(f"a notice leads to a page of this site, not to {link!r}")
    # In one order whoever tells: two at once that wait for each other's rows would be a deadlock.
    wanted = {person.pk: person for person in sorted(people, key=lambda each: each.pk) if person.is_active}
    choices = {each.user_id: each for each in Preference.objects.filter(user__in=wanted, kind=kind)}
    told = Notice.objects.filter(recipient__in=wanted, key=key)
    before = set(told.values_list("recipient_id", flat=True))
    rows = [
        Notice(
            recipient=person,
            kind=kind,
            subject=subject,
            text=text[:300],
            about=about,
            link=link,
            key=key,
            created_at=now,
            read_at=now if pk in choices and not choices[pk].shown else None,
            mail_owed=mail_is_on() and bool(person.email) and pk in choices and choices[pk].mailed,
        )
        for pk, person in wanted.items()
        if pk not in before
    ]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    if any(row.mail_owed for row in rows):
        ring("notices.tasks.deliver")
    return len(rows)


def open_notice(*, notice: Notice, now: datetime) -> None:
    """Mark a notice read, and with it what the same person was told of the same subject: the page behind
    the link shows all of it."""
    Notice.objects.filter(recipient=notice.recipient_id, subject=notice.subject).unread().update(read_at=now)


def read_all(*, user: User, up_to: int, now: datetime) -> int:
    """Mark everything read that the person had been shown: notices with ids up to `up_to`."""
    return Notice.objects.of(user).unread().filter(pk__lte=up_to).update(read_at=now)


@transaction.atomic
def set_preferences(*, user: User, choices: Mapping[Kind, tuple[bool, bool]]) -> None:
    """How the person wants to be told from now on: for each kind, in the system and by e-mail."""
    Preference.objects.bulk_create(
        (
            Preference(user=user, kind=kind, shown=shown, mailed=mailed)
            for kind, (shown, mailed) in choices.items()
        ),
        update_conflicts=True,
        unique_fields=["user", "kind"],
        update_fields=["shown", "mailed"],
    )


def tidy(*, now: datetime) -> int:
    """Remove what was read and is older than `KEPT`; what is unread stays."""
    old = Notice.objects.filter(created_at__lt=now - KEPT, read_at__isnull=False)
    return old.delete()[0]
