"""Ledger workbooks for trials, made of plain rows, and the command run on them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command
from openpyxl import Workbook

HEADER = (
    "标题",
    "报送单位",
    "报送时间",
    "采用媒体",
    "级别",
    "采用时间",
    "采用方式",
    "体裁",
    "版位",
    "字数",
    "份额",
    "作者",
)
DAY = "2016-09-10"

type Cells = Mapping[str, Any]
#: Title of a sheet → its header and its rows.
type Sheets = Mapping[str, tuple[Sequence[str], Any]]


def used(title: str, outlet: str, level: str, day: str = DAY, unit: str = "甲镇", **more: Any) -> Cells:
    """One adoption."""
    return {"标题": title, "报送单位": unit, "采用媒体": outlet, "级别": level, "采用时间": day, **more}


def filed(title: str, day: str = DAY, unit: str = "甲镇", **more: Any) -> Cells:
    """An item that was only filed."""
    return {"标题": title, "报送单位": unit, "报送时间": day, **more}


def ledger(
    path: Path, rows: Iterable[Cells], sheets: Sheets | None = None, header: Sequence[str] = HEADER
) -> Path:
    """Write a workbook with a ledger of these rows and the sheets beside it."""
    book = Workbook()
    page: Any = book.active
    page.title = "台账"
    page.append(list(header))
    for row in rows:
        page.append([row.get(name) for name in header])
    for name, (titles, lines) in (sheets or {}).items():
        other: Any = book.create_sheet(name)
        other.append(list(titles))
        for line in lines:
            other.append(list(line))
    book.save(path)
    return path


def scheme_file(path: Path, **settings: Any) -> Path:
    """Write a scheme with these settings."""
    rules = {"name": "试算用办法", "adoption": {"rules": []}} | settings
    path.write_text(json.dumps(rules, ensure_ascii=False), encoding="utf-8")
    return path


def tried(scheme: str | Path, file: Path, period: str = "2016-09", *options: str) -> dict[str, Any]:
    """The JSON that the command prints."""
    said = StringIO()
    words = (str(scheme), str(file), "--period", period, "--format", "json", *options)
    call_command("try_scheme", *words, stdout=said)
    result: dict[str, Any] = json.loads(said.getvalue())
    return result


def unit(result: Mapping[str, Any], name: str = "甲镇") -> dict[str, Any]:
    """One unit's part of the result."""
    found: dict[str, Any]
    (found,) = (each for each in result["units"] if each["unit"] == name)
    assert found["points"] == sum(line["points"] for line in found["lines"])
    return found


def points(result: Mapping[str, Any], name: str = "甲镇") -> float:
    worth: float = unit(result, name)["points"]
    return worth
