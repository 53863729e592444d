"""My page: my items in plain words, why one came back, what is next; my points and target."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.enums import Role
from accounts.models import User
from adoptions.models import Outlet
from incentives.services import set_targets
from reviews.enums import Action, Reason
from reviews.models import Decision, ReturnPoint
from reviews.people import awaited
from scoring.services.versions import create_default_scheme
from submissions.models import Item
from tests.conftest import LONG_AGO, Cast, City, draft, filed, issued, make_person, shanghai, step
from tests.stats.world import adopted

NOW = shanghai("2026-04-10")
MINE, DESK = "/mine/", "/"

pytestmark = pytest.mark.usefixtures("spring", "clean_files")


@pytest.fixture
def spring() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def scheme(city: City) -> None:
    create_default_scheme(office=city.office, effective_from=LONG_AGO, now=NOW)


def page_of(client: Client, address: str = MINE) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def returned(by: User, cast: Cast, title: str = "退回来的稿件") -> Item:
    item = step(
        filed(by, shanghai("2026-04-07"), title=title), Action.RETURN, cast.section_head,
        shanghai("2026-04-08"), "请按意见修改",
    )  # fmt: skip
    decision = Decision.objects.get(item=item, action=Action.RETURN)
    decision.points.all().delete()
    ReturnPoint.objects.create(decision=decision, position=1, reason=Reason.FACTS, text="核对第二段数字")
    return item


def test_each_of_my_items_stands_where_it_is(cast: Cast, outlets: dict[str, Outlet], as_user, scheme):
    back = returned(cast.author, cast)
    waiting = filed(cast.author, shanghai("2026-04-09"), title="在审的稿件")
    writing = draft(cast.author, NOW, title="没写完的稿件")
    out = issued(cast.author, cast, shanghai("2026-04-02"), title="还没采用的稿件")
    used = adopted(cast, outlets["central"], "2026-04-03", title="已经采用的稿件")
    page = page_of(as_user(cast.author))
    for item in (back, waiting, writing, out, used.item):
        assert str(item) in page
    assert reverse("submissions:item-edit", args=[back.pk]) in page
    assert reverse("submissions:item-edit", args=[writing.pk]) in page
    assert reverse("submissions:item-detail", args=[waiting.pk]) in page
    assert "示例中央日报" in page


def test_what_came_back_says_who_when_and_why_and_leads_to_the_form(cast: Cast, as_user):
    item = returned(cast.author, cast)
    for address in (MINE, DESK):
        page = page_of(as_user(cast.author), address)
        for words in ("丁科长", "一审", "2026-04-08", "请按意见修改", "核对第二段数字", "退回第3天"):
            assert words in page, address
        assert reverse("submissions:item-edit", args=[item.pk]) in page


def test_what_is_in_review_says_with_whom_and_for_how_long(cast: Cast, city: City, as_user):
    make_person(city.section, "second", "另科长", Role.SECTION_HEAD)
    filed(cast.author, shanghai("2026-04-07"))
    page = page_of(as_user(cast.author))
    assert "在综合科负责人处" in page
    assert "第4天" in page
    assert "丁科长、另科长" in page


def test_an_overdue_review_can_be_hurried_from_here(cast: Cast, as_user):
    late = filed(cast.author, shanghai("2026-03-02"))
    assert reverse("reviews:item-urge", args=[late.pk]) in page_of(as_user(cast.author))
    Item.objects.filter(pk=late.pk).update(status_since=NOW)
    assert reverse("reviews:item-urge", args=[late.pk]) not in page_of(as_user(cast.author))


def test_nobody_is_named_who_may_not_decide(cast: Cast, city: City):
    second = make_person(city.section, "second", "另科长", Role.SECTION_HEAD)
    own = filed(second, shanghai("2026-04-07"))
    others = filed(cast.author, shanghai("2026-04-07"))
    names = awaited([own, others, draft(cast.author, NOW)], NOW)
    assert names == {own.pk: ["丁科长"], others.pk: ["丁科长", "另科长"]}
    assert awaited([], NOW) == {}


def test_other_peoples_items_are_not_mine(cast: Cast, as_user):
    item = filed(cast.author, NOW, title="别人的稿件")
    assert str(item) not in page_of(as_user(cast.colleague))
    assert str(item) not in page_of(as_user(cast.section_head))


def test_my_points_are_told_line_by_line_with_their_rule(
    cast: Cast, outlets: dict[str, Outlet], as_user, scheme
):
    adopted(cast, outlets["central"], "2026-04-03", title="得分的稿件")
    adopted(cast, outlets["central"], "2025-12-03", title="去年的稿件")
    page = page_of(as_user(cast.author))
    table = page[page.index('id="points"') :]
    assert "得分的稿件" in table
    assert "去年的稿件" not in table
    assert reverse("scoring:scheme-detail", args=[1]) in table
    assert "2026-04-03" in table


def test_this_years_counts_lead_to_lists_of_the_same_length(
    cast: Cast, outlets: dict[str, Outlet], as_user, scheme
):
    filed(cast.author, shanghai("2026-03-09"))
    filed(cast.colleague, shanghai("2026-03-09"))
    filed(cast.author, shanghai("2025-12-31"))
    adopted(cast, outlets["central"], "2026-04-03")
    client = as_user(cast.author)
    counts = client.get(MINE).context["counts"]
    assert [int(number) for _measure, number, _url in counts] == [2, 1, 1]
    for _measure, number, url in counts:
        assert client.get(url).context["page"].paginator.count == number, url


def test_my_target_is_shown_here_and_on_the_desk(cast: Cast, city: City, as_user):
    def aim(person: User | None, amount: int) -> None:
        cells = {(city.county, person, "filed"): Decimal(amount)}
        set_targets(office=city.office, year=2026, cells=cells, by=cast.admin, now=NOW)

    assert 'id="target"' not in page_of(as_user(cast.author))
    aim(None, 30)
    assert "本单位2026年目标" in page_of(as_user(cast.author))
    aim(cast.author, 4)
    filed(cast.author, shanghai("2026-03-09"))
    assert "1/4，25.0%" in page_of(as_user(cast.author))
    assert "1/4，25.0%" in page_of(as_user(cast.author), DESK)
    assert "0/30" in page_of(as_user(cast.colleague), DESK)


def test_only_who_files_has_a_page_of_their_own(cast: Cast, as_user):
    assert as_user(cast.auditor).get(MINE).status_code == 403
    assert MINE not in page_of(as_user(cast.auditor), DESK)
    assert MINE in page_of(as_user(cast.section_head), DESK)
    assert Client().get(MINE).status_code == 302


def test_an_empty_page_says_so(cast: Cast, as_user):
    page = page_of(as_user(cast.author))
    assert "没有正在审核的稿件" in page


@pytest.mark.parametrize("address", [MINE, DESK])
def test_as_many_queries_for_many_items_as_for_one(
    cast: Cast, outlets: dict[str, Outlet], as_user, scheme, address: str
):
    def one_of_each() -> None:
        returned(cast.author, cast)
        filed(cast.author, shanghai("2026-04-09"))
        draft(cast.author, NOW)
        issued(cast.author, cast, shanghai("2026-04-02"))
        adopted(cast, outlets["central"], "2026-04-03")

    def asked() -> int:
        client = as_user(cast.author)
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    one_of_each()
    few = asked()
    for _number in range(4):
        one_of_each()
    assert asked() == few
