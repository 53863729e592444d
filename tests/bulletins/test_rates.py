"""Rates with one decimal or none, by the office's setting: text, tables, Word, PDF, Excel and pages alike."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from typing import Any

import pytest
from django.urls import reverse

from bulletins.files.word.building import bulletin_docx
from bulletins.files.xlsx import bulletin_workbook
from bulletins.layout.official import official
from bulletins.models import Bulletin, BulletinSettings
from bulletins.text.writing import written
from kit.numbers import rate_text, rates_written
from scoring.services.versions import create_default_scheme
from tests.bulletins.sample import sample_document
from tests.conftest import LONG_AGO, Cast, City, filed, shanghai
from tests.stats.world import AFTER, adopted, counted, drafted, opened, put_out

RATE = re.compile(r"[0-9]+(?:\.[0-9]+)?%")


def of_places(places: int) -> Any:
    document = sample_document()
    return written(replace(document, letterhead=replace(document.letterhead, rate_places=places)))


@pytest.mark.parametrize("places", [0, 1])
def test_r33_text_tables_and_files_have_the_same_rates(places: int) -> None:
    document = of_places(places)
    with document.rates():
        expected = {rate_text(row.rate) for group in document.groups for row in (*group.rows, group.total)}
    form = re.compile(r"[0-9]+\.[0-9]%" if places else r"[0-9]+%")
    printed = set(RATE.findall(str(official(document))))
    assert printed
    assert all(form.fullmatch(rate) for rate in printed)
    assert {rate for rate in expected if rate != "—"} <= printed
    text = "".join(paragraph.generated for paragraph in document.text)
    assert all(form.fullmatch(rate) for rate in RATE.findall(text))
    with zipfile.ZipFile(io.BytesIO(bulletin_docx(document))) as word:
        body = re.sub("<[^>]+>", "", word.read("word/document.xml").decode())
    assert {rate for rate in expected if rate != "—"} <= set(RATE.findall(body))
    book: Any = opened(bulletin_workbook(document))
    cells = (cell for sheet in book for line in sheet.iter_rows() for cell in line)
    formats = {cell.number_format for cell in cells}
    assert {one for one in formats if "%" in one} == {"0.0%" if places else "0%"}


@pytest.fixture
def month(cast: Cast, city: City, outlets: Any) -> City:
    create_default_scheme(office=city.office, effective_from=LONG_AGO, now=AFTER)
    adopted(cast, outlets["city"], "2026-03-10")
    for day in ("2026-03-12", "2026-03-13"):
        filed(cast.author, shanghai(day))
    for number in ("2026-01", "2026-02", "2026-03"):
        counted(city.office, number)
    return city


def set_places(client: Any, places: int) -> None:
    page = reverse("bulletins:bulletin-settings")
    form = client.get(page).context["form"]
    data = {name: form[name].value() for name in form.fields} | {"rate_places": str(places)}
    assert client.post(page, data).status_code == 302


def test_the_office_sets_it_for_pages_exports_and_the_next_bulletins_but_not_for_issued_ones(
    month: City, cast: Cast, as_user: Any
) -> None:
    client = as_user(cast.admin)
    out = put_out(cast)
    pages = (reverse("stats:period", args=["2026Q1"]), reverse("bulletins:bulletin-detail", args=[out.pk]))
    assert all("33.3%" in client.get(page).text for page in pages)
    set_places(client, 0)
    report, issued = (client.get(page).text for page in pages)
    assert "33.3%" not in report
    assert "33%" in report
    assert "33.3%" in issued
    bulletin = Bulletin.objects.get(pk=out.pk)
    assert bulletin.content.letterhead.rate_places == 1
    with rates_written(lambda: 0):
        book: Any = opened(bulletin_workbook(bulletin.content))
    assert "0.0%" in {cell.number_format for line in book.worksheets[0] for cell in line}


def test_a_draft_follows_the_setting(month: City, cast: Cast, as_user: Any) -> None:
    bulletin = drafted(month.office)
    set_places(as_user(cast.admin), 0)
    bulletin.refresh_from_db()
    page = as_user(cast.admin).get(reverse("bulletins:bulletin-detail", args=[bulletin.pk])).text
    assert "33%" in page
    assert "33.3%" not in page


def test_another_offices_setting_is_its_own(
    month: City, cast: Cast, foreign_cast: Cast, as_user: Any
) -> None:
    BulletinSettings.objects.create(office=foreign_cast.admin.office, rate_places=0)
    page = as_user(cast.admin).get(reverse("stats:period", args=["2026Q1"])).text
    assert "33.3%" in page
