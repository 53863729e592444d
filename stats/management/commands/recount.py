"""./manage recount --office CODE: count months again from their facts, without waiting for the worker."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Unit
from kit.commands import insist
from scoring.management.asked import month_of, office_of
from scoring.periods.month import Month
from scoring.periods.period import Period
from stats.models import Tally
from stats.services.months import count_month
from submissions.models import StaleMonth


class Command(BaseCommand):
    help = "按原始数据重新统计各月；不给月份时统计所有已统计过和待统计的月份。已签发的通报不变。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--office", required=True, metavar="CODE", help="办公室的单位代码，如 150500")
        parser.add_argument("--from", dest="first", metavar="MONTH", help="从哪个月，如 2026-01")
        parser.add_argument("--to", dest="last", metavar="MONTH", help="到哪个月（含）")

    def handle(self, *, office: str, first: str | None, last: str | None, **_options: Any) -> None:
        unit = office_of(office)
        for month in self.months(unit, first, last):
            tally = insist(partial(count_month, office=unit, month=month, now=timezone.now()))
            self.stdout.write(
                _("%(month)s: %(filed)s filed, %(issued)s issued, %(adopted)s adopted")
                % {"month": month, "filed": tally.filed, "issued": tally.issued, "adopted": tally.adopted}
            )

    def months(self, office: Unit, first: str | None, last: str | None) -> list[Month]:
        """Every month from the first through the last asked for; those of the books where not asked."""
        known = [
            Month.of(day)
            for rows in (Tally.objects.of_office(office), StaleMonth.objects.filter(office=office))
            for day in rows.values_list("month", flat=True)
        ]
        if not known and not (first and last):
            raise CommandError(_("Nothing has been counted yet: say --from and --to."))
        begin = month_of(first) if first else min(known)
        end = month_of(last) if last else max([*known, begin])
        if end < begin:
            raise CommandError(_("The last month must not be before the first."))
        return list(Period(begin, end).months)
