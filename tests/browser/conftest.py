"""A server for browsers that gives out the collected, hashed static files, as production does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test.testcases import _StaticFilesHandler
from pytest_django.live_server_helper import LiveServer


@pytest.fixture(scope="session")
def live_server(static_files: None, django_db_setup: None) -> Iterator[LiveServer]:
    """In place of pytest-django's, which looks for files under their unhashed names."""
    server = LiveServer("localhost", start=False)
    server.thread.static_handler = _StaticFilesHandler
    server.start()
    yield server
    server.stop()
