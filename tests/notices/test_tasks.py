"""Mails by the real worker, and with the broker away: what is owed stands in the database."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from launcher.processes import Child
from notices import tasks
from notices.enums import Kind
from notices.models import Notice
from tests.conftest import Cast, filed
from tests.notices.builders import told
from tests.notices.postoffice import Post
from tests.servers import eventually, start_worker

URGE = """
import sys, django
django.setup()
from django.test import Client
from accounts.models import User
client = Client()
client.force_login(User.objects.get(username=sys.argv[1]))
print(client.post(f"/review/items/{sys.argv[2]}/urge/").status_code)
"""


def mail_environment(post: Post) -> dict[str, str]:
    """A process with this mail server."""
    return {
        "PUBLICITY_EMAIL_URL": post.address,
        "PUBLICITY_EMAIL_FROM": "publicity@xuncha.example",
        "PUBLICITY_URL": "https://xuncha.example",
    }


@pytest.fixture
def worker(transactional_db: None, post: Post, monkeypatch: pytest.MonkeyPatch) -> Iterator[Child]:
    """A real worker that sends mails."""
    for name, value in mail_environment(post).items():
        monkeypatch.setenv(name, value)
    child = start_worker()
    yield child
    child.stop()


def test_the_real_worker_mails_what_was_told_when_the_transaction_has_committed(
    post: Post, reader: User, worker: Child
) -> None:
    now = timezone.now()
    with transaction.atomic():
        told(reader, now=now)
        told(reader, key="another", now=now)
    eventually(lambda: len(post.taken) == 2)
    tasks.deliver()
    assert len(post.taken) == 2
    assert post.taken[0]["From"] == "publicity@xuncha.example"
    assert not Notice.objects.filter(mail_owed=True).exists()


@pytest.mark.django_db(transaction=True)
def test_with_the_broker_away_the_request_goes_on_and_the_next_sweep_mails_once(
    post: Post, reader: User, cast: Cast
) -> None:
    item = filed(cast.author, timezone.now())
    Notice.objects.filter(mail_owed=True).update(mail_owed=False)
    database = urlsplit(os.environ["DATABASE_URL"])._replace(path="/" + connection.settings_dict["NAME"])
    environment = {"DATABASE_URL": database.geturl(), "REDIS_URL": "unix:///nowhere/redis.sock"}
    done = subprocess.run(
        [sys.executable, "-c", URGE, cast.author.username, str(item.pk)],
        env=os.environ
        | environment
        | mail_environment(post)
        | {"DJANGO_SETTINGS_MODULE": "publicity.settings"},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout.split()[-1] == "302"
    assert Notice.objects.get(kind=Kind.URGED).mail_owed
    assert post.taken == []
    tasks.deliver()
    tasks.deliver()
    assert len(post.taken) == 1
