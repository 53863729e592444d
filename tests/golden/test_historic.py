"""Bulletins of which only the table was published: its layout, its unprinted weights, its wrong total."""

from __future__ import annotations

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse

from accounts.enums import UnitKind
from accounts.models import User
from bulletins.historic.cells import Measure
from bulletins.historic.printed import Layout
from bulletins.models import HistoricBulletin
from launcher.processes import Child
from tests.golden.ledgers import Entry, case_file, import_ledger, matrix, set_up_office, wait_until_counted
from tests.scoring.builders import case

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _files(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def import_bulletin(*arguments: str) -> str:
    out = StringIO()
    call_command("import_bulletin", *arguments, stdout=out)
    return out.getvalue()


def test_t03_matrix_of_zaozhuang_has_units_across_outlets_down_and_blank_rows(
    celery_worker_process: Child, tmp_path: Path
) -> None:
    table = case("t03")
    *outlets, points = table
    units = [name for name in table[0] if name != "媒体"]
    office = set_up_office(units, UnitKind.COUNTY, {row["媒体"]: "city" for row in outlets})
    entries = [
        Entry(unit, int(row[unit]), date(2013, 11, 15), row["媒体"])
        for row in outlets
        for unit in units
        if row[unit]
    ]
    import_ledger(office, tmp_path, entries)
    wait_until_counted(office)

    across, below = matrix(office, tmp_path, "2013-11")

    assert sorted(across) == sorted(units)
    for row in outlets:
        printed = [int(row[unit]) if row[unit] else None for unit in across]
        assert below[row["媒体"]] == printed, row["媒体"]
    assert [name for name in below if not any(below[name])][:1], "outlets without adoption keep their rows"
    assert list(below)[-1] == "采用得分"
    assert below["合计"] == [sum(int(row[unit] or 0) for row in outlets) for unit in across]
    # The weights were not published: the points cannot come from the items, so they are kept as printed.
    assert below["采用得分"] == [0] * len(units)

    arguments = ["--office", office.code, "--period", "2013-11", "--title", "2013年11月新闻宣传情况通报"]
    said = import_bulletin(str(case_file("t03")), *arguments)

    historic = HistoricBulletin.objects.get()
    assert historic.content.layout is Layout.UNITS_ACROSS
    printed_points = {name: figures[Measure.POINTS] for name, figures in historic.content.of_units().items()}
    assert printed_points == {unit: int(points[unit]) for unit in units}
    assert f"{units[0]} 得分：原件 128，本系统统计 0" in said
    assert "采用：原件" not in said, "our own counts of adoptions agree with the printed ones"


def test_t04_of_dazhou_shows_961_beside_the_printed_956_and_repairs_neither(tmp_path: Path, as_user) -> None:
    table = case("t04")
    office = set_up_office([row["单位"] for row in table], UnitKind.COUNTY, {})

    said = import_bulletin(
        str(case_file("t04")),
        *("--office", office.code, "--period", "2010", "--title", "2010年度政务信息采用情况通报"),
        *("--total", "市政府办采用=956"),
    )

    assert "市政府办采用：各行合计 961，正文所写 956，相差 +5" in said
    historic = HistoricBulletin.objects.get()
    assert [dict(zip(historic.content.columns, row, strict=True)) for row in historic.content.rows] == table
    page = as_user(User.objects.get(username="keeper")).get(
        reverse("bulletins:historic-detail", args=[historic.pk])
    )
    assert "市政府办采用：各行合计 961，正文印作 956，相差 +5" in page.text
    assert page.text.count('<td class="num"></td>') == 3, "empty cells stay empty"
