"""The composition root: settings, addresses, the Celery application and the desk."""

from publicity.celery import app as celery_app

__all__ = ["celery_app"]
