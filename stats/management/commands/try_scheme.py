"""./manage try_scheme SCHEME LEDGER.xlsx --period 2016-09: score a ledger with a scheme, change nothing.

SCHEME is a JSON file or the name of a shipped scheme, such as s23.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from adoptions.ledger.tables import Told
from adoptions.ledger.upload import check_ledger
from adoptions.ledger.workbook import LedgerUnreadable
from scoring.management.asked import day_of, scheme_data
from scoring.pages.scheme import warnings_of
from scoring.periods.month import PeriodError
from scoring.periods.period import Period
from scoring.schemes.names import Names
from scoring.schemes.reading import SchemeError, parse_scheme
from scoring.schemes.scheme import Scheme
from scoring.wording import problem_text
from stats.trials.ledgers.facts import LedgerFacts, names_in, read_facts
from stats.trials.ledgers.outcome import score
from stats.trials.ledgers.report import as_json, as_text


class Command(BaseCommand):
    help = (
        "用一份计分办法给一份台账计分排名，不读也不改系统里的数据。"
        "办法的写法、台账的列和可选的工作表见 docs/scoring.md。"
    )
    #: Facts come from the file alone: it works before there is any database.
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("scheme", metavar="SCHEME", help="计分办法文件，或随系统提供的办法名称，如 s23")
        parser.add_argument(
            "ledger", type=Path, metavar="LEDGER", help="台账文件（.xlsx、.xls、.et 或 .csv）"
        )
        parser.add_argument(
            "--period", required=True, help="2026-03、2026Q1、2026H1、2026、2026-01..2026-05 或起止日期"
        )
        parser.add_argument(
            "--format", choices=("json", "text"), default="text", dest="written_as", help="输出格式"
        )
        parser.add_argument("--year", type=int, help="台账里没有写年份的日期是哪一年的")
        parser.add_argument("--hidden", choices=("take", "leave"), help="文件里隐藏的行：take 计，leave 不计")
        parser.add_argument(
            "--as-of", metavar="DATE", help="此日起的事实尚不知道；默认为期间结束的次日，即期间内的事实已全"
        )

    def handle(
        self, *, scheme: str, ledger: Path, period: str, written_as: str, as_of: str | None, **options: Any
    ) -> None:
        data = scheme_data(scheme)
        rules = self.read_scheme(data)
        wanted = self.read_period(period, rules)
        until: date | None = day_of(as_of) if as_of else None
        told = Told(options["year"], {"take": True, "leave": False}.get(options["hidden"]))
        facts = self.read_ledger(ledger, rules, told)
        if facts.lists_units:
            rules = self.read_scheme(data, names_in(facts))
        for warning in warnings_of(data, names_in(facts)):
            self.stderr.write(problem_text(warning))
        outcome = score(facts=facts, scheme=rules, period=wanted, as_of=until)
        if written_as == "json":
            self.stdout.write(json.dumps(as_json(outcome), ensure_ascii=False, indent=2))
        else:
            self.stdout.write(as_text(outcome))

    def read_scheme(self, data: object, names: Names | None = None) -> Scheme:
        """The scheme in its JSON data. CommandError lists everything that is wrong with it."""
        try:
            return parse_scheme(data, names)
        except SchemeError as error:
            problems = "\n".join(problem_text(problem) for problem in error.problems)
            raise CommandError(_("The scheme cannot be used:") + "\n" + problems) from error

    def read_period(self, text: str, scheme: Scheme) -> Period:
        """The period; a year is the scheme's assessment year. CommandError for none."""
        try:
            return Period.parse(text, scheme.year_start_month)
        except PeriodError as error:
            raise CommandError(
                _(
                    "%(text)s is no period: write 2026-03, 2026Q1, 2026H1, 2026, 2026-01..2026-05 or"
                    " 2026-03-05..2026-04-10."
                )
                % {"text": text}
            ) from error

    def read_ledger(self, path: Path, scheme: Scheme, told: Told) -> LedgerFacts:
        """The facts of the file. CommandError when it cannot be taken as a whole."""
        try:
            with path.open("rb") as opened:
                upload = check_ledger(File(opened, name=path.name))
                return read_facts(upload.file, upload.extension, scheme, told)
        except FileNotFoundError as error:
            raise CommandError(_("There is no file %(file)s.") % {"file": path}) from error
        except OSError as error:
            reason = error.strerror or str(error)
            raise CommandError(
                _("%(file)s cannot be read: %(reason)s") % {"file": path, "reason": reason}
            ) from error
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from error
        except LedgerUnreadable as error:
            raise CommandError(f"{path.name}：{error}") from error
