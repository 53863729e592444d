"""Whatever a bulletin prints outdates its drafts when it changes: the list, and everybody who writes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from adoptions.outlets.services import create_outlet, edit_outlet, facts_of, stamp
from bulletins.composing import gather
from bulletins.models import Bulletin
from bulletins.read import READ as PRINTED
from scoring.periods.period import Period
from scoring.services.versions import add_scheme, create_default_scheme
from stats.facts.read import READ
from tests.conftest import LONG_AGO
from tests.scoring.builders import scheme_data
from tests.stats.test_what_moves_figures import functions, markers, writers
from tests.stats.world import AFTER, adopted, counted, drafted, put_out

#: Functions that write to what is printed and outdate no draft, nor through what they call.
LEFT_TO_OTHERS: Mapping[str, str] = {
    "bulletins.services.life.open_bulletin": "no other bulletin prints what is open to objections",
}


def test_a_bulletin_reads_nothing_that_is_not_in_one_of_the_lists(cast, city, outlets) -> None:
    create_default_scheme(office=city.office, effective_from=LONG_AGO, now=AFTER)
    adopted(cast, outlets["city"], "2026-02-11")
    counted(city.office, "2026-02")
    put_out(cast)
    bulletin = drafted(city.office, Period.parse("2026-04"))
    with CaptureQueriesContext(connection) as captured:
        gather(bulletin, AFTER)
    tables = {table for query in captured for table in re.findall(r'(?:FROM|JOIN) "(\w+)"', query["sql"])}
    known = {model._meta.db_table for model in (*READ, *PRINTED)}
    assert tables - {"bulletins_frozenfacts"} <= known


def test_who_writes_what_is_printed_outdates_drafts_or_says_why_not() -> None:
    program = dict(functions())
    silent = writers(program, PRINTED) - markers(program, {"redraft_since", "mark_stale", "figures_move"})
    assert sorted(silent) == sorted(LEFT_TO_OTHERS)


@pytest.fixture
def draft(cast, city, outlets) -> Bulletin:
    create_default_scheme(office=city.office, effective_from=LONG_AGO, now=AFTER)
    return drafted(city.office)


def levels(bulletin: Bulletin) -> dict[str, str]:
    return {outlet.name: outlet.level for outlet in bulletin.content.outlets}


def test_an_outlet_without_an_adoption_is_printed_as_it_is_now(cast, city, outlets, draft) -> None:
    paper = outlets["city"]
    facts = replace(facts_of(paper), level="province")
    edit_outlet(outlet=paper, facts=facts, seen=stamp(paper), by=cast.admin, now=AFTER)
    assert list(Bulletin.objects.outdated()) == [draft]
    assert levels(drafted(city.office))[paper.name] == "province"


def test_a_new_outlet_is_printed_and_one_that_comes_later_moves_nothing(cast, city, outlets, draft) -> None:
    facts = replace(facts_of(outlets["city"]), name="新办的报")
    later = replace(facts, name="后来的报", active_from=date(2026, 4, 1))
    create_outlet(office=city.office, facts=later, by=cast.admin, now=AFTER)
    assert not Bulletin.objects.outdated().exists()
    create_outlet(office=city.office, facts=facts, by=cast.admin, now=AFTER)
    assert list(Bulletin.objects.outdated()) == [draft]
    assert {"新办的报", "后来的报"} & set(levels(drafted(city.office))) == {"新办的报"}


def test_the_first_scheme_ranks_what_was_before_it(cast, city) -> None:
    draft = drafted(city.office)
    rules: dict[str, Any] = scheme_data(groups=[{"name": "甲组", "units": ["青山县"]}])
    add_scheme(office=city.office, rules=rules, effective_from=date(2026, 7, 1), now=AFTER)
    assert list(Bulletin.objects.outdated()) == [draft]
    assert "甲组" in {group.kind for group in drafted(city.office).content.groups}
