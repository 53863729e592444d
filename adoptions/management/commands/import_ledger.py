"""./manage import_ledger FILE.xlsx --office CODE: bring an old ledger into the system."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files import File
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import RoleGrant, Unit, User
from adoptions.importing.fates import FateKind
from adoptions.importing.writing import Outcome, import_rows
from adoptions.ledger.reader import notes_on, read_ledger
from adoptions.ledger.tables import Told
from adoptions.ledger.upload import check_ledger
from adoptions.ledger.workbook import LedgerUnreadable

#: Exit codes beside 0: some row was refused; the file, the office or the person cannot be used at all.
REFUSED, UNUSABLE = 1, 2


class Command(BaseCommand):
    help = "把旧台账（.xlsx、.xls、.et 或 .csv）导入指定办公室：逐行列出采纳、重复、拒收及其单元格和原因。"
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="台账文件")
        parser.add_argument("--office", required=True, metavar="CODE", help="办公室的单位代码，如 150500")
        parser.add_argument("--by", metavar="USERNAME", help="以谁的名义导入；默认为最早任命的办公室管理员")
        parser.add_argument("--year", type=int, help="台账里没有写年份的日期是哪一年的")
        parser.add_argument(
            "--hidden", choices=("take", "leave"), help="文件里隐藏的行：take 导入，leave 不导入"
        )
        parser.add_argument("--dry-run", action="store_true", help="只核对，不写入")
        parser.add_argument("--accept-partial", action="store_true", help="有行被拒收时仍写入其余各行")

    def handle(self, *, file: Path, office: str, **options: Any) -> None:
        """Exit code 0: every row was accepted or known; 1: some were refused; 2: none could be read."""
        unit = self.office(office)
        person = self.person(unit, options["by"])
        outcome = self.import_file(file, unit, person, options)
        self.report(outcome)
        partial = options["accept_partial"]
        if outcome.refused and not (partial and outcome.written):
            raise CommandError(_("Rows were refused: nothing was written."), returncode=REFUSED)
        if options["dry_run"]:
            self.stdout.write(_("Dry run: nothing was written."))
        elif not outcome.written:
            self.stdout.write(_("Nothing new: nothing was written."))
        else:
            self.stdout.write(_("Written: %(count)d rows.") % {"count": outcome.accepted})
        if outcome.refused:
            raise CommandError(
                _("%(count)d rows were refused and left out.") % {"count": outcome.refused},
                returncode=REFUSED,
            )

    def office(self, code: str) -> Unit:
        unit = Unit.objects.offices().filter(code=code).first()
        if unit is None:
            known = "、".join(f"{unit.code} {unit.name}" for unit in Unit.objects.offices().in_order()[:20])
            raise CommandError(
                _("There is no office with the code %(code)s. Offices: %(known)s")
                % {"code": code, "known": known or "—"},
                returncode=UNUSABLE,
            )
        return unit

    def person(self, office: Unit, username: str | None) -> User:
        """Who stands as submitter of the items that are made: the one named, or the first administrator."""
        grants = RoleGrant.objects.on(timezone.localdate()).filter(
            role=Role.OFFICE_ADMIN, unit=office, user__is_active=True
        )
        if username:
            grants = grants.filter(user__username=username)
        grant = grants.select_related("user__unit").order_by("since", "pk").first()
        if grant is None:
            raise CommandError(
                _("No office administrator was found: appoint one, or name another account with --by."),
                returncode=UNUSABLE,
            )
        return grant.user

    def import_file(self, path: Path, office: Unit, by: User, options: dict[str, Any]) -> Outcome:
        try:
            with path.open("rb") as stream:
                upload = check_ledger(File(stream, name=path.name))
                told = Told(options["year"], {"take": True, "leave": False}.get(options["hidden"]))
                ledger = read_ledger(stream, upload.extension, told=told)
                for note in notes_on(ledger, upload.extension):
                    self.stdout.write(note)
                return import_rows(
                    office=office,
                    ledger=ledger,
                    upload=upload,
                    by=by,
                    now=timezone.now(),
                    accept_partial=options["accept_partial"],
                    dry_run=options["dry_run"],
                )
        except OSError as error:
            raise CommandError(
                _("The file cannot be opened: %(path)s") % {"path": path}, returncode=UNUSABLE
            ) from error
        except ValidationError as error:
            raise CommandError("；".join(error.messages), returncode=UNUSABLE) from error
        except (LedgerUnreadable, PermissionDenied) as error:
            raise CommandError(str(error), returncode=UNUSABLE) from error

    def report(self, outcome: Outcome) -> None:
        for fate in outcome.fates:
            for cell, reason in fate.reasons:
                kind = FateKind(fate.kind).label
                self.stdout.write(f"{kind} {cell} {fate.title or '—'}：{reason}")
        self.stdout.write(
            _(
                "Rows: %(rows)d; accepted: %(accepted)d, duplicate: %(duplicate)d, refused: %(refused)d,"
                " set aside: %(skipped)d."
            )
            % {"rows": len(outcome.fates), **outcome.counts}
        )
