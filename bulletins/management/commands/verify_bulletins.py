"""./manage verify_bulletins [--office CODE]: whether issued bulletins still are what their facts come to."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from bulletins.models import Bulletin
from bulletins.services.verifying import verify
from scoring.management.asked import office_of


class Command(BaseCommand):
    help = "用固定下来的事实重算每一期已印发的通报，逐期打印结果；有不一致的，退出码为 1。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--office", metavar="CODE", help="只核这个办公室，如 150500")

    def handle(self, *, office: str | None, **_options: Any) -> None:
        bulletins = Bulletin.objects.issued().select_related("office", "facts")
        if office:
            bulletins = bulletins.of_office(office_of(office))
        different = 0
        for bulletin in bulletins.order_by("office__code", "year", "number").iterator(chunk_size=20):
            verified = verify(bulletin)
            different += not verified.holds
            told = (
                _("as issued")
                if verified.holds
                else verified.fault or ", ".join(verified.parts) or _("changed")
            )
            self.stdout.write(
                _("%(office)s No. %(number)s of %(year)s: %(told)s %(sha256)s")
                % {
                    "office": bulletin.office.code,
                    "number": bulletin.number,
                    "year": bulletin.year,
                    "told": told,
                    "sha256": bulletin.sha256,
                }
            )
        if different:
            raise CommandError(
                _("Bulletins that are not what was issued: %(number)s.") % {"number": different}
            )
