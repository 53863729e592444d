"""What counts, and when: proof, revocation, filing and issue on their own days."""

from __future__ import annotations

import pytest

from adoptions.entries.services import revoke_entry
from adoptions.models import Adoption
from reviews.enums import Action
from scoring.periods.month import Month
from scoring.services.versions import create_default_scheme
from stats.services.months import close_month
from tests.conftest import LONG_AGO, filed, issued, shanghai, step
from tests.stats.world import AFTER, adopted, counted


@pytest.fixture(autouse=True)
def _scheme(city) -> None:
    create_default_scheme(office=city.office, effective_from=LONG_AGO, now=AFTER)


def test_unproven_and_revoked_adoptions_do_not_count(cast, city, outlets) -> None:
    adopted(cast, outlets["city"], "2026-02-10", link="", title="没有佐证")
    proven = adopted(cast, outlets["city"], "2026-02-11", title="有链接")
    assert counted(city.office, "2026-02")["青山县"].city == 1
    revoke_entry(
        entry=Adoption.objects.get(pk=proven.pk),
        reason="登记错误",
        revision=proven.revision,
        by=cast.admin,
        now=AFTER,
    )
    assert counted(city.office, "2026-02")["青山县"].city == 0


def test_an_item_filed_in_one_month_and_issued_in_the_next_is_counted_in_each(cast, city) -> None:
    item = filed(cast.author, shanghai("2026-01-31", "23:30"))
    step(item, Action.PASS, cast.section_head, shanghai("2026-02-01"))
    step(item, Action.PASS, cast.supervising_leader, shanghai("2026-02-01"))
    step(item, Action.ISSUE, cast.principal_leader, shanghai("2026-02-01"))
    january, february = counted(city.office, "2026-01"), counted(city.office, "2026-02")
    assert (january["青山县"].filed, january["青山县"].issued) == (1, 0)
    assert (february["青山县"].filed, february["青山县"].issued) == (0, 1)


def test_a_month_that_runs_cannot_be_closed(city) -> None:
    with pytest.raises(ValueError, match="not ended"):
        close_month(office=city.office, month=Month.parse("2026-04"), now=AFTER)


def test_an_item_is_issued_once(cast, city) -> None:
    issued(cast.author, cast, shanghai("2026-02-10"))
    assert counted(city.office, "2026-02")["青山县"].issued == 1
