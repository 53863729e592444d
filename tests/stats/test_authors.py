"""Who an author is: one person, whoever files the item and whoever shares it. Rule R111."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.enums import Role
from accounts.models import Unit, User
from accounts.services.people import change_person
from adoptions.services import AdoptionFacts, Share, register_adoption
from incentives.progress import reached_by_people
from reviews.enums import Action
from scoring.schemes.reading import parse_scheme
from scoring.services.versions import create_default_scheme
from stats.authors import author_rows
from stats.facts.authors import of_items
from stats.facts.loading import load_facts
from stats.facts.namesakes import Namesakes
from stats.trials.ledgers.facts import read_facts
from stats.trials.ledgers.outcome import score
from stats.trials.ledgers.report import as_json
from submissions.services.drafts import Author, save_draft
from submissions.services.filing import Historic, record_historic
from tests.adoptions.builders import book
from tests.conftest import LONG_AGO, filed, make_person, shanghai, step
from tests.stats.world import AFTER, LINK, QUARTER

# Pure -----------------------------------------------------------------------------------------------------


def test_r111_a_joint_item_means_the_person_of_whichever_unit_has_the_name() -> None:
    known = Namesakes([("张三", [1]), ("张三", [2, 1])])
    assert known.unit_of("张三", [2, 1]) == known.unit_of("张三", [3, 1]) == 1


def test_r111_of_namesakes_the_one_of_the_filing_unit_is_meant() -> None:
    known = Namesakes([("张三", [1]), ("张三", [2])])
    assert (known.unit_of("张三", [1, 2]), known.unit_of("张三", [2, 1])) == (1, 2)


@given(st.permutations([[1, 2], [2, 1], [3, 1]]))
def test_r111_a_name_on_joint_items_alone_is_one_person(items: Sequence[list[int]]) -> None:
    known = Namesakes(("张三", units) for units in items)
    assert {known.unit_of("张三", units) for units in items} == {1}


# In the system --------------------------------------------------------------------------------------------


@pytest.fixture
def _scheme(city: Any) -> None:
    create_default_scheme(office=city.office, effective_from=LONG_AGO, now=AFTER)


def old_item(
    cast: Any, outlets: Any, *units: Unit, names: Sequence[str] = ("张三",), title: str = "旧稿"
) -> None:
    """An item of a ledger, filed by the first of the units and adopted by the city's paper on one day."""
    now = shanghai("2026-02-11")
    told = Historic(title, now, [Author(name, 1) for name in names])
    (item,) = record_historic(unit=units[0], items=[told], by=cast.admin, now=now)
    facts = AdoptionFacts(
        outlet=outlets["city"], date=now.date(), credits=[Share(unit) for unit in units], link=LINK
    )
    register_adoption(item=item, facts=facts, by=cast.admin, now=AFTER)


def table(cast: Any, *, reader: User | None = None) -> dict[tuple[str, str], tuple[int, Decimal]]:
    """(name, unit) → adoptions and points; nobody twice, nobody with nothing."""
    reader = reader or cast.admin
    found = load_facts(reader.office, QUARTER, as_of=AFTER.date())
    rows = [row for row in author_rows(found, QUARTER, reader) if row.adopted or row.points]
    assert len({(row.name, row.unit) for row in rows}) == len(rows)
    return {(row.name, row.unit): (row.adopted, row.points) for row in rows}


