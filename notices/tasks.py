"""Sending e-mails that are owed, and clearing old notices away. Rung when somebody is told, swept by beat."""

from __future__ import annotations

import logging

from celery import shared_task
from django.utils import timezone

from notices import mailing, services

logger = logging.getLogger(__name__)


@shared_task(name="notices.tasks.deliver")
def deliver(**_unknown: object) -> None:
    """Send the e-mails that are owed."""
    mailing.deliver(timezone.now())


@shared_task(name="notices.tasks.tidy")
def tidy(**_unknown: object) -> None:
    """Remove old notices that were read."""
    removed = services.tidy(now=timezone.now())
    logger.info("%s old notices removed", removed)
