"""Ring the worker after a commit. The debt itself stands in the database; a lost ring is healed by beat."""

from __future__ import annotations

import logging
import threading

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)
#: Names that this thread has asked for and not rung yet.
_due = threading.local()


def ring(task_name: str) -> None:
    """Ask the worker to run `task_name` once this transaction has committed.

    Asked many times in one transaction, it rings once. A broker that is down or full is logged,
    never raised: the request has done its work.
    """
    due = vars(_due)
    due[task_name] = True

    def send() -> None:
        if not due.pop(task_name, False):
            return
        try:
            current_app.send_task(task_name)
        except (OperationalError, OSError) as error:
            logger.warning("could not ring %s, beat will: %s", task_name, error)

    transaction.on_commit(send, robust=True)
