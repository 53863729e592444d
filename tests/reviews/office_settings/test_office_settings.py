"""The chain an item takes follows its office and unit, from the moment it is filed."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.enums import Role, UnitKind
from accounts.models import AuditEntry, User
from accounts.rules import may_grant
from accounts.services.roles import appoint, grant_role
from accounts.services.units import create_unit
from reviews.enums import Action, Secrecy
from reviews.models import CheckedUnit, OfficeRule
from reviews.office_settings.queries import chain_for, own_checks, rule_of
from reviews.office_settings.services import set_own_check, set_rule
from reviews.querysets import inbox, unattended
from reviews.steps.services import NotReady
from submissions.enums import Chain, Status
from tests.conftest import LONG_AGO, Cast, City, draft, filed, make_person, step
from tests.reviews.builders import NOW, refiled, unit_head, use_chain

PAGE = "/review/rule/"


def fresh(person: User) -> User:
    """The person as the next request loads them."""
    found: User = User.objects.get(pk=person.pk)
    return found


# Which chain


def test_an_office_that_has_set_nothing_has_three_levels_and_no_secrecy_review(cast: Cast) -> None:
    rule = rule_of(cast.author.office)
    assert (rule.chain, rule.secrecy, rule.pk) == (Chain.THREE_LEVELS, Secrecy.NONE, None)
    assert chain_for(draft(cast.author, NOW)) == Chain.THREE_LEVELS


@pytest.mark.parametrize("chain", Chain)
def test_rule_and_own_check_together_make_the_chain(cast: Cast, chain: Chain) -> None:
    use_chain(cast, chain)
    assert filed(cast.author, NOW).chain == chain


def test_the_check_of_a_unit_reaches_the_units_below_it_and_no_others(cast: Cast, city: City) -> None:
    use_chain(cast, Chain.UNIT_FIRST)
    below = create_unit(
        parent=city.county,
        kind=UnitKind.DEPARTMENT,
        code="150500-a-1",
        name="信息科",
        active_from=LONG_AGO,
    )
    clerk = make_person(below, "clerk", "丑干事", Role.AUTHOR)
    item = filed(clerk, NOW, unit=below)
    assert item.status == Status.UNIT_REVIEW
    assert list(inbox(fresh(unit_head(cast)))) == [item]
    assert filed(cast.other_author, NOW).status == Status.SECTION_REVIEW


def test_a_new_rule_is_for_items_filed_later(cast: Cast) -> None:
    item = step(filed(cast.author, NOW), Action.RETURN, cast.section_head, NOW, "请核实")
    use_chain(cast, Chain.UNIT_FIRST_COUNTY)
    item = refiled(item, cast.author, body="改好了。")
    assert (item.chain, item.status) == (Chain.THREE_LEVELS, Status.SECTION_REVIEW)
    assert filed(cast.author, NOW).status == Status.UNIT_REVIEW


def test_an_item_filed_anew_after_a_withdrawal_takes_the_new_chain(cast: Cast) -> None:
    item = step(filed(cast.author, NOW), Action.WITHDRAW, cast.author, NOW)
    use_chain(cast, Chain.COUNTY)
    assert step(item, Action.SUBMIT, cast.author, NOW).status == Status.MEETING_REVIEW


# The unit's own head


def test_a_checker_need_not_be_typed_where_the_head_signs(cast: Cast) -> None:
    use_chain(cast, Chain.UNIT_FIRST)
    assert filed(cast.author, NOW, checker="").status == Status.UNIT_REVIEW


def test_a_checker_is_typed_where_nobody_is_there_to_sign(cast: Cast) -> None:
    use_chain(cast, Chain.UNIT_FIRST)
    unit_head(cast).grants.all().delete()
    with pytest.raises(NotReady) as refused:
        filed(cast.author, NOW, checker="")
    assert set(refused.value.problems) == {"checker"}
    assert filed(cast.author, NOW).status == Status.SECTION_REVIEW


def test_an_item_signed_by_its_head_is_filed_again_without_a_checker(cast: Cast) -> None:
    use_chain(cast, Chain.UNIT_FIRST)
    item = step(filed(cast.author, NOW, checker=""), Action.PASS, unit_head(cast), NOW)
    item = step(item, Action.RETURN, cast.section_head, NOW, "请核实")
    assert refiled(item, cast.author, body="改好了。").status == Status.SECTION_REVIEW


def test_the_head_of_another_unit_does_not_sign(cast: Cast, city: City) -> None:
    use_chain(cast, Chain.UNIT_FIRST)
    other = make_person(city.other_county, "otherhead", "寅县主", Role.UNIT_HEAD)
    item = filed(cast.author, NOW)
    assert not inbox(other).exists()
    with pytest.raises(PermissionDenied):
        step(item, Action.PASS, other, NOW)


def test_a_heads_own_item_goes_straight_on(cast: Cast) -> None:
    use_chain(cast, Chain.UNIT_FIRST)
    head = unit_head(cast)
    item = filed(head, NOW)
    assert item.status == Status.SECTION_REVIEW
    assert item.decisions.get(action=Action.RECUSE).source == Status.UNIT_REVIEW


def test_an_item_whose_head_has_gone_is_unattended(cast: Cast) -> None:
    use_chain(cast, Chain.UNIT_FIRST)
    item = filed(cast.author, NOW)
    assert not unattended(item.office, NOW).exists()
    unit_head(cast).grants.all().delete()
    assert list(unattended(item.office, NOW)) == [item]


def test_a_unit_head_sees_the_items_of_the_unit_and_no_others(cast: Cast, as_user) -> None:
    use_chain(cast, Chain.UNIT_FIRST)
    mine, other = filed(cast.author, NOW), filed(cast.other_author, NOW)
    client = as_user(unit_head(cast))
    assert client.get(reverse("reviews:item-decide", args=[mine.pk])).status_code == 200
    assert client.get(reverse("reviews:item-decide", args=[other.pk])).status_code == 404


def test_the_office_names_unit_heads_and_counties_do_not(cast: Cast, city: City) -> None:
    person = make_person(city.county, "future", "卯未来")
    assert may_grant(cast.admin, person, Role.UNIT_HEAD, city.county, NOW.date())
    assert not may_grant(cast.county_admin, person, Role.UNIT_HEAD, city.county, NOW.date())
    grant = appoint(
        person=person,
        role=Role.UNIT_HEAD,
        unit=city.county,
        since=LONG_AGO,
        until=None,
        by=cast.admin,
        now=NOW,
    )
    assert grant.unit == city.county
    with pytest.raises(ValidationError, match="单位"):
        grant_role(user=cast.colleague, role=Role.UNIT_HEAD, unit=city.office, since=LONG_AGO)


# The page

RULE = {"chain": "county", "secrecy": "all", "stand_ins": "staff"}
WRONG = [{"chain": "unit_three"}, {"chain": ""}, {"secrecy": "maybe"}, {"stand_ins": "x"}]


def test_the_administrator_sets_the_rule(cast: Cast, as_user) -> None:
    answer = as_user(cast.admin).post(PAGE, RULE)
    assert answer["Location"] == PAGE
    rule = OfficeRule.objects.get()
    assert (rule.office, rule.chain, rule.secrecy) == (cast.admin.office, "county", "all")
    assert AuditEntry.objects.get(action="review_rule.set").detail["chain"] == "县级规则"


@pytest.mark.parametrize(
    "change", [{"chain": "unit_three"}, {"chain": ""}, {"secrecy": "maybe"}, {"stand_ins": "x"}]
)
def test_a_rule_that_cannot_be_is_refused(cast: Cast, as_user, change: dict[str, str]) -> None:
    answer = as_user(cast.admin).post(PAGE, RULE | change)
    assert answer.status_code == 422
    assert not OfficeRule.objects.exists()


def test_the_administrator_switches_a_units_own_check(cast: Cast, city: City, as_user) -> None:
    client, switch = as_user(cast.admin), reverse("reviews:own-check", args=[city.county.pk])
    for on, count in (("1", 1), ("1", 1), ("0", 0), ("0", 0)):
        client.post(switch, {"on": on})
        assert CheckedUnit.objects.filter(unit=city.county).count() == count
    actions = AuditEntry.objects.filter(action__startswith="own_check").order_by("pk")
    assert [entry.action for entry in actions] == ["own_check.set", "own_check.unset"]


def test_a_unit_without_a_head_is_warned_of(cast: Cast, city: City, as_user) -> None:
    client = as_user(cast.admin)
    assert "没有单位负责人" not in client.get(PAGE).content.decode()
    set_own_check(unit=city.county, on=True, by=cast.admin, now=NOW)
    assert "没有单位负责人" in client.get(PAGE).content.decode()
    unit_head(cast)
    page = client.get(PAGE).content.decode()
    assert "没有单位负责人" not in page
    assert "子县主" in page


def test_units_are_found_by_their_name(cast: Cast, as_user) -> None:
    page = as_user(cast.admin).get(PAGE, {"q": "青山"}).content.decode()
    assert "青山县" in page
    assert "白水县" not in page


def test_a_unit_below_a_checked_one_follows_it(cast: Cast, city: City) -> None:
    below = create_unit(
        parent=city.county, kind=UnitKind.TEAM, code="150500-a-2", name="一组", active_from=LONG_AGO
    )
    set_own_check(unit=city.county, on=True, by=cast.admin, now=NOW)
    (line,) = own_checks(city.office, [below], NOW.date())
    assert (line.on, line.above, line.headless) == (False, city.county, True)


def test_nobody_else_sets_how_an_office_reviews(cast: Cast, foreign_cast: Cast, city: City, as_user) -> None:
    switch = reverse("reviews:own-check", args=[city.county.pk])
    for other in (cast.author, cast.county_admin, cast.section_head, cast.auditor):
        assert as_user(other).get(PAGE).status_code == 403
        assert as_user(other).post(PAGE, RULE).status_code == 403
        assert as_user(other).post(switch, {"on": "1"}).status_code == 403
    assert as_user(foreign_cast.admin).post(switch, {"on": "1"}).status_code == 404
    with pytest.raises(PermissionDenied):
        set_own_check(unit=city.county, on=True, by=foreign_cast.admin, now=NOW)
    with pytest.raises(PermissionDenied):
        set_own_check(unit=city.office, on=True, by=cast.admin, now=NOW)
    with pytest.raises(PermissionDenied):
        set_rule(chain="county", secrecy="all", by=cast.author, now=NOW)
    assert not CheckedUnit.objects.exists()


def test_the_page_takes_as_many_queries_for_many_units_as_for_one(cast: Cast, city: City, as_user) -> None:
    client = as_user(cast.admin)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(PAGE)
        return len(captured)

    few = queries()
    for number in range(15):
        create_unit(
            parent=city.office,
            kind=UnitKind.TEAM,
            code=f"150500-x{number}",
            name=f"第{number}组",
            active_from=LONG_AGO,
        )
    assert queries() == few
