"""`./manage setup_office`: the first office of an installation, and its first administrator."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from accounts.enums import Role, UnitKind
from accounts.models import Unit, User
from accounts.services.audit import record
from accounts.services.people import random_password
from accounts.services.roles import grant_role
from accounts.services.units import create_unit
from reviews.deadlines.services import create_default_calendar
from scoring.services.versions import create_default_scheme

QUESTIONS = {
    "name": "单位全称（如 某某市委巡察工作领导小组办公室）：",
    "short_name": "单位简称（如 市委巡察办）：",
    "code": "单位代码（行政区划代码或自定，如 150500）：",
    "admin": "管理员登录账号（字母和数字）：",
    "admin_name": "管理员姓名：",
}


class Command(BaseCommand):
    help = "Set up an office with its first administrator; asks for what is not given."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--name")
        parser.add_argument("--short-name")
        parser.add_argument("--code")
        parser.add_argument("--admin", metavar="ACCOUNT")
        parser.add_argument("--admin-name")

    def handle(self, *args: Any, **options: Any) -> None:
        answers = {key: (options[key] or self._ask(question)).strip() for key, question in QUESTIONS.items()}
        missing = [
            QUESTIONS[key].split("（")[0].rstrip("：") for key, answer in answers.items() if not answer
        ]
        if missing:
            raise CommandError(f"请填写：{'、'.join(missing)}。")
        if Unit.objects.filter(code=answers["code"]).exists():
            raise CommandError(f"代码 {answers['code']} 已被使用，请换一个代码。")
        if User.objects.filter(username=User.normalize_username(answers["admin"])).exists():
            raise CommandError(f"账号 {answers['admin']} 已存在，请换一个账号。")
        password = random_password()
        try:
            self._set_up(answers, password)
        except ValidationError as error:
            raise CommandError("；".join(error.messages)) from error
        self.stdout.write(
            f"已建立“{answers['name']}”。管理员账号 {answers['admin']}，初始密码 {password}\n"
            "初始密码只显示这一次，首次登录时必须修改。"
        )

    def _ask(self, question: str) -> str:
        try:
            return input(question)
        except EOFError:
            return ""

    @transaction.atomic
    def _set_up(self, answers: dict[str, str], password: str) -> None:
        now = timezone.now()
        today = timezone.localdate(now)
        office = create_unit(
            parent=None,
            kind=UnitKind.OFFICE,
            code=answers["code"],
            name=answers["name"],
            short_name=answers["short_name"],
            # Old enough for last year's ledger, and for the assessment year that is under way.
            active_from=date(today.year - 1, 1, 1),
        )
        admin = User(
            username=User.normalize_username(answers["admin"]),
            display_name=answers["admin_name"],
            unit=office,
            must_change_password=True,
        )
        admin.set_password(password)
        admin.full_clean()
        admin.save()
        grant_role(user=admin, role=Role.OFFICE_ADMIN, unit=office, since=today)
        create_default_calendar(office=office)
        create_default_scheme(office=office, effective_from=office.active_from, now=now)
        record(actor=None, action="office.set-up", target=office, office=office, now=now)
