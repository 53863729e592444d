"""`./manage seed_demo`: the demo city, for trying the system out."""

from __future__ import annotations

import unicodedata
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import Unit, User
from demo import cast
from demo.build import build
from publicity.digest import write_digest
from reviews.deadlines.reminders import remind


class Command(BaseCommand):
    help = "Fill an empty system with the demo city. Does nothing when there is an office already."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--logins", action="store_true", help="print the demo accounts and the password")
        parser.add_argument("--today", type=date.fromisoformat, help="seed as of this day (YYYY-MM-DD)")

    def handle(self, *args: Any, logins: bool, today: date | None, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("正式环境不生成演示数据。请用 ./manage setup_office 建立第一个单位。")
        if Unit.objects.offices().exists():
            if not logins:
                self.stdout.write("系统中已有单位，没有生成演示数据。")
        else:
            build(today or timezone.localdate(), [remind, write_digest])
            if not logins:
                self.stdout.write("已生成演示数据。登录账号见 ./manage seed_demo --logins")
        if logins:
            self.stdout.write(login_table())


def login_table() -> str:
    """The demo accounts that still exist, one line each; the password is the same for all."""
    existing = set(User.objects.filter(is_active=True).values_list("username", flat=True))
    rows = [("角色", "账号", "密码")]
    rows += [
        (person.shown, person.username, cast.PASSWORD)
        for person in cast.PEOPLE
        if person.shown and person.username in existing
    ]
    if len(rows) == 1:
        return "这里没有演示账号。"
    table = "\n".join(
        "".join(pad(cell, 32 if not index else 14) for index, cell in enumerate(row)).rstrip() for row in rows
    )
    return f"{table}\n\n五分钟导览：打开 /tour/"


def pad(text: str, width: int) -> str:
    """Fill up to `width` columns of a terminal, where a Chinese character takes two."""
    columns = sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
    return text + " " * max(width - columns, 1)
