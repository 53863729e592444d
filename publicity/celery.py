"""The Celery application: `celery -A publicity worker`, `celery -A publicity beat`."""

import os

from celery import Celery, Task
from django.db import InterfaceError, OperationalError

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "publicity.settings")


class PatientTask(Task[..., object]):
    """Begins again, later each time, when the database was held or away; then the next sweep does it."""

    autoretry_for = (OperationalError, InterfaceError)
    retry_backoff = 5
    max_retries = 3


app = Celery("publicity", task_cls=PatientTask)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
