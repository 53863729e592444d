"""Sweeps over what several apps know together."""

from __future__ import annotations

import logging
from functools import partial

from celery import shared_task
from django.utils import timezone

from accounts.models import Unit
from bulletins import debts as bulletins
from kit.faults import patiently
from publicity.digest import write_digest
from stats import debts as figures

logger = logging.getLogger(__name__)


@shared_task(name="publicity.tasks.reconcile")
def reconcile(**_unknown: object) -> None:
    """Settle what is owed of figures, then of the bulletins that are made from them.

    Rung when a fact changes and swept by beat; either finds the same debts. Each is settled in a
    transaction of its own; one that fails waits for the next sweep.
    """
    for owed in (*figures.OWED, *bulletins.OWED):
        for words, settle in owed(timezone.localdate()):
            try:
                patiently(partial(settle, now=timezone.now()))
            except Exception:  # one office's trouble must not keep the others from their figures
                logger.exception("left for the next sweep: %s", words)


@shared_task(name="publicity.tasks.digest")
def digest(**_unknown: object) -> None:
    """Write the weekly digest where it is owed; one office's trouble does not keep the others from theirs."""
    for office in Unit.objects.offices().order_by("pk"):
        try:
            patiently(partial(write_digest, office=office, now=timezone.now()))
        except Exception:
            logger.exception("left for the next sweep: digest of %s", office)
