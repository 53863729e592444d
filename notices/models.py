"""What people were told, and how they want to be told."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from notices.enums import Kind
from notices.querysets import NoticeQuerySet


class Notice(models.Model):
    """One thing a person is told, once: `key` names the event, so that telling it twice changes nothing.

    `mail_owed` is set while an e-mail of it has yet to be sent; `mailed_at` is when one was handed to the
    mail server, or was about to be when the worker died (see `notices.mailing`).
    """

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    #: Groups the notices of one object, such as ``item:17``.
    subject = models.CharField(max_length=40)
    text = models.CharField(_("notice"), max_length=300)
    #: What an e-mail may name: an item's number, never its title.
    about = models.CharField(max_length=40, blank=True)
    link = models.CharField(max_length=200, help_text="path of the page to read; never one that acts")
    key = models.CharField(max_length=120)
    created_at = models.DateTimeField(_("time"))
    read_at = models.DateTimeField(null=True)
    mail_owed = models.BooleanField(default=False)
    mailed_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("recipient", "key", name="told_once")]
        indexes = [
            models.Index(fields=["recipient", "-created_at"], name="notice_of_person"),
            models.Index(fields=["subject"], name="notice_of_subject"),
            models.Index(fields=["recipient"], name="notice_unread", condition=Q(read_at__isnull=True)),
            models.Index(fields=["created_at"], name="notice_mail_owed", condition=Q(mail_owed=True)),
        ]

    def __str__(self) -> str:
        return self.text


class Preference(models.Model):
    """How a person wants to be told of one kind; without a row: in the system, not by e-mail.

    What is not `shown` is kept as read: it can be looked up and counts nowhere.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_preferences"
    )
    kind = models.CharField(max_length=12, choices=Kind)
    shown = models.BooleanField(_("in the system"), default=True)
    mailed = models.BooleanField(_("by e-mail"), default=False)

    class Meta:
        constraints = [models.UniqueConstraint("user", "kind", name="preference_once_per_kind")]

    def __str__(self) -> str:
        return f"{self.user} {self.get_kind_display()}"
