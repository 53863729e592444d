"""Copied stories are told apart from new ones, and found on the pages of those who may see both."""

from __future__ import annotations

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from submissions.similarity import ALIKE, fingerprints, likeness
from tests.conftest import Cast, draft, filed, shanghai

NOW = shanghai("2026-04-10")
STORY = (
    "4月10日，青山县委巡察办组织召开巡察整改推进会，听取十二家单位整改进展情况汇报，逐项核对问题清单。"
    "会议要求，各单位要把整改作为重大政治任务，主要负责人亲自抓、负总责，坚决防止纸面整改、虚假整改。"
    "下一步，县委巡察办将会同纪委监委、组织部门开展整改成效评估，对敷衍塞责的严肃追责问责。"
)
RETOLD = (
    "县委巡察办日前对十二家单位整改情况开展评估。逐项核对问题清单后发现，多数单位主要负责人能够亲自抓、负总责，"
    "少数单位仍存在材料整改的倾向，巡察办已约谈三名负责人，并将结果通报组织部门作为干部考核的依据。"
)
OTHER = (
    "绿水县委巡察办举办业务培训班，邀请专家讲解谈话技巧、底稿撰写和线索移交流程，六个巡察组的四十名干部参加培训，"
    "结业时进行了闭卷测试，成绩纳入个人档案，作为下一轮抽调的重要参考。"
)


def share(one: str, other: str) -> float:
    return likeness(fingerprints(one), fingerprints(other))


@pytest.mark.parametrize(
    "copy",
    [
        STORY,
        STORY.replace("，", ","),
        "".join(reversed(STORY.partition("会议要求"))),
        STORY.replace("青山县委巡察办", "市委第三巡察组"),
        STORY + OTHER,
        STORY[: len(STORY) // 2],
    ],
)
def test_a_copied_story_is_alike(copy: str) -> None:
    assert share(STORY, copy) >= ALIKE


@pytest.mark.parametrize("other", [RETOLD, OTHER, "", "整改落实到位"])
def test_another_story_is_not(other: str) -> None:
    assert share(STORY, other) < ALIKE


@given(st.text(max_size=200), st.text(max_size=200))
def test_likeness_is_a_part_and_the_same_both_ways(one: str, other: str) -> None:
    assert 0 <= share(one, other) <= 1
    assert share(one, other) == share(other, one)
    assert all(-(2**31) <= number < 2**31 for number in fingerprints(one))


def test_a_writer_is_told_of_an_old_story_of_their_own_unit(cast: Cast, as_user) -> None:
    old = filed(cast.author, NOW, title="整改推进会召开", body=STORY)
    item = draft(cast.author, NOW, title="推进会", body=STORY)
    page = as_user(cast.author).get(reverse("submissions:item-edit", args=[item.pk])).content.decode()
    assert "整改推进会召开" in page
    assert reverse("reviews:item-compare", args=[item.pk, old.pk]) in page


def test_a_reviewer_sees_the_same_story_of_another_county_its_writer_does_not(cast: Cast, as_user) -> None:
    filed(cast.other_author, NOW, title="外县的推进会", body=STORY)
    item = filed(cast.author, NOW, title="推进会", body=STORY)
    decide = as_user(cast.section_head).get(reverse("reviews:item-decide", args=[item.pk]))
    assert "外县的推进会" in decide.content.decode()
    again = draft(cast.author, NOW, title="又是推进会", body=STORY)
    page = as_user(cast.author).get(reverse("submissions:item-edit", args=[again.pk])).content.decode()
    assert "外县的推进会" not in page


def test_drafts_and_other_offices_are_not_looked_at(cast: Cast, foreign_cast: Cast, as_user) -> None:
    draft(cast.author, NOW, title="未报送的推进会", body=STORY)
    filed(foreign_cast.author, NOW, title="外市的推进会", body=STORY)
    item = filed(cast.author, NOW, title="推进会", body=STORY)
    page = as_user(cast.section_head).get(reverse("reviews:item-decide", args=[item.pk])).content.decode()
    assert "未报送的推进会" not in page
    assert "外市的推进会" not in page


def test_side_by_side_marks_what_only_one_says(cast: Cast, as_user) -> None:
    old = filed(cast.author, NOW, title="旧稿", body=STORY)
    item = filed(cast.author, NOW, title="新稿", body=STORY.replace("十二家", "十三家"))
    page = as_user(cast.section_head).get(reverse("reviews:item-compare", args=[item.pk, old.pk]))
    assert "<mark>二</mark>" in page.content.decode()
    assert "<mark>三</mark>" in page.content.decode()


def test_what_one_may_not_see_is_not_compared(cast: Cast, as_user) -> None:
    other, mine = filed(cast.other_author, NOW, body=STORY), filed(cast.author, NOW, body=STORY)
    compare = reverse("reviews:item-compare", args=[mine.pk, other.pk])
    assert as_user(cast.author).get(compare).status_code == 404
