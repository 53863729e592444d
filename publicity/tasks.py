"""Sweeps over what several apps know together."""

from __future__ import annotations

import logging

from celery import shared_task
from django.utils import timezone

from accounts.models import Unit
from publicity.digest import write_digest

logger = logging.getLogger(__name__)


@shared_task(name="publicity.tasks.digest")
def digest(**_unknown: object) -> None:
    """Write the weekly digest where it is owed; one office's trouble does not keep the others from theirs."""
    for office in Unit.objects.offices().order_by("pk"):
        try:
            write_digest(office=office, now=timezone.now())
        except Exception:
            logger.exception("left for the next sweep: digest of %s", office)
