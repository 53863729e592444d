"""E-mails of notices: at most one each, and never a word of an item's text.

A mail leaves the house over servers we do not run, so it names the kind of notice and the item's number,
and leads to the page; whoever follows it logs in.

Each debt is claimed and the claim committed before its mail goes out. A worker that dies in between, or a
connection that breaks after the text was sent, costs that mail and never doubles it; the notice itself is
in the system either way. What the server refused for now, saying so, is owed again.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused, SMTPResponseException
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, mailers
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from notices.models import Notice

logger = logging.getLogger(__name__)

#: A mail that could not be sent for so long is not sent any more.
TRIED_FOR: Final = timedelta(days=3)
SERVICE_CLOSING: Final = 421


def mail_is_on() -> bool:
    """Whether this installation sends e-mails at all."""
    is_on: bool = settings.MAIL_IS_ON
    return is_on


def deliver(now: datetime) -> int:
    """Send what is owed; returns how many mails the server took. Any number of workers may do so at once."""
    if not mail_is_on() or not Notice.objects.owed_by_mail(now - TRIED_FOR).exists():
        return 0
    mailer, taken = mailers.default, 0
    try:
        mailer.open()
    except (OSError, SMTPException) as error:
        logger.warning("the mail server cannot be reached, mails wait: %s", error)
        return 0
    try:
        for notice in _claims(now):
            try:
                taken += mailer.send_messages([compose(notice)])
            except (SMTPRecipientsRefused, SMTPResponseException, ValueError) as error:
                if _refused(notice, error):
                    break
            except (OSError, SMTPException) as error:
                logger.warning("notice %s: mail perhaps sent, not tried again: %s", notice.pk, error)
                break
    finally:
        _close(mailer)
    return taken


def _claims(now: datetime) -> Iterator[Notice]:
    """Debts one after the other, each claimed for this worker and for good before it is handed out."""
    tried: list[int] = []
    while True:
        with transaction.atomic():
            owed = Notice.objects.owed_by_mail(now - TRIED_FOR).exclude(pk__in=tried)
            notice = owed.select_related("recipient").select_for_update(skip_locked=True, of=["self"]).first()
            if notice is None:
                return
            wanted = notice.recipient.is_active and bool(notice.recipient.email)
            notice.mail_owed, notice.mailed_at = False, now if wanted else None
            notice.save(update_fields=["mail_owed", "mailed_at"])
        tried.append(notice.pk)
        if wanted:
            yield notice


def _refused(notice: Notice, error: Exception) -> bool:
    """The server took nothing. Owe the mail again unless it will never be taken; returns whether the server
    is closing."""
    hopeless = isinstance(error, ValueError) or (
        isinstance(error, SMTPRecipientsRefused | SMTPDataError) and min(_codes(error)) >= 500
    )
    logger.warning("notice %s: mail refused%s: %s", notice.pk, " for good" if hopeless else "", error)
    notice.mail_owed, notice.mailed_at = not hopeless, None
    notice.save(update_fields=["mail_owed", "mailed_at"])
    return SERVICE_CLOSING in _codes(error)


def _codes(error: Exception) -> list[int]:
    if isinstance(error, SMTPRecipientsRefused):
        return [code for code, _words in error.recipients.values()]
    return [error.smtp_code] if isinstance(error, SMTPResponseException) else []


def _close(mailer: object) -> None:
    try:
        mailer.close()  # type: ignore[attr-defined]
    except (OSError, SMTPException) as error:
        logger.info("the mail server closed first: %s", error)


def compose(notice: Notice) -> EmailMessage:
    """The mail of one notice; its Message-ID is the notice's, so that a mailbox knows a double."""
    kind = notice.get_kind_display()
    page = settings.SITE_URL + reverse("notices:notice-open", args=[notice.pk])
    shown = {
        "name": notice.recipient.display_name,
        "kind": kind,
        "about": notice.about or "—",
        "time": f"{timezone.localtime(notice.created_at):%Y-%m-%d %H:%M}",
        "page": page,
    }
    text = _(
        "%(name)s,\n\n"
        "Notice: %(kind)s\nNumber: %(about)s\nTime: %(time)s\n\n"
        "Log in to read it:\n%(page)s\n\n"
        "Titles and texts are not sent by e-mail. What is sent to you is chosen under “Notice settings”. "
        "Do not reply to this mail.\n"
    )
    return EmailMessage(
        subject=" ".join(
            part for part in (f"[{_('Inspection publicity filing')}]", kind, notice.about) if part
        ),
        body=text % shown,
        to=[notice.recipient.email],
        headers={
            "Message-ID": f"<notice-{notice.pk}@{urlsplit(settings.SITE_URL).hostname}>",
            "Auto-Submitted": "auto-generated",
        },
    )
