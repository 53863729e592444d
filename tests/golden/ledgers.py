"""Published tables turned back into the ledgers they were counted from, and bulletins read cell by cell."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from accounts.enums import Role, UnitKind
from accounts.models import Unit
from accounts.services.units import create_unit
from adoptions.enums import Carrier
from adoptions.models import Outlet
from submissions.models import StaleMonth
from tests.conftest import LONG_AGO, make_person
from tests.scoring.builders import CASES, case
from tests.servers import eventually

__all__ = [
    "Entry",
    "bulletin",
    "case",
    "case_file",
    "import_ledger",
    "load_scheme",
    "matrix",
    "set_up_office",
    "wait_until_counted",
]

HEADER = ("序号", "标题", "报送单位", "作者", "报送时间", "采用媒体", "采用时间")


@dataclass(frozen=True, slots=True)
class Entry:
    """So many items of a unit, each adopted once by the outlet, or only filed when there is none."""

    unit: str
    number: int
    day: date
    outlet: str = ""
    author: str = ""


def set_up_office(units: Iterable[str], kind: UnitKind, outlets: Mapping[str, str]) -> Unit:
    """An office with an administrator, the units of the table, and outlets by name with their level."""
    office = create_unit(
        parent=None,
        kind=UnitKind.OFFICE,
        code="gold",
        name="某市委巡察办",
        active_from=LONG_AGO.replace(2010),
    )
    for place, name in enumerate(units):
        create_unit(
            parent=office,
            kind=kind,
            code=f"gold-{place}",
            name=name,
            position=place,
            active_from=LONG_AGO.replace(2010),
        )
    make_person(office, "keeper", "管理员", Role.OFFICE_ADMIN)
    for name, level in outlets.items():
        Outlet.objects.create(
            office=office,
            name=name,
            level=level,
            carrier=Carrier.WEBSITE,
            active_from=LONG_AGO.replace(2010),
        )
    return office


def load_scheme(office: Unit, folder: Path, points: Mapping[str, int], **settings: Any) -> None:
    """By the command: points by level, one item in several outlets added up."""
    rules = {
        "name": "复核用办法",
        "adoption": {"rules": [{"level": level, "points": str(worth)} for level, worth in points.items()]},
        "several_outlets": {"policy": "sum"},
    } | settings
    file = folder / "scheme.json"
    file.write_text(json.dumps(rules, ensure_ascii=False), encoding="utf-8")
    call_command("load_scheme", str(file), "--office", office.code, "--from", "2010-01-01", stdout=StringIO())


def import_ledger(office: Unit, folder: Path, entries: Sequence[Entry]) -> int:
    """Write the ledger as an office keeps it and import it by the command. Gives the number of rows."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["信息报送及采用台账"])
    sheet.append(HEADER)
    rows = 0
    for entry in entries:
        for _place in range(entry.number):
            rows += 1
            adopted = (entry.outlet, entry.day) if entry.outlet else (None, None)
            title = f"{entry.unit}信息第{rows}号"
            sheet.append([rows, title, entry.unit, entry.author or None, entry.day, *adopted])
    file = folder / "台账.xlsx"
    book.save(file)
    call_command("import_ledger", str(file), "--office", office.code, stdout=StringIO())
    return rows


def wait_until_counted(office: Unit) -> None:
    """The real worker settles every stale month."""
    eventually(lambda: not StaleMonth.objects.filter(office=office).exists(), seconds=60)


def bulletin(office: Unit, folder: Path, period: str) -> dict[str, dict[str, Any]]:
    """The bulletin by the command, read from its file: by unit, then by column title ("采用/市级")."""
    file = export(office, folder, period)
    calculated = load_workbook(file, data_only=True)
    formulas = load_workbook(file)
    rows: dict[str, dict[str, Any]] = {}
    for values, written in zip(calculated.worksheets, formulas.worksheets, strict=True):
        if head_of(values, "名次"):
            rows |= read(values, written)
    return rows


def matrix(office: Unit, folder: Path, period: str) -> tuple[list[str], dict[str, list[Any]]]:
    """The units across and, by outlet, the cells below them, of the bulletin's matrix sheet."""
    book = load_workbook(export(office, folder, period), data_only=True)
    sheet = book["媒体采用情况"]
    head = head_of(sheet, "序号")
    across = [str(cell.value) for cell in sheet[head + 1][3:-1]]
    below = sheet.iter_rows(min_row=head + 2, values_only=True)
    return across, {str(cells[1]): list(cells[3:-1]) for cells in below}


def export(office: Unit, folder: Path, period: str) -> Path:
    """The bulletin's workbook, by the command."""
    file = folder / "通报.xlsx"
    call_command(
        "bulletin",
        period,
        "--office",
        office.code,
        "--format",
        "xlsx",
        "--output",
        str(file),
        stdout=StringIO(),
    )
    return file


def case_file(name: str) -> Path:
    """The published table itself."""
    (path,) = CASES.glob(f"{name}_*.csv")
    return path


def head_of(sheet: Worksheet, title: str) -> int:
    """The row in which the first column is called so, 0 when there is none."""
    return next((row for row in range(1, 12) if sheet.cell(row, 1).value == title), 0)


def read(values: Worksheet, formulas: Worksheet) -> dict[str, dict[str, Any]]:
    """The rows of one sheet; its totals must be formulas over exactly the rows above them."""
    head = head_of(values, "名次")
    titles: list[str] = []
    above = ""
    for column in range(1, values.max_column + 1):
        first, second = values.cell(head, column).value, values.cell(head + 1, column).value
        above = str(first or above)
        titles.append(f"{above}/{second}" if second else above)
    rows: dict[str, dict[str, Any]] = {}
    for row in range(head + 2, values.max_row + 1):
        cells = [values.cell(row, column).value for column in range(1, len(titles) + 1)]
        if isinstance(cells[0], int) and cells[1]:
            rows[str(cells[1])] = dict(zip(titles, cells, strict=True))
        elif cells[1] == "合计":
            rows["合计"] = dict(zip(titles, cells, strict=True))
            points = titles.index("得分") + 1
            assert str(formulas.cell(row, points).value).startswith("=SUM(")
    return rows
