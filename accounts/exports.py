"""Lists of people and of the audit trail as Excel workbooks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from accounts.models import AuditEntry, User
from accounts.wording import AuditLine

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADER_FONT, TEXT_FONT = Font(name="宋体", size=11, bold=True), Font(name="宋体", size=10.5)
#: Longest text of a cell; Excel refuses more than 32,767 characters.
LONGEST = 2_000

type Column = tuple[str, float]


def people_workbook(people: Iterable[User], today: date) -> BytesIO:
    """One row a person, with the roles that hold on `today` or later."""
    columns: list[Column] = [
        (_("Name"), 14), (_("Account name"), 16), (_("Unit"), 20), (_("Post"), 18), (_("Phone"), 16),
        (_("Roles"), 34), (_("State"), 10), (_("Last login"), 17),
    ]  # fmt: skip
    rows = (
        [
            person.display_name,
            person.username,
            person.unit.name,
            person.post,
            person.phone,
            "、".join(grant.get_role_display() for grant in person.standing_grants),  # type: ignore[attr-defined]
            _("Active") if person.is_active else _("Deactivated"),
            _local(person.last_login),
        ]
        for person in people
    )
    return _workbook(_("People and roles (%(day)s)") % {"day": today.isoformat()}, columns, rows)


def audit_workbook(entries: Iterable[AuditEntry], today: date) -> BytesIO:
    """One row an entry, in the order given."""
    columns: list[Column] = [
        (_("Time"), 20), (_("Person"), 12), (_("Account name"), 14), (_("Action"), 18),
        (_("Kind of object"), 12), (_("Object"), 36), (_("Detail"), 60),
    ]  # fmt: skip
    rows = (
        [
            _local(entry.at),
            line.actor,
            entry.actor.username if entry.actor else "",
            line.action,
            line.target,
            entry.target_label,
            "；".join(f"{name}：{value}" for name, value in line.details),
        ]
        for entry, line in ((entry, AuditLine(entry)) for entry in entries)
    )
    return _workbook(_("Audit trail (%(day)s)") % {"day": today.isoformat()}, columns, rows)


# A write-only sheet has the page set-up of a sheet, but its type stubs do not know it: hence `Any`.
def _workbook(title: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> BytesIO:
    """A title, a header row and the rows, ready to print on A4 landscape."""
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet(title[:31].replace("/", "-"))
    for index, (_name, width) in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    sheet.freeze_panes = "A3"
    sheet.print_title_rows = "1:2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = Worksheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.append([_cell(sheet, title, Font(name="黑体", size=16))])
    sheet.append([_cell(sheet, name, HEADER_FONT) for name, _width in columns])
    for row in rows:
        sheet.append([_cell(sheet, value, TEXT_FONT) for value in row])
    file = BytesIO()
    book.save(file)
    file.seek(0)
    return file


def _cell(sheet: Any, value: Any, font: Font) -> Any:
    """A cell whose text is text, whatever it begins with."""
    if isinstance(value, str):
        cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value)[:LONGEST])
        cell.data_type = "s"
    else:
        cell = WriteOnlyCell(sheet, value)
        cell.number_format = "yyyy-mm-dd hh:mm:ss"
    cell.font = font
    cell.alignment = Alignment(vertical="center", wrap_text=font is TEXT_FONT)
    return cell


def _local(moment: datetime | None) -> datetime | str:
    """China's time without a zone, as Excel wants it."""
    return timezone.localtime(moment).replace(tzinfo=None, microsecond=0) if moment else ""
