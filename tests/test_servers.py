"""The services that the other tests lean on are the real ones."""

import os
from pathlib import Path

import pytest
from django.db import connection
from playwright.sync_api import Browser
from redis import Redis

from launcher.processes import Child
from launcher.system import worker_answers


@pytest.mark.django_db
def test_the_database_is_postgresql_that_knows_chinese_letters() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT upper('ä'), '巡' ~ '\\w', current_setting('server_encoding')")
        assert cursor.fetchone() == ("Ä", True, "UTF8")


def test_the_servers_listen_on_no_network_address() -> None:
    with Redis.from_url(os.environ["REDIS_URL"]) as client:
        assert client.config_get("port") == {"port": "0"}


def test_the_queue_is_that_of_this_test_process_alone() -> None:
    with Redis.from_url(os.environ["REDIS_URL"]) as client:
        server = client.info("server")["process_id"]
    own = Path(os.environ["PUBLICITY_VAR"]) / "valkey.log"
    assert own.read_text().startswith(f"{server}:")


def test_a_worker_answers_while_the_fixture_lives(celery_worker_process: Child) -> None:
    assert worker_answers(os.environ["REDIS_URL"])
    assert celery_worker_process.exit_code is None


def test_no_worker_answers_without_the_fixture() -> None:
    assert not worker_answers(os.environ["REDIS_URL"])


def test_the_browser_draws_chinese(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<h1>巡察宣传信息</h1>")
    assert page.inner_text("h1") == "巡察宣传信息"
    page.close()
