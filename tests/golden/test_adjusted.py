"""t08 comes out of the whole path: parts of a score as approved adjustments, counted, ranked and printed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from accounts.enums import Role, UnitKind
from accounts.models import Unit, User
from launcher.processes import Child
from stats.services.adjustments import AdjustmentFacts, approve_adjustment, propose_adjustment
from tests.conftest import make_person, shanghai
from tests.golden.ledgers import bulletin, load_scheme, set_up_office, wait_until_counted
from tests.scoring.builders import case

pytestmark = pytest.mark.django_db(transaction=True)

TOTAL = "总得分(100)"


@pytest.fixture(autouse=True)
def _files(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def test_t08_cities_of_sichuan_share_rank_nine_and_the_next_is_eleventh(
    celery_worker_process: Child, tmp_path: Path
) -> None:
    table = case("t08")
    parts = [name for name in table[0] if name not in {"排名", "地市名称", TOTAL}]
    office = set_up_office([row["地市名称"] for row in reversed(table)], UnitKind.COUNTY, {})
    load_scheme(office, tmp_path, {"city": 1})
    keeper = User.objects.get(username="keeper")
    leader = make_person(office, "leader", "主要领导", Role.PRINCIPAL_LEADER)
    now = shanghai("2011-07-05")
    for row in table:
        unit = Unit.objects.get(office=office, name=row["地市名称"])
        for part in parts:
            if not (points := Decimal(row[part])):
                continue
            facts = AdjustmentFacts(unit, date(2011, 6, 30), points, part, "网站测评结果")
            proposed = propose_adjustment(facts=facts, by=keeper, now=now)
            approve_adjustment(adjustment=proposed, by=leader, now=now)
    wait_until_counted(office)

    printed = bulletin(office, tmp_path, "2011Q2")

    assert len(table) == 21
    for row in table:
        cells = printed[row["地市名称"]]
        assert cells["名次"] == int(row["排名"])
        assert Decimal(str(cells["得分"])) == Decimal(row[TOTAL])
    assert sorted(cells["名次"] for name, cells in printed.items() if name != "合计")[8:11] == [9, 9, 11]
    assert Decimal(str(printed["合计"]["得分"])) == sum(Decimal(row[TOTAL]) for row in table)
