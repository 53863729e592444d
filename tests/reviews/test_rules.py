"""Who may take which step, and how far an item would go."""

from __future__ import annotations

import pytest

from accounts.enums import Role
from accounts.models import User
from accounts.services.roles import grant_role
from reviews.rules import (
    has_written,
    holds_level,
    is_reviewer,
    is_unattended,
    levels_ahead,
    may_decide,
    may_submit,
    may_withdraw,
)
from submissions.enums import EDITABLE, Route, Status
from submissions.services.drafts import Author, save_draft
from tests.conftest import LONG_AGO, Cast, City, draft, filed
from tests.reviews.builders import IMPORTANT, NOW, important, item_at, states

REVIEWERS = ["section_head", "supervising_leader", "principal_leader", "group_member"]


def test_the_four_levels_are_reviewers_and_nobody_else(cast: Cast) -> None:
    people = {name: getattr(cast, name) for name in Cast.__slots__}
    assert [name for name, person in people.items() if is_reviewer(person)] == REVIEWERS


@pytest.mark.parametrize("status", states(IMPORTANT))
def test_writers_file_what_is_theirs_to_change_and_nothing_else(cast: Cast, status: Status) -> None:
    item = item_at(cast, status, IMPORTANT)
    assert may_submit(cast.author, item) == (status in EDITABLE)
    assert not may_submit(cast.colleague, item)


@pytest.mark.parametrize("status", states(IMPORTANT))
def test_nobody_decides_where_no_level_waits(cast: Cast, status: Status) -> None:
    item = item_at(cast, status, IMPORTANT)
    able = [name for name in REVIEWERS if may_decide(getattr(cast, name), item, NOW)]
    assert len(able) == (1 if status.endswith("_review") else 0)
    assert able == [name for name in REVIEWERS if holds_level(getattr(cast, name), item)]


def test_only_writers_withdraw_and_only_before_a_decision(cast: Cast) -> None:
    item = filed(cast.author, NOW)
    assert may_withdraw(cast.author, item)
    assert not may_withdraw(cast.section_head, item)
    assert not may_withdraw(cast.author, item_at(cast, Status.SUPERVISING_REVIEW))
    assert not may_withdraw(cast.author, draft(cast.author, NOW))


def test_the_levels_ahead_of_a_draft_say_where_it_would_be_passed_over(cast: Cast) -> None:
    item = draft(cast.supervising_leader, NOW, **important(Route.IMPORTANT))
    ahead = levels_ahead(item, NOW)
    assert [(step.level.role, step.recused) for step in ahead] == [
        (Role.SECTION_HEAD, False),
        (Role.SUPERVISING_LEADER, True),
        (Role.PRINCIPAL_LEADER, False),
        (Role.GROUP_MEMBER, False),
    ]


def test_whoever_signs_now_is_out_for_the_levels_behind(cast: Cast, city: City) -> None:
    cast.supervising_leader.grants.all().delete()
    grant_role(user=cast.section_head, role=Role.SUPERVISING_LEADER, unit=city.office, since=LONG_AGO)
    item = filed(cast.author, NOW)
    assert [step.recused for step in levels_ahead(item, NOW)] == [False, False, False]
    assert [step.recused for step in levels_ahead(item, NOW, signing=cast.section_head)] == [
        False,
        True,
        False,
    ]


def test_nothing_lies_ahead_of_what_is_issued(cast: Cast) -> None:
    assert levels_ahead(item_at(cast, Status.ISSUED), NOW) == []


def test_somebody_who_wrote_an_earlier_version_has_written_the_item(cast: Cast) -> None:
    both = [Author("甲作者", 1, cast.author), Author("乙同事", 1, cast.colleague)]
    item = item_at(cast, Status.SECTION_RETURN)
    save_draft(item=item, by=cast.author, fields={}, authors=both, now=NOW)
    assert has_written(cast.colleague, item)
    assert not has_written(cast.other_author, item)


def test_an_item_is_unattended_when_the_last_holder_of_its_level_has_gone(cast: Cast) -> None:
    item = filed(cast.author, NOW)
    assert not is_unattended(item, NOW)
    User.objects.filter(pk=cast.section_head.pk).update(is_active=False)
    assert is_unattended(item, NOW)
    assert not is_unattended(item_at(cast, Status.DRAFT), NOW)
