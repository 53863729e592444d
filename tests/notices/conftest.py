"""A mail server, and somebody who wants mails."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from accounts.models import User
from notices.enums import Kind
from notices.services import set_preferences
from publicity.settings import mail_server
from tests.conftest import Cast
from tests.notices.postoffice import Post


@pytest.fixture
def post(settings: Any) -> Iterator[Post]:
    server = Post()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.MAIL_IS_ON = True
    settings.SITE_URL = "https://xuncha.example"
    settings.MAILERS = {"default": mail_server(server.address)}
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def reader(cast: Cast) -> User:
    """Somebody who wants to be told by e-mail of what arrives, and when somebody asks to hurry."""
    cast.section_head.email = "head@example.org"
    cast.section_head.save()
    set_preferences(user=cast.section_head, choices={Kind.ARRIVED: (True, True), Kind.URGED: (True, True)})
    return cast.section_head
