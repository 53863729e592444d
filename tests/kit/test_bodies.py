"""What is sent along with a request, over real sockets and without a proxy that waits for the whole of it."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from kit.bodies import STRANGERS_MAX_BYTES
from launcher.processes import Child
from submissions.models import Item
from tests.conftest import Cast, draft
from tests.reviews.builders import NOW
from tests.servers import eventually
from tests.submissions.builders import form_data

pytestmark = pytest.mark.django_db(transaction=True)
CUT = b"\r\n"
ASK = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Site:
    """gunicorn on the test database."""

    port: int

    def say(self, *parts: bytes) -> tuple[int, str]:
        """Status and text of the answer to these bytes, after which nothing more is sent."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=30) as wire:
            for part in parts:
                wire.sendall(part)
            wire.shutdown(socket.SHUT_WR)
            answer = b"".join(iter(lambda: wire.recv(65536), b""))
        head, _, page = answer.partition(CUT * 2)
        return int(head.split()[1]), page.decode(errors="replace")


@pytest.fixture
def site(transactional_db: None) -> Iterator[Site]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    database = urlsplit(os.environ["DATABASE_URL"])._replace(path="/" + connection.settings_dict["NAME"])
    command = [sys.executable, "-m", "gunicorn", "publicity.wsgi", "--bind", f"127.0.0.1:{port}"]
    child = Child.start(
        "web",
        [*command, "--workers", "1", "--threads", "2", "--no-control-socket"],
        log=Path(os.environ["PUBLICITY_VAR"]) / "bodies.log",
        env=os.environ | {"DATABASE_URL": database.geturl()},
    )
    try:
        eventually(lambda: answers(port), seconds=60)
        yield Site(port)
    finally:
        child.stop()


def answers(port: int) -> bool:
    try:
        return Site(port).say(ASK)[0] == 200
    except OSError:
        return False


@dataclass(frozen=True, slots=True)
class Writer:
    """Somebody with a draft open, and what their browser would send."""

    item: Item
    cookies: str
    token: str

    @property
    def pairs(self) -> dict[str, str]:
        return form_data(self.item, title="整篇的标题", body="整篇的正文，一直写到最后。")

    @property
    def urlencoded(self) -> tuple[bytes, str]:
        return urlencode(self.pairs).encode(), "application/x-www-form-urlencoded"

    @property
    def multipart(self) -> tuple[bytes, str]:
        parts = [
            f'--cut\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in self.pairs.items()
        ]
        return ("".join(parts) + "--cut--\r\n").encode(), "multipart/form-data; boundary=cut"

    def head(self, kind: str, *more: str, version: str = "1.1") -> bytes:
        lines = [
            f"POST {reverse('submissions:item-edit', args=[self.item.pk])} HTTP/{version}",
            "Host: localhost",
            f"Cookie: {self.cookies}",
            f"X-CSRFToken: {self.token}",
            f"Content-Type: {kind}",
            "Connection: close",
            *more,
        ]
        return "\r\n".join(lines).encode() + CUT * 2

    def stands(self) -> bool:
        """Whether nothing of it was saved."""
        return Item.objects.values_list("title", "body", "changed_at").get(pk=self.item.pk) == (
            self.item.title,
            self.item.body,
            self.item.changed_at,
        )


@pytest.fixture
def writer(cast: Cast) -> Writer:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.author)
    item = draft(cast.author, NOW)
    client.get(reverse("submissions:item-edit", args=[item.pk]))
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    return Writer(
        item,
        "; ".join(f"{name}={value}" for name, value in cookies.items()),
        cookies[settings.CSRF_COOKIE_NAME],
    )


@pytest.mark.parametrize("form", ["urlencoded", "multipart"])
@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_a_form_that_came_by_half_changes_nothing(
    site: Site, writer: Writer, form: str, version: str
) -> None:
    body, kind = getattr(writer, form)
    head = writer.head(kind, f"Content-Length: {len(body)}", version=version)
    for part in (b"", body[:1], body[: len(body) // 2], body[:-1]):
        status, page = site.say(head, part)
        assert (status, "没有传完整" in page) == (400, True), part
        assert writer.stands()
    assert site.say(head, body)[0] == 302, "and the whole is taken"
    assert not writer.stands()


@pytest.mark.parametrize("form", ["urlencoded", "multipart"])
def test_a_form_whose_length_nobody_says_changes_nothing(site: Site, writer: Writer, form: str) -> None:
    body, kind = getattr(writer, form)
    chunk = f"{len(body):x}".encode() + CUT + body + CUT
    chunked = writer.head(kind, "Transfer-Encoding: chunked")
    for parts in ([chunk, b"0\r\n\r\n"], [chunk], [chunk[: len(chunk) // 2]]):
        assert site.say(chunked, *parts)[0] == 411
        assert writer.stands()
    assert site.say(writer.head(kind, version="1.0"), body)[0] == 411
    both = writer.head(kind, "Transfer-Encoding: chunked", f"Content-Length: {len(body)}")
    assert site.say(both, chunk, b"0\r\n\r\n")[0] == 400
    assert writer.stands()


def test_login_and_origin_are_settled_before_the_form_is_read(site: Site, writer: Writer) -> None:
    """Announced, and not sent: who reads would say that it is missing, or wait for it."""
    length = f"Content-Length: {10 * 1024 * 1024}"
    signed_out = writer.head("multipart/form-data; boundary=cut", length).replace(b"Cookie: ", b"X-Cookie: ")
    assert site.say(signed_out)[0] == 302
    elsewhere = writer.head("multipart/form-data; boundary=cut", length, "Origin: https://elsewhere.example")
    assert site.say(elsewhere)[0] == 403
    other_token = writer.head("multipart/form-data; boundary=cut", length).replace(b"csrftoken=", b"nothing=")
    assert site.say(other_token)[0] == 403


def test_strangers_send_a_name_and_a_password_and_no_more(site: Site, writer: Writer) -> None:
    for length, status in ((STRANGERS_MAX_BYTES + 1, 413), (settings.BODY_MAX_BYTES + 1, 413)):
        head = writer.head("multipart/form-data; boundary=cut", f"Content-Length: {length}")
        login = head.replace(head.split()[1], reverse("accounts:login").encode(), 1)
        assert site.say(login.replace(b"Cookie: ", b"X-Cookie: "))[0] == status
    assert site.say(head)[0] == 413, "nobody sends more than all files of a form"
