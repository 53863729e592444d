"""t12 comes out of the whole path: a ledger with authors, imported, counted, listed and exported."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client
from openpyxl import load_workbook

from accounts.enums import UnitKind
from accounts.models import User
from launcher.processes import Child
from stats.models import TallyRow
from tests.golden.ledgers import Entry, import_ledger, load_scheme, set_up_office, wait_until_counted
from tests.scoring.builders import case

pytestmark = pytest.mark.django_db(transaction=True)

UNIT = "商州区政协"


@pytest.fixture(autouse=True)
def _files(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def test_t12_twenty_authors_of_shangzhou_and_their_sum(celery_worker_process: Child, tmp_path: Path) -> None:
    numbers = {row["撰稿人(已隐名)"]: int(row["刊发则数"]) for row in case("t12")}
    office = set_up_office([UNIT], UnitKind.DEPARTMENT, {"示例政协刊物": "city"})
    load_scheme(office, tmp_path, {"city": 1})
    entries = [Entry(UNIT, 1, date(2014, 12, 31), "示例政协刊物", "作者01")]  # the year before must not count
    for place, (author, number) in enumerate(numbers.items()):
        first = date(2015, 1, 1) + timedelta(days=place)
        entries += [
            Entry(UNIT, number - 1, first, "示例政协刊物", author),
            Entry(UNIT, 1, date(2015, 12, 31), "示例政协刊物", author),
        ]
    import_ledger(office, tmp_path, entries)
    wait_until_counted(office)

    client = Client()
    client.force_login(User.objects.get(username="keeper"))
    address = "/stats/authors/?period=2015-01..2015-12"
    html = client.get(address).content.decode()
    book = load_workbook(BytesIO(client.get(address.replace("/?", "/export/?")).content))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    head = next(place for place, row in enumerate(rows) if "作者" in row)
    table = {row[1]: row for row in rows[head + 1 :] if isinstance(row[0], int)}

    assert len(numbers) == 20
    assert sum(numbers.values()) == 192
    assert {name: row[4] for name, row in table.items()} == numbers
    assert {name: Decimal(str(row[5])) for name, row in table.items()} == numbers
    by_number = sorted(numbers.values(), reverse=True)
    assert [row[4] for row in table.values()] == by_number
    assert all(name in html for name in numbers)
    assert sum(row.points for row in TallyRow.objects.filter(tally__month__year=2015)) == 192
