"""WSGI entry point for gunicorn."""

import os
from typing import Any

import django
from django.core.exceptions import BadRequest
from django.core.handlers.wsgi import WSGIHandler
from django.http.response import HttpResponseBase

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "publicity.settings")


class Application(WSGIHandler):
    """Django's, which has no answer to a Content-Type that cannot be read: it counts as one in an encoding
    that is refused (`kit.middleware.refuse_unreadable`)."""

    def __call__(self, environ: dict[str, Any], start_response: Any) -> HttpResponseBase:
        try:
            return super().__call__(environ, start_response)
        except BadRequest:
            return super().__call__(environ | {"CONTENT_TYPE": "text/plain; charset=none"}, start_response)


django.setup(set_prefix=False)
application = Application()
