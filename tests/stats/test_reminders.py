"""Rule R104 of docs/scoring.md on the pages: who enters adjustments is told what is left to judgement."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.urls import reverse

from scoring.services.versions import add_scheme
from tests.conftest import LONG_AGO
from tests.scoring.builders import scheme_data
from tests.stats.world import AFTER, checked, counted, drafted

TOLD = "重大专题酌情加2至5分"


@pytest.fixture(autouse=True)
def _april(db: None) -> Iterator[None]:
    with time_machine.travel(AFTER, tick=False):
        yield


@pytest.fixture
def reminding(city):
    rules = scheme_data(reminders=[{"text": TOLD, "window": "quarter"}])
    add_scheme(office=city.office, rules=rules, effective_from=LONG_AGO, now=AFTER)
    for month in ("2026-01", "2026-02", "2026-03"):
        counted(city.office, month)


def test_r104_the_month_in_which_a_quarter_ends_reminds_the_administrator_alone(
    reminding, cast, as_user
) -> None:
    asked = [("2026-03", cast.admin), ("2026-02", cast.admin), ("2026-03", cast.author)]
    pages = [as_user(person).get(f"/stats/month/{month}/").content.decode() for month, person in asked]
    assert [TOLD in page for page in pages] == [True, False, False]


def test_r104_a_draft_reminds_and_a_checked_bulletin_does_not(reminding, cast, city, as_user) -> None:
    bulletin = drafted(city.office)
    address = reverse("bulletins:bulletin-detail", args=[bulletin.pk])
    assert TOLD in as_user(cast.admin).get(address).content.decode()
    checked(city.office, cast.section_head)
    assert TOLD not in as_user(cast.admin).get(address).content.decode()
