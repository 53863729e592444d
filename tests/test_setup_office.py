"""`./manage setup_office` makes the first account; nothing else does."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import Unit, User
from scoring.models import SchemeVersion

ANSWERS = {
    "name": "某某市委巡察工作领导小组办公室",
    "short_name": "市委巡察办",
    "code": "150500",
    "admin": "guanli",
    "admin_name": "某管理",
}


def run(**answers: str) -> str:
    out = StringIO()
    call_command("setup_office", stdout=out, **(ANSWERS | answers))
    return out.getvalue()


def test_an_empty_system_has_no_account_at_all(db: None) -> None:
    assert not User.objects.exists()


def test_the_printed_password_logs_in_once_and_must_be_changed(db: None) -> None:
    password = run().split("初始密码 ")[1].split()[0]
    client = Client()
    answer = client.post("/accounts/login/", {"username": "guanli", "password": password})
    assert answer.status_code == 302
    assert client.get("/")["Location"] == "/accounts/password/"


def test_the_office_has_a_scoring_scheme_from_the_start(db: None) -> None:
    run()
    assert SchemeVersion.objects.get().office == Unit.objects.get(code="150500")


def test_a_taken_code_is_refused_and_nothing_is_left_behind(db: None) -> None:
    run()
    with pytest.raises(CommandError, match="已被使用"):
        run(admin="another")
    assert User.objects.count() == 1


def test_a_missing_answer_is_named(db: None) -> None:
    with pytest.raises(CommandError, match="管理员姓名"):
        run(admin_name=" ")
    assert not Unit.objects.exists()
