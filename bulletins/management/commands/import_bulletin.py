"""./manage import_bulletin FILE --office CODE --period 2010 --title …: a historic bulletin as printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from adoptions.ledger.upload import check_ledger
from adoptions.ledger.workbook import LedgerUnreadable
from bulletins.historic.files import read_table
from bulletins.historic.pages import HistoricPage, historic_page, printed_table, sum_text
from bulletins.historic.printed import Layout, read_totals
from bulletins.services.historic import confirm_historic, enter_historic
from scoring.management.asked import office_of
from scoring.periods.month import PeriodError
from scoring.periods.period import Period


class Command(BaseCommand):
    help = "录入历史通报（.xlsx、.xls、.et、.csv）：按原件保存，列出各列合计与所印数字的差额，不作任何修改。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="通报中的表")
        parser.add_argument("--office", required=True, metavar="CODE", help="办公室的单位代码，如 150500")
        parser.add_argument(
            "--period",
            required=True,
            metavar="PERIOD",
            help="2010（自然年）、2010Q1、2013-11 或 2009-12..2010-11",
        )
        parser.add_argument("--title", required=True, help="通报标题")
        parser.add_argument("--number", default="", help="文号或期号，照原件写")
        parser.add_argument(
            "--total",
            action="append",
            default=[],
            metavar="COLUMN=NUMBER",
            help="正文所写的合计，如 市政府办采用=956；可多次使用",
        )
        parser.add_argument(
            "--units",
            choices=[layout.value for layout in Layout],
            default="",
            help="单位的排列：down 每行一个单位，across 每列一个单位；默认按表判断",
        )
        parser.add_argument("--notes", default="", help="出处、缺漏等说明")

    def handle(self, *, file: Path, **options: Any) -> None:
        with transaction.atomic():
            page = self.enter(file, options)
        for line in self.report(page):
            self.stdout.write(line)

    def enter(self, path: Path, options: dict[str, Any]) -> HistoricPage:
        """Store it as a whole or not at all. CommandError for a file or a total that cannot be taken."""
        now = timezone.now()
        office = office_of(options["office"])
        period = self.period(options["period"], timezone.localdate(now))
        try:
            totals = read_totals("\n".join(options["total"]))
        except ValueError as error:
            raise CommandError(
                _("“%(line)s” is no total: write the column's title, = and the number.") % {"line": error}
            ) from error
        try:
            with path.open("rb") as stream:
                upload = check_ledger(File(stream, name=path.name))
                read = read_table(stream, upload.extension)
                table = replace(printed_table(read, office, options["units"]), totals=totals)
                if unknown := table.unknown_totals():
                    names = "、".join(unknown)
                    raise CommandError(
                        _("The table has no column of numbers called %(names)s.") % {"names": names}
                    )
                bulletin = enter_historic(
                    office=office,
                    title=options["title"],
                    number=options["number"],
                    period=period,
                    table=table,
                    notes="\n".join(filter(None, (options["notes"], *read.notes))),
                    upload=upload,
                    by=None,
                    now=now,
                )
            return historic_page(confirm_historic(bulletin=bulletin, by=None, now=now))
        except OSError as error:
            raise CommandError(_("The file cannot be opened: %(path)s") % {"path": path}) from error
        except ValidationError as error:
            raise CommandError("；".join(error.messages)) from error
        except LedgerUnreadable as error:
            raise CommandError(str(error)) from error

    def period(self, text: str, today: date) -> Period:
        """What the bulletin covers; its years are those of the calendar, whatever the office's are today."""
        try:
            period = Period.parse(text)
        except PeriodError as error:
            raise CommandError(
                _("%(text)s is no period: write 2010, 2010Q1, 2013-11 or 2009-12..2010-11.") % {"text": text}
            ) from error
        if period.start > today:
            raise CommandError(_("%(period)s reaches into the future.") % {"period": period.label})
        return period

    def report(self, page: HistoricPage) -> Iterator[str]:
        yield _("Entered as printed: %(rows)s rows, %(columns)s columns.") % {
            "rows": len(page.table.rows),
            "columns": len(page.table.columns),
        }
        yield from (sum_text(line) for line in page.sums)
        yield from page.faults
        for line in page.ours:
            if line.differs:
                yield _("%(unit)s, %(measure)s: printed %(printed)s, counted here %(ours)s") % {
                    "unit": line.name,
                    "measure": line.measure,
                    "printed": line.printed,
                    "ours": line.ours,
                }
        if page.differing:
            yield _("Printed totals differ from what the rows add up to. The table stays as it was printed.")
