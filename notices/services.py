"""Telling people something: once, in the transaction of its cause."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from accounts.models import User
from notices.enums import Kind
from notices.models import Notice, Preference


@transaction.atomic
def tell(
    people: Iterable[User], *, kind: Kind, subject: str, text: str, link: str, key: str, now: datetime
) -> int:
    """Tell each of `people` once per `key`; returns how many had not been told yet.

    Whoever does not want to be told of this kind is left out. A person who wants an e-mail and has an
    address gets one from the next sweep.
    """
    wanted = {person.pk: person for person in people if person.is_active}
    choices = {each.user_id: each for each in Preference.objects.filter(user__in=wanted, kind=kind)}
    rows = [
        Notice(
            recipient=person,
            kind=kind,
            subject=subject,
            text=text[:300],
            link=link,
            key=key,
            created_at=now,
            mail_owed=bool(person.email) and pk in choices and choices[pk].mailed,
        )
        for pk, person in wanted.items()
        if pk not in choices or choices[pk].shown or choices[pk].mailed
    ]
    before = Notice.objects.filter(recipient__in=wanted, key=key).count()
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    return Notice.objects.filter(recipient__in=wanted, key=key).count() - before
