"""The Monday digest: once a week for each person, made up for when the beat was down, never on days off."""

from __future__ import annotations

import pytest
import time_machine

from accounts.models import User
from adoptions.models import Adoption
from notices.enums import Kind
from notices.models import Notice
from notices.services import set_preferences
from publicity import tasks
from publicity.digest import write_digest
from publicity.tasks import reconcile
from reviews.enums import Action
from reviews.models import CalendarDay
from scoring.services.versions import create_default_scheme
from tests.conftest import LONG_AGO, Cast, City, filed, issued, make_person, shanghai, step
from tests.stats.world import adopted
from tests.test_reconciling import in_threads

LAST_WEEK = shanghai("2026-04-08")
MONDAY = "2026-04-13"


def write(city: City, day: str, clock: str = "08:00") -> int:
    with time_machine.travel(shanghai(day, clock), tick=False):
        return write_digest(office=city.office, now=shanghai(day, clock))


def digest_of(person: User) -> str:
    return Notice.objects.get(recipient=person, kind=Kind.DIGEST).text


def test_everybody_with_a_role_gets_one_a_week(cast: Cast, city: City) -> None:
    make_person(city.section, "nobody", "无角色")
    assert write(city, MONDAY) == 9
    assert write(city, MONDAY, "08:10") == write(city, "2026-04-14") == 0
    assert not Notice.objects.filter(recipient__in=[cast.auditor]).exists()
    assert write(city, "2026-04-20") == 9
    assert set(Notice.objects.values_list("key", flat=True)) == {"digest:2026-W16", "digest:2026-W17"}


@pytest.mark.parametrize(
    ("day", "owed"),
    [("2026-04-14", True), ("2026-04-15", True), ("2026-04-16", False), ("2026-04-18", False)],
)
def test_it_is_made_up_for_until_wednesday(cast: Cast, city: City, day: str, owed: bool) -> None:
    assert bool(write(city, day)) == owed


def test_after_holidays_it_is_written_on_the_first_working_day(cast: Cast, city: City) -> None:
    for day in range(13, 17):
        CalendarDay.objects.create(office=city.office, date=f"2026-04-{day}", works=False, name="假日")
    assert [write(city, f"2026-04-{day}") for day in range(12, 17)] == [0] * 5
    assert write(city, "2026-04-17") == 9


def test_it_says_what_waits_and_what_of_it_is_late(cast: Cast, city: City) -> None:
    filed(cast.author, LAST_WEEK)
    filed(cast.author, shanghai("2026-04-10"), title="另一篇")
    write(city, MONDAY)
    assert digest_of(cast.section_head) == "本周：待您审核 2 件，其中超期 1 件"
    assert digest_of(cast.supervising_leader) == "本周：没有待办事项"


def test_it_says_what_came_back_and_what_was_issued_and_adopted_last_week(
    cast: Cast, city: City, outlets
) -> None:
    item = issued(cast.author, cast, LAST_WEEK)
    issued(cast.author, cast, shanghai("2026-04-03"), title="更早签发")
    step(filed(cast.author, LAST_WEEK, title="退回的"), Action.RETURN, cast.section_head, LAST_WEEK, "请改")
    for number, at in enumerate(["2026-04-05", "2026-04-06", "2026-04-12", "2026-04-13"], start=1):
        Adoption.objects.create(
            item=item,
            outlet=outlets["city"],
            date=f"2026-04-0{number}",
            link="https://news.example/1",
            registered_at=shanghai(at),
        )
    write(city, MONDAY)
    assert digest_of(cast.author) == "本周：退回您修改 1 件；上周签发您的稿件 1 件；上周您的稿件被采用 2 次"
    assert digest_of(cast.colleague) == "本周：没有待办事项"


def test_it_says_where_the_unit_stands(cast: Cast, city: City, outlets) -> None:
    create_default_scheme(office=city.office, effective_from=LONG_AGO, now=LAST_WEEK)
    adopted(cast, outlets["city"], "2026-04-08")
    with time_machine.travel(shanghai(MONDAY), tick=False):
        reconcile()
    write(city, MONDAY)
    assert "青山县4月排第 1（共 2 个单位）" in digest_of(cast.author)
    assert "白水县4月排第 2" in digest_of(cast.other_author)
    assert "排第" not in digest_of(cast.principal_leader)


def test_who_switched_it_off_is_not_bothered(cast: Cast, city: City) -> None:
    set_preferences(user=cast.author, choices={Kind.DIGEST: (False, False)})
    write(city, MONDAY)
    assert not Notice.objects.of(cast.author).unread().exists()
    assert Notice.objects.of(cast.colleague).unread().exists()


def test_it_leads_to_the_desk_and_holds_nothing_of_another_office(
    cast: Cast, foreign_cast: Cast, city: City
) -> None:
    filed(foreign_cast.author, LAST_WEEK)
    write(city, MONDAY)
    assert set(Notice.objects.filter(kind=Kind.DIGEST).values_list("link", flat=True)) == {"/"}
    assert digest_of(cast.section_head) == "本周：没有待办事项"
    assert not Notice.objects.filter(recipient=foreign_cast.section_head, kind=Kind.DIGEST).exists()


def test_the_second_person_costs_no_more_than_the_first(
    cast: Cast, city: City, django_assert_max_num_queries
) -> None:
    """Once everybody was told, a sweep is three queries an office."""
    write(city, MONDAY)
    with django_assert_max_num_queries(3):
        write(city, MONDAY)


@pytest.mark.django_db(transaction=True)
def test_two_beats_at_once_write_it_once(cast: Cast) -> None:
    with time_machine.travel(shanghai(MONDAY), tick=False):
        in_threads(tasks.digest, tasks.digest, tasks.digest)
    assert Notice.objects.filter(kind=Kind.DIGEST).count() == 9


def test_one_offices_trouble_does_not_keep_the_others(
    cast: Cast, foreign_cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails_at_home(*, office, now):
        if office == cast.author.office:
            raise RuntimeError("disk full")
        return write_digest(office=office, now=now)

    monkeypatch.setattr(tasks, "write_digest", fails_at_home)
    with time_machine.travel(shanghai(MONDAY), tick=False):
        tasks.digest(wholly_new="keyword")
    assert Notice.objects.filter(recipient=foreign_cast.author).exists()
    assert not Notice.objects.filter(recipient=cast.author).exists()


def test_a_leader_who_writes_is_told_of_both(cast: Cast, city: City) -> None:
    filed(cast.author, LAST_WEEK)
    own = filed(cast.section_head, LAST_WEEK, title="自己写的")
    step(own, Action.RETURN, cast.supervising_leader, LAST_WEEK, "请改")
    write(city, MONDAY)
    assert digest_of(cast.section_head) == "本周：待您审核 1 件，其中超期 1 件；退回您修改 1 件"
