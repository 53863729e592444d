"""The lives of bulletins and of the objections to them."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class BulletinStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    OBJECTIONS = "objections", _("Open for objections")
    CHECKED = "checked", _("Checked")
    SIGNED = "signed", _("Signed")
    ISSUED = "issued", _("Put out")


#: Read by whoever checks, signs and issues it: printed as 送审稿, before that as 草稿.
UNDER_REVIEW: Final = frozenset({BulletinStatus.CHECKED, BulletinStatus.SIGNED})


class ObjectionStatus(models.TextChoices):
    OPEN = "open", _("Waiting for an answer")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Not accepted")