@pytest.mark.django_db
@pytest.mark.usefixtures("_scheme")
class TestOnePerson:
    def test_r111_sharing_with_another_unit_makes_no_second_person(self, cast, city, outlets) -> None:
        old_item(cast, outlets, city.county, title="自己的")
        old_item(cast, outlets, city.other_county, city.county, names=["李四", "张三"], title="合写的")
        assert table(cast) == {("张三", "青山县"): (2, 15), ("李四", "白水县"): (1, 5)}

    def test_r111_namesakes_of_two_units_are_two(self, cast, city, outlets) -> None:
        old_item(cast, outlets, city.county, title="甲")
        old_item(cast, outlets, city.other_county, title="乙")
        old_item(cast, outlets, city.other_county, city.county, title="合写的")
        assert table(cast) == {("张三", "青山县"): (1, 10), ("张三", "白水县"): (2, 20)}

    def test_r111_a_stated_unit_decides(self, cast, city, outlets) -> None:
        old_item(cast, outlets, city.other_county, title="乙")
        names = ["张三(青山县)", "张三"]
        old_item(cast, outlets, city.other_county, city.county, names=names, title="合写的")
        assert table(cast) == {("张三", "青山县"): (1, 5), ("张三", "白水县"): (2, 15)}

    def test_r111_an_account_and_its_bare_name_are_one_wherever_the_item_was_filed(
        self, cast, city, outlets
    ) -> None:
        name = cast.author.display_name
        old_item(cast, outlets, city.county, names=[name], title="台账里的")
        old_item(cast, outlets, city.other_county, city.county, names=[name], title="合写的")
        assert table(cast) == {(name, "青山县"): (2, 20)}

    def test_r111_whoever_changed_unit_keeps_what_they_wrote(self, cast, city, outlets) -> None:
        name = cast.author.display_name
        old_item(cast, outlets, city.county, names=[name], title="调动以前")
        change_person(person=cast.author, by=cast.admin, now=AFTER, unit=city.other_county)
        assert table(cast) == {(name, "白水县"): (1, 10)}

    def test_r111_of_two_accounts_of_one_name_in_one_unit_neither_is_meant(self, cast, city, outlets) -> None:
        make_person(city.county, "twin", cast.author.display_name, Role.AUTHOR)
        old_item(cast, outlets, city.county, names=[cast.author.display_name])
        found = load_facts(city.office, QUARTER, as_of=AFTER.date())
        (person,) = of_items(fact.item_id for fact in found.filings).people.values()
        assert person.user_id is None

    def test_r111_a_county_sees_its_own_person_and_the_page_is_theirs(
        self, cast, city, outlets, as_user
    ) -> None:
        old_item(cast, outlets, city.county, title="自己的")
        old_item(cast, outlets, city.other_county, city.county, title="合写的")
        assert table(cast, reader=cast.county_admin) == {("张三", "青山县"): (2, 20)}
        client = as_user(cast.admin)
        address = "/stats/authors/named/?name=张三&period=2026Q1&unit="
        assert "自己的" in client.get(f"{address}{city.county.pk}").content.decode()
        assert client.get(f"{address}{city.other_county.pk}").status_code == 404

    def test_r111_targets_count_the_same_person(self, cast, city, outlets) -> None:
        """What a ledger says of the account's holder is theirs, in adoptions as in points."""
        old_item(cast, outlets, city.other_county, city.county, names=[cast.author.display_name])
        reached = reached_by_people([cast.author], city.office, 2026, AFTER.date())
        assert reached[cast.author.pk] == {"filed": 1, "issued": 1, "adopted": 1, "points": 10}

    def test_points_are_those_of_who_signed_the_filed_text(self, cast, city) -> None:
        """The writers of a returned item may be at another list of authors."""
        item = filed(cast.author, shanghai("2026-02-10"))
        signed = of_items([item.pk])
        item = step(item, Action.RETURN, cast.section_head, shanghai("2026-02-11"), "标题不准")
        authors = [Author("还没有报送的", 3)]
        save_draft(item=item, by=cast.author, fields={}, authors=authors, now=shanghai("2026-02-12"))
        assert of_items([item.pk]) == signed
        assert [fact.key for fact in signed.facts] == [f"user:{cast.author.pk}"]


# In a trial -----------------------------------------------------------------------------------------------

HEADER = ("标题", "报送单位", "作者", "采用媒体", "级别", "采用时间")
SCHEME = parse_scheme({"name": "试", "adoption": {"rules": [{"level": "city", "points": "10"}]}})


def tried(*rows: Sequence[str]) -> list[tuple[str, str, float]]:
    told = [dict(zip(HEADER, (*row, "市报", "市", "2026-02-11"), strict=True)) for row in rows]
    facts = read_facts(BytesIO(book(told, HEADER)), "xlsx", SCHEME)
    report = as_json(score(facts=facts, scheme=SCHEME, period=QUARTER))
    return [(who["name"], who["unit"], who["points"]) for who in report["people"]]


def test_r111_in_a_trial_too_sharing_makes_no_second_person() -> None:
    assert tried(("甲", "青山县", "张三"), ("乙", "白水县、青山县", "李四、张三")) == [
        ("张三", "青山县", 15),
        ("李四", "白水县", 5),
    ]


def test_r111_in_a_trial_too_namesakes_are_two_and_a_stated_unit_decides() -> None:
    rows = [("甲", "青山县", "张三"), ("乙", "白水县", "张三"), ("丙", "白水县、青山县", "张三（青山县）")]
    assert tried(*rows) == [("张三", "青山县", 20), ("张三", "白水县", 10)]
