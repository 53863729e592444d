"""Whatever moves a figure marks what it moves: what a count reads, and everybody who writes to it."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model
from django.test.utils import CaptureQueriesContext

from accounts.enums import UnitKind
from accounts.services.units import change_unit, open_unit
from bulletins.models import Bulletin
from bulletins.services.drafting import draft_bulletin
from reviews.enums import Action
from reviews.handling.editing import edit_text
from scoring.periods.month import Month
from scoring.periods.period import Period
from scoring.services.versions import create_default_scheme
from stats.facts.loading import load_facts
from stats.facts.read import READ
from stats.models import TallyRow
from stats.services.months import count_month
from submissions.models import StaleMonth
from submissions.services.drafts import save_draft
from tests.conftest import LONG_AGO, filed, shanghai, step
from tests.program import PACKAGES, ROOT
from tests.stats.world import AFTER, QUARTER, adopted

#: What a program does to a table.
WRITES = {
    "save", "create", "update", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"
}  # fmt: skip
MARKING = {"mark_stale", "figures_move"}

#: Functions that write to what a count reads and do not mark themselves, nor through what they call.
LEFT_TO_OTHERS: Mapping[str, str] = {
    "accounts.services.units.create_unit": "the bare fact, for setting up; open_unit marks",
    "adoptions.entries.services._write": "its callers note the entry, which marks",
    "adoptions.importing.writing._make_adoptions": "a part of carry_out, which marks",
    "adoptions.outlets.services._written": "a part of creating and editing an outlet, which mark",
    "adoptions.services.write": "a part of entering and editing an entry, which mark",
    "reviews.handling.merging._take_in": "the merge is a step that edits the whole, which marks",
    "reviews.steps.services._file": "a part of take_step, which marks",
    "stats.services.adjustments.propose_adjustment": "a proposal does not count",
    "submissions.services.drafts._new_item": "a draft does not count",
    "submissions.services.drafts.claim": "a lock on the writer's text",
    "submissions.services.drafts.discard_draft": "a draft does not count",
    "submissions.services.drafts.save_draft": "what is not filed does not count",
    "submissions.services.drafts.set_authors": "stored figures are of units; people's are read from facts",
    "submissions.services.filing.file_version": "made by a step that files or edits, which marks",
    "submissions.services.filing.record_historic": "a part of importing a ledger, which marks",
    "submissions.services.revising.add_authors_of": "the merge is a step, which marks",
    "submissions.services.revising.revise_text": "made by a step that edits, which marks",
}
#: Functions that mention what a count reads, but write to something else.
WRITES_SOMETHING_ELSE = {
    "accounts.services.audit.record",
    "accounts.services.people.change_person",
    "accounts.services.roles.grant_role",
    "adoptions.importing.previews.store_preview",
    "adoptions.importing.writing.new_record",
    "bulletins.services.drafting.redraft_since",
    "bulletins.services.historic.enter_historic",
    "bulletins.services.objections.raise_objection",
    "bulletins.services.text._redraft",
    "bulletins.services.text.save_settings",
    "bulletins.services.text.save_template",
    "incentives.services.set_targets",
    "reviews.deadlines.services.create_default_calendar",
    "reviews.deadlines.services.set_day",
    "reviews.deadlines.services.set_terms",
    "reviews.deciding.opening.note_opened",
    "reviews.handling.assigning.assign",
    "reviews.meetings.services.call_meeting",
    "reviews.meetings.services.put_on_agenda",
    "reviews.office_settings.services.set_own_check",
    "reviews.returns.answering.keep_answers",
    "reviews.secrecy.services.review_secrecy",
    "reviews.steps.services._remember_writers",
    "scoring.services.drafts.confirm_scheme",
    "scoring.services.drafts.start_draft",
    "stats.services.months.close_month",
    "submissions.rules.built_on",
    "submissions.services.checking.save_word",
    "submissions.services.drafts.attach",
    "submissions.services.drafts.attach_scanned",
    "submissions.services.filing.take_numbers",
}


def functions() -> Iterator[tuple[str, ast.FunctionDef]]:
    """Every function of the program with its full name; the demo city plays people, the launcher nobody."""
    for package in set(PACKAGES) - {"demo", "launcher"}:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" in path.parts:
                continue
            module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.FunctionDef):
                    yield f"{module}.{node.name}", node


def called(function: ast.AST) -> set[str]:
    """The names a function calls, of methods their own."""
    calls = [node.func for node in ast.walk(function) if isinstance(node, ast.Call)]
    return {call.id if isinstance(call, ast.Name) else getattr(call, "attr", "") for call in calls}


def writers(program: Mapping[str, ast.FunctionDef], read: Collection[type[Model]] = READ.keys()) -> set[str]:
    """Those that write, and speak of something that is read."""
    counted = {model.__name__ for model in read}
    return {
        name
        for name, function in program.items()
        if called(function) & WRITES
        and counted & {node.id for node in ast.walk(function) if isinstance(node, ast.Name)}
    }


def markers(program: Mapping[str, ast.FunctionDef], marking: Collection[str] = MARKING) -> set[str]:
    """Those that mark, themselves or through what they call."""
    reached = set(marking)
    while True:
        found = {name.rpartition(".")[2] for name, function in program.items() if called(function) & reached}
        if found <= reached:
            return {name for name in program if name.rpartition(".")[2] in reached}
        reached |= found - WRITES


def test_who_writes_what_is_counted_marks_or_says_who_does() -> None:
    program = dict(functions())
    silent = writers(program) - markers(program)
    assert sorted(silent - set(LEFT_TO_OTHERS) - WRITES_SOMETHING_ELSE) == []


def test_the_list_names_nobody_who_is_gone() -> None:
    program = dict(functions())
    assert sorted((set(LEFT_TO_OTHERS) | WRITES_SOMETHING_ELSE) - set(program)) == []


def test_a_writer_that_marks_nothing_is_found() -> None:
    careless = ast.parse("def rename(outlet: Outlet):\n    outlet.save()").body[0]
    assert isinstance(careless, ast.FunctionDef)
    program = {"somewhere.rename": careless}
    assert writers(program) - markers(program) == {"somewhere.rename"}


def test_a_count_reads_nothing_that_is_not_in_the_list(cast, city, outlets) -> None:
    create_default_scheme(office=city.office, effective_from=LONG_AGO, now=AFTER)
    adopted(cast, outlets["city"], "2026-02-11")
    with CaptureQueriesContext(connection) as captured:
        load_facts(city.office, QUARTER, as_of=AFTER.date())
    tables = {table for query in captured for table in re.findall(r'(?:FROM|JOIN) "(\w+)"', query["sql"])}
    assert tables <= {model._meta.db_table for model in READ}


# Units ----------------------------------------------------------------------------------------------------


@pytest.fixture
def counted_months(cast, city, outlets) -> list[Month]:
    """Three months with figures, and nothing owed."""
    create_default_scheme(office=city.office, effective_from=LONG_AGO, now=AFTER)
    adopted(cast, outlets["city"], "2026-02-11")
    months = [Month.parse(text) for text in ("2026-01", "2026-02", "2026-03")]
    for month in months:
        count_month(office=city.office, month=month, now=AFTER)
    StaleMonth.objects.all().delete()
    return months


def owed() -> list[str]:
    return sorted(str(Month.of(debt.month)) for debt in StaleMonth.objects.all())


ALL = ["2026-01", "2026-02", "2026-03"]


@pytest.mark.usefixtures("counted_months")
@pytest.mark.parametrize(
    "fields",
    [
        {"active_to": date(2026, 2, 28)},
        {"active_from": date(2026, 2, 1)},
        {"name": "青山新区"},
        {"short_name": "青山区"},
        {"position": 7},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_a_change_of_a_unit_marks_what_its_office_has_counted(cast, city, fields: dict[str, Any]) -> None:
    change_unit(unit=city.county, by=cast.admin, now=AFTER, **fields)
    assert owed() == ALL


@pytest.mark.usefixtures("counted_months")
def test_what_no_figure_shows_marks_nothing(cast, city) -> None:
    change_unit(unit=city.county, by=cast.admin, now=AFTER, region_code="150502")
    change_unit(unit=city.county, by=cast.admin, now=AFTER, name=city.county.name)
    assert owed() == []


@pytest.mark.usefixtures("counted_months")
def test_a_unit_that_is_opened_is_in_the_next_count(cast, city) -> None:
    opened = open_unit(
        parent=city.office, kind=UnitKind.COUNTY, code="n-1", name="新县", active_from=date(2026, 3, 1),
        by=cast.admin, now=AFTER,
    )  # fmt: skip
    assert owed() == ALL, "a window that holds the day may have begun before"
    count_month(office=city.office, month=Month.parse("2026-03"), now=AFTER)
    assert TallyRow.objects.filter(unit=opened, tally__month=date(2026, 3, 1)).exists()


@pytest.mark.usefixtures("counted_months")
def test_a_closed_unit_is_no_longer_ranked(cast, city) -> None:
    change_unit(unit=city.other_county, by=cast.admin, now=AFTER, active_to=date(2026, 1, 31))
    for month in ALL:
        count_month(office=city.office, month=Month.parse(month), now=AFTER)
    listed = TallyRow.objects.filter(unit=city.other_county).values_list("tally__month", flat=True)
    assert list(listed) == [date(2026, 1, 1)]


@pytest.mark.usefixtures("counted_months")
def test_what_stands_below_a_ranked_unit_moves_nothing(cast, city) -> None:
    below = open_unit(
        parent=city.county,
        kind=UnitKind.DEPARTMENT,
        code="d-1",
        name="县农业局",
        active_from=date(2026, 2, 1),
        by=cast.admin,
        now=AFTER,
    )
    change_unit(unit=below, by=cast.admin, now=AFTER, name="县农牧局")
    assert owed() == []


def test_a_draft_over_months_that_were_never_counted_follows_a_new_unit(cast, city) -> None:
    create_default_scheme(office=city.office, effective_from=LONG_AGO, now=AFTER)
    bulletin = draft_bulletin(office=city.office, period=Period.parse("2026-01"), now=AFTER)
    change_unit(unit=city.county, by=cast.admin, now=AFTER, name="青山新区")
    assert list(Bulletin.objects.outdated()) == [bulletin]


@pytest.mark.usefixtures("counted_months")
@pytest.mark.usefixtures("foreign_cast")
def test_another_office_owes_nothing(cast, city) -> None:
    change_unit(unit=city.county, by=cast.admin, now=AFTER, active_to=date(2026, 2, 28))
    assert not StaleMonth.objects.exclude(office=city.office).exists()


# Items ----------------------------------------------------------------------------------------------------


def test_what_a_reviewer_edits_is_counted_again(cast, city) -> None:
    item = filed(cast.author, shanghai("2026-02-10"))
    StaleMonth.objects.all().delete()
    edit_text(
        item=item, by=cast.section_head, source=item.status, version=item.version, title="改过的标题",
        html=item.html, now=shanghai("2026-03-02"),
    )  # fmt: skip
    assert owed() == ["2026-02"]


@pytest.mark.usefixtures("counted_months")
def test_bonuses_for_an_item_are_counted_again_in_whatever_month_they_stand(cast, city) -> None:
    """They go by the item's genre, and may be registered long after it was filed."""
    item = filed(cast.author, shanghai("2026-01-10"), title="另一篇")
    StaleMonth.objects.all().delete()
    edit_text(
        item=item,
        by=cast.section_head,
        source=item.status,
        version=item.version,
        title="改过的标题",
        html=item.html,
        now=AFTER,
    )
    assert owed() == ALL


def test_a_text_that_its_writer_is_still_at_is_not_counted(cast, city) -> None:
    item = filed(cast.author, shanghai("2026-02-10"), title="报送的标题")
    genre, returned_at = item.genre, shanghai("2026-02-11")
    item = step(item, Action.RETURN, cast.section_head, returned_at, "标题不准")
    changed = {"title": "还没有报送的标题", "genre": "research", "body": "另一段文字"}
    save_draft(item=item, by=cast.author, fields=changed, authors=[], now=returned_at)
    create_default_scheme(office=city.office, effective_from=LONG_AGO, now=AFTER)
    (fact,) = load_facts(city.office, QUARTER, as_of=AFTER.date()).filings
    assert (fact.item_title, fact.genre) == ("报送的标题", genre)
