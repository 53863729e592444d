"""./manage bulletin 2026Q1 --office CODE --output FILE: a ranking bulletin as a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from bulletins.enums import UNDER_REVIEW, BulletinStatus
from bulletins.files.pdf import bulletin_pdf
from bulletins.files.word.building import bulletin_docx
from bulletins.files.xlsx import bulletin_workbook
from bulletins.models import Bulletin
from bulletins.services.drafting import draft_bulletin
from kit.commands import insist
from paper.trouble import missing_signs, trouble
from paper.typesetting import TypesettingError
from scoring.management.asked import office_of
from stats.management.asked import period_of


class Command(BaseCommand):
    help = "导出通报（与网页上导出的文件完全相同）；尚无通报时先起草，有待重新统计的月份先统计。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "period", metavar="PERIOD", help="2026-03、2026Q1、2026H1、2026 或 2026-01..2026-05"
        )
        parser.add_argument("--office", required=True, metavar="CODE", help="办公室的单位代码，如 150500")
        parser.add_argument("--format", choices=["xlsx", "docx", "pdf"], default="xlsx", help="文件格式")
        parser.add_argument("--preprinted", action="store_true", help="套打：用预先印好红头的纸（docx、pdf）")
        parser.add_argument("--with-points", action="store_true", help="计数列显示“篇/分”，如 3/30（xlsx）")
        parser.add_argument("--output", required=True, type=Path, metavar="FILE", help="写到哪个文件")

    def handle(self, *, period: str, office: str, output: Path, **options: Any) -> None:
        now = timezone.now()
        unit = office_of(office)
        asked = period_of(period, unit, timezone.localdate(now))
        bulletin = insist(lambda: draft_bulletin(office=unit, period=asked, now=now))
        document = bulletin.content
        try:
            output.write_bytes(self._rendered(bulletin, options))
        except OSError as error:
            raise CommandError(
                _("%(file)s cannot be written: %(reason)s") % {"file": output, "reason": error.strerror}
            ) from error
        self.stdout.write(f"{document.title}（{bulletin.get_status_display()}）")
        if bulletin.status == BulletinStatus.DRAFT and asked.end > timezone.localdate(now):
            self.stdout.write(_("The period has not ended: its figures will change."))
        self.stdout.write(
            _("Written to %(file)s: %(units)s units, %(adoptions)s adoptions in detail.")
            % {
                "file": output,
                "units": sum(len(group.rows) for group in document.groups),
                "adoptions": len(document.adoptions),
            }
        )

    def _rendered(self, bulletin: Bulletin, options: dict[str, Any]) -> bytes:
        """The file's bytes; what cannot be printed is said."""
        form, preprinted = options["format"], options["preprinted"]
        if form == "xlsx":
            return bulletin_workbook(bulletin.content, with_points=options["with_points"])
        review = bulletin.status in UNDER_REVIEW
        try:
            if form == "docx":
                return bulletin_docx(bulletin.content, preprinted=preprinted, review=review)
            done = bulletin_pdf(bulletin.content, preprinted=preprinted, review=review)
        except TypesettingError as error:
            raise CommandError(trouble(error)) from error
        if done.missing:
            self.stderr.write(missing_signs(done.missing))
        return done.files[0]
