"""The sweep that reminds people of what is due; what it finds can be read off the database at any time."""

from __future__ import annotations

import logging
from functools import partial

from celery import shared_task
from django.utils import timezone

from accounts.models import Unit
from kit.faults import patiently
from reviews.deadlines.reminders import remind as remind_office

logger = logging.getLogger(__name__)


@shared_task(name="reviews.tasks.remind")
def remind(**_unknown: object) -> None:
    """Remind in every office; one office's trouble does not keep the others from theirs."""
    for office in Unit.objects.offices().order_by("pk"):
        try:
            patiently(partial(remind_office, office=office, now=timezone.now()))
        except Exception:
            logger.exception("left for the next sweep: reminders of %s", office)
