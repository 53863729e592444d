"""./manage load_scheme FILE.json --office CODE --from 2026-01-01: a new version of the scoring scheme."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from stats.management.asked import day_of, office_of
from stats.schemes import SchemeError
from stats.services import SchemeExists, add_scheme
from stats.wording import problem_text


class Command(BaseCommand):
    help = "载入计分办法（JSON，写法见 docs/scoring.md）作为新版本，自某日起施行；受影响的月份随后重新统计。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="计分办法文件")
        parser.add_argument("--office", required=True, metavar="CODE", help="办公室的单位代码，如 150500")
        parser.add_argument(
            "--from", required=True, dest="day", metavar="DATE", help="施行日期，如 2026-01-01"
        )
        parser.add_argument("--note", default="", metavar="TEXT", help="依据或说明")

    def handle(self, *, file: Path, office: str, day: str, note: str, **_options: Any) -> None:
        unit, first_day, rules = office_of(office), day_of(day), self.read(file)
        try:
            version = add_scheme(
                office=unit, rules=rules, effective_from=first_day, note=note, now=timezone.now()
            )
        except SchemeError as error:
            problems = "\n".join(problem_text(problem) for problem in error.problems)
            raise CommandError(_("The scheme was not loaded:") + "\n" + problems) from error
        except SchemeExists as error:
            raise CommandError(
                _("Version %(version)s already begins on that day: choose another day.")
                % {"version": error.version.version}
            ) from error
        self.stdout.write(
            _("Loaded: %(name)s, version %(version)s, in force from %(day)s.")
            % {"name": version.name, "version": version.version, "day": first_day}
        )

    def read(self, file: Path) -> Any:
        """The JSON data of the file. CommandError when there is none."""
        try:
            return json.loads(file.read_text(encoding="utf-8-sig"))
        except OSError as error:
            raise CommandError(
                _("%(file)s cannot be read: %(reason)s") % {"file": file, "reason": error.strerror}
            ) from error
        except ValueError as error:
            raise CommandError(
                _("%(file)s is not JSON in UTF-8: %(reason)s") % {"file": file, "reason": error}
            ) from error
