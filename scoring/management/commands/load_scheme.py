"""./manage load_scheme SCHEME --office CODE --from 2026-01-01: a new version of the scoring scheme.

SCHEME is a JSON file or the name of a shipped scheme, such as s23.
"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from kit.commands import insist
from scoring.management.asked import day_of, office_of, scheme_data
from scoring.names import names_of
from scoring.pages.scheme import warnings_of
from scoring.schemes.reading import SchemeError
from scoring.services.versions import SchemeExists, add_scheme
from scoring.wording import problem_text


class Command(BaseCommand):
    help = "载入计分办法（JSON，写法见 docs/scoring.md）作为新版本，自某日起施行；受影响的月份随后重新统计。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("scheme", metavar="SCHEME", help="计分办法文件，或随系统提供的办法名称，如 s23")
        parser.add_argument("--office", required=True, metavar="CODE", help="办公室的单位代码，如 150500")
        parser.add_argument(
            "--from", required=True, dest="day", metavar="DATE", help="施行日期，如 2026-01-01"
        )
        parser.add_argument("--note", default="", metavar="TEXT", help="依据或说明")

    def handle(self, *, scheme: str, office: str, day: str, note: str, **_options: Any) -> None:
        unit, first_day, rules = office_of(office), day_of(day), scheme_data(scheme)
        try:
            version = insist(
                lambda: add_scheme(
                    office=unit, rules=rules, effective_from=first_day, note=note, now=timezone.now()
                )
            )
        except SchemeError as error:
            problems = "\n".join(problem_text(problem) for problem in error.problems)
            raise CommandError(_("The scheme was not loaded:") + "\n" + problems) from error
        except SchemeExists as error:
            raise CommandError(
                _("Version %(version)s already begins on that day: choose another day.")
                % {"version": error.version.version}
            ) from error
        for warning in warnings_of(rules, names_of(unit)):
            self.stderr.write(problem_text(warning))
        self.stdout.write(
            _("Loaded: %(name)s, version %(version)s, in force from %(day)s.")
            % {"name": version.name, "version": version.version, "day": first_day}
        )
