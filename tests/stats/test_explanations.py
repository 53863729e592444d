"""Why a unit or a person has these points: every line in words, on the page, for those who may see it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from accounts.enums import Role
from adoptions.events.services import EventFacts, register_event
from scoring.arithmetic import arithmetic
from scoring.figures.lines import LineKind, Operator, ScoreLine, Step
from scoring.periods.period import Period
from scoring.services.versions import add_scheme
from scoring.timetables import scheme_versions
from stats.explanations import Explainer, in_order, subtotals
from stats.facts.loading import load_facts
from stats.services.adjustments import approve_adjustment
from submissions.services.drafts import Author
from tests.conftest import LONG_AGO, issued, make_person, shanghai
from tests.stats.test_adjustments import proposed
from tests.stats.world import AFTER, adopted

QUARTER = Period.parse("2026Q1")
RULES: dict[str, Any] = {
    "name": "说明用办法",
    "adoption": {
        "rules": [
            {"level": "city", "points": "10", "note": "市级"},
            {"level": "central", "points": "50"},
        ],
        "modifiers": [{"mode": "merged", "factor": "0.5"}],
    },
    "several_outlets": {"policy": "highest"},
    "bonuses": [{"event": "instruction", "level": "city", "points": "20"}],
    "base": {"points": "6", "window": "quarter"},
    "penalties": [{"event": "late", "points": "1"}],
    "limits": [{"of": "total", "window": "quarter", "max": "60"}],
    "targets": [{"metric": "points", "window": "quarter", "value": "80"}],
    "consequences": [{"metric": "points", "window": "quarter", "below": "10", "text": "不达标"}],
}


@pytest.fixture(autouse=True)
def _april(db: None) -> Iterator[None]:
    with time_machine.travel(AFTER, tick=False):
        yield


@pytest.fixture
def quarter(cast, city, outlets) -> None:
    """One item in two papers and with an instruction, a late report, an adjustment, a cap."""
    add_scheme(office=city.office, rules=RULES, effective_from=LONG_AGO, now=AFTER)
    first = adopted(cast, outlets["city"], "2026-02-10", title="被两家采用的稿件")
    adopted(cast, outlets["central"], "2026-02-11", item=first.item)
    adopted(cast, outlets["city"], "2026-02-12", item=first.item)
    event(cast, "instruction", first.item, level="city")
    event(cast, "late", city.county)
    adjustment = proposed(cast, city.county, points=Decimal(5))
    approve_adjustment(adjustment=adjustment, by=cast.principal_leader, now=AFTER)


def event(cast, kind: str, subject: Any, level: str = "") -> Any:
    return register_event(
        kind=kind,
        subject=subject,
        facts=EventFacts(date=date(2026, 3, 5), level=level, count=1, note="", link=""),
        by=cast.admin,
        now=AFTER,
    )


def address(city, period: str = "2026Q1") -> str:
    return f"{reverse('stats:unit', args=[city.county.pk])}?period={period}"


def explained(city, reader) -> list[Any]:
    found = load_facts(city.office, QUARTER, as_of=AFTER.date())
    (row,) = [row for row in found.counts(QUARTER) if row.unit.id == city.county.pk]
    lines = in_order(row.lines)
    explain = Explainer.of(
        lines,
        timetable=found.timetable,
        versions=scheme_versions(city.office),
        adoptions=found.adoptions,
        reader=reader,
    )
    return [explain(line) for line in lines]


def test_lines_are_told_kind_by_kind_and_add_up_to_the_points(quarter, cast, city) -> None:
    told = explained(city, cast.author)
    assert [entry.kind for entry in told] == [
        LineKind.ADOPTION, LineKind.ADOPTION, LineKind.ADOPTION, LineKind.BONUS, LineKind.BASE,
        LineKind.PENALTY, LineKind.LIMIT, LineKind.ADJUSTMENT,
    ]  # fmt: skip
    assert sum(entry.points for entry in told) == Decimal(65)
    sums = subtotals((entry.kind, entry.points) for entry in told)
    assert sum(entry.points for entry in sums) == Decimal(65)
    assert [entry.lines for entry in sums] == [3, 1, 1, 1, 1, 1]


def test_a_line_names_the_adoption_that_it_had_to_give_way_to(quarter, cast, city) -> None:
    better, lesser = explained(city, cast.author)[1:3]
    assert (better.arithmetic, better.points) == ("50 − 10", Decimal(40))
    assert "示例市日报" in better.decision
    assert "示例中央日报" in lesser.decision
    assert "2026-02-11" in lesser.decision
    assert lesser.points == 0


def test_a_cap_tells_what_was_reached_and_what_counts(quarter, cast, city) -> None:
    (cap,) = [entry for entry in explained(city, cast.author) if entry.kind == LineKind.LIMIT]
    assert cap.subject == "2026年第一季度"
    assert "75" in cap.decision
    assert "60" in cap.decision
    assert cap.points == -15


def test_every_rule_is_named_in_words_and_leads_to_its_scheme(quarter, cast, city) -> None:
    for entry in explained(city, cast.author):
        if entry.kind != LineKind.ADJUSTMENT:
            assert entry.rule, entry.line.rule
            assert entry.rule_url == reverse("scoring:scheme-detail", args=[1])


def test_the_page_shows_every_line_its_kinds_and_the_targets(quarter, cast, city, as_user) -> None:
    html = as_user(cast.author).get(address(city)).content.decode()
    for words in ("被两家采用的稿件", "示例中央日报", "承办全市巡察宣传现场会", "65", "2026年第一季度"):
        assert words in html
    assert "<progress" in html
    only = as_user(cast.author).get(f"{address(city)}&kind=bonus").content.decode()
    assert "承办全市巡察宣传现场会" not in only


def test_a_unit_below_the_line_is_told_the_consequence(quarter, cast, city, as_user) -> None:
    url = f"{reverse('stats:unit', args=[city.other_county.pk])}?period=2026Q1"
    assert "不达标" in as_user(cast.admin).get(url).content.decode()


def test_an_items_event_belongs_to_the_units_of_its_first_adoption(cast, city, outlets) -> None:
    """Rule R73: shares and all; before any adoption, to the unit that filed the item."""
    add_scheme(office=city.office, rules=RULES, effective_from=LONG_AGO, now=AFTER)
    item = issued(cast.author, cast, shanghai("2026-03-01"))
    event(cast, "instruction", item, level="city")
    adopted(cast, outlets["city"], "2026-03-06", city.other_county, item=item)
    shared = adopted(cast, outlets["city"], "2026-03-01", city.county, city.other_county, title="合写")
    event(cast, "instruction", shared.item, level="city")
    found = load_facts(city.office, QUARTER, as_of=AFTER.date())
    credited = {fact.item_id: [credit.unit_id for credit in fact.credits] for fact in found.events}
    assert credited == {
        item.pk: [city.county.pk],
        shared.item_id: [city.county.pk, city.other_county.pk],
    }


def test_free_days_are_counted_from_the_facts_themselves(quarter, cast, city, as_user) -> None:
    """Rule R76: pages and exports of days that are no whole months."""
    client = as_user(cast.admin)
    html = client.get("/stats/period/2026-02-11..2026-03-04/").content.decode()
    assert "2026年2月11日—3月4日" in html
    row = re.sub(r"<[^>]+>|\s+", " ", html[html.index("青山县") :])[:200]
    assert " 40 " in row
    answer = client.get("/stats/period/?since=2026-02-11&until=2026-03-04")
    assert answer.url == "/stats/period/2026-02-11..2026-03-04/"
    assert client.get("/stats/period/?since=2026-03-04&until=2026-02-11").status_code == 422
    assert client.get("/stats/period/?since=2026-03-01&until=2026-03-31").url == "/stats/month/2026-03/"
    assert client.get("/stats/period/2026-02-11..2026-03-04/export/").content.startswith(b"PK")
    assert "40" in client.get(address(city, "2026-02-11..2026-03-04")).content.decode()


def test_months_of_a_year_and_days_of_a_year_are_the_same_figures(quarter, cast, city) -> None:
    found = load_facts(city.office, Period.parse("2026-01-01..2026-03-31"), as_of=AFTER.date())
    assert str(found.span) == "2026Q1"


def test_arithmetic_can_be_done_again_with_a_pencil() -> None:
    """Every sign stands for a step, in the order of the steps."""
    line = ScoreLine(
        unit_id=1, date=date(2026, 3, 1), kind=LineKind.ADOPTION, key="adoption:1", base=Decimal(50)
    )
    steps = (
        Step(Operator.TIMES, Decimal("0.5"), "adoption.modifiers[0]"),
        Step(Operator.PLUS, Decimal(10), "adoption.modifiers[1]"),
        Step(Operator.TIMES, Decimal(2), "adoption.modifiers[2]"),
        Step(Operator.AT_MOST, Decimal(60), "adoption.modifiers[2]"),
    )
    assert arithmetic(line) == "50"
    half = replace(line, steps=steps[:1], deducted=Decimal(5), earned=Decimal(20), share="1/2")
    assert arithmetic(half) == "(50 × 0.5 − 5) × 1/2"
    most = replace(line, steps=steps, earned=Decimal(60), share="1/3")
    assert arithmetic(most) == "((50 × 0.5 + 10) × 2 → 60) × 1/3"
    assert arithmetic(replace(line, earned=Decimal(50), share="1/2"), "1/4") == "50 × 1/4"
    assert arithmetic(replace(line, base=Decimal(-5))) == "−5"


def test_what_rounding_leaves_is_shown_before_it_is_shared() -> None:
    line = ScoreLine(
        unit_id=1, date=date(2026, 3, 1), kind=LineKind.ADOPTION, key="adoption:1", base=Decimal(5)
    )
    quarter = (Step(Operator.TIMES, Decimal("0.25"), "adoption.modifiers[0]"),)
    shared = replace(line, steps=quarter, earned=Decimal("1.3"), share="1/2")
    assert arithmetic(shared) == "(5 × 0.25 ≈ 1.3) × 1/2"


# Authors -------------------------------------------------------------------------------------------------


def together(cast, day: str = "2026-03-01", **fields: Any) -> Any:
    """An item of two people, two parts and one."""
    authors = [
        Author(name=cast.author.display_name, share=2, user=cast.author),
        Author(name=cast.colleague.display_name, share=1, user=cast.colleague),
    ]
    return issued(cast.author, cast, shanghai(day), authors=authors, **fields)


def of_person(person) -> str:
    return f"{reverse('stats:author', args=[person.pk])}?period=2026Q1"


@pytest.fixture
def written(cast, city, outlets) -> None:
    add_scheme(office=city.office, rules=RULES, effective_from=LONG_AGO, now=AFTER)
    adopted(cast, outlets["city"], "2026-03-02", item=together(cast, title="两人合写的稿件"))


def test_authors_share_the_points_and_each_has_the_adoption(written, cast, as_user) -> None:
    mine = as_user(cast.author).get(of_person(cast.author)).content.decode()
    assert "6.67" in mine
    assert "10 × 2/3" in mine
    assert mine.count("6.67") == 4, "the figure above, the sum, the sum of the kind, the line"
    theirs = as_user(cast.colleague).get(of_person(cast.colleague)).content.decode()
    assert "3.33" in theirs


def test_r75_an_author_sees_the_own_points_and_nobody_elses(
    written, cast, foreign_cast, city, as_user
) -> None:
    author = as_user(cast.author)
    assert author.get("/stats/authors/me/").url == reverse("stats:author", args=[cast.author.pk])
    assert author.get(of_person(cast.author)).status_code == 200
    for person in (cast.colleague, cast.other_author, foreign_cast.author):
        assert author.get(of_person(person)).status_code == 404
    html = author.get("/stats/authors/?period=2026Q1").content.decode()
    assert cast.colleague.display_name not in html


def test_r75_an_administrator_of_a_county_sees_its_people(written, cast, foreign_cast, as_user) -> None:
    county, office = as_user(cast.county_admin), as_user(cast.section_head)
    assert county.get(of_person(cast.colleague)).status_code == 200
    assert county.get(of_person(cast.other_author)).status_code == 404
    assert office.get(of_person(cast.other_author)).status_code == 200
    assert office.get(of_person(foreign_cast.author)).status_code == 404
    assert as_user(cast.auditor).get(of_person(cast.author)).status_code == 404
    html = county.get("/stats/authors/?period=2026Q1").content.decode()
    assert cast.colleague.display_name in html
    assert cast.other_author.display_name not in html


def test_the_table_of_authors_is_narrowed_sorted_and_exported(written, cast, city, as_user) -> None:
    client = as_user(cast.admin)
    html = client.get("/stats/authors/?period=2026Q1&o=name").content.decode()
    for person in (cast.author, cast.colleague, cast.other_author):
        assert person.display_name in html
    only = f"/stats/authors/?period=2026Q1&unit={city.other_county.pk}"
    assert cast.author.display_name not in client.get(only).content.decode()
    answer = client.get("/stats/authors/export/?period=2026Q1")
    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
    assert sheet.title == "2026年第一季度作者得分表"
    assert "合计" in [row[1].value for row in sheet.iter_rows()]
    assert client.get("/stats/authors/?unit=nonsense").status_code == 200
    assert client.get("/stats/authors/?period=nonsense").status_code == 404


def test_an_author_without_an_account_has_a_page_of_their_own(cast, city, outlets, as_user) -> None:
    add_scheme(office=city.office, rules=RULES, effective_from=LONG_AGO, now=AFTER)
    item = issued(cast.author, cast, shanghai("2026-03-01"), authors=[Author(name="某/通讯员", share=1)])
    adopted(cast, outlets["city"], "2026-03-02", item=item)
    client = as_user(cast.admin)
    html = client.get("/stats/authors/?period=2026Q1").content.decode()
    (url,) = re.findall(r'href="(/stats/authors/named/[^"]+)"', html)
    assert client.get(url.replace("&amp;", "&")).status_code == 200
    assert as_user(cast.author).get(url.replace("&amp;", "&")).status_code == 404
    assert client.get("/stats/authors/named/?unit=x&name=y").status_code == 404


def test_the_pages_take_as_many_queries_with_thirty_rows(quarter, cast, city, outlets, as_user) -> None:
    client = as_user(cast.admin)

    def queries(url: str) -> int:
        with CaptureQueriesContext(connection) as context:
            assert client.get(url).status_code == 200
        return len(context)

    urls = [address(city), of_person(cast.author), "/stats/authors/?period=2026Q1"]
    few = [queries(url) for url in urls]
    for place in range(8):
        adopted(cast, outlets["city"], "2026-03-20", title=f"第{place}件")
        make_person(city.county, f"more{place}", f"新作者{place}", Role.AUTHOR)
    assert [queries(url) for url in urls] == few
