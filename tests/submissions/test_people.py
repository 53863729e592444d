"""Typed names and the people they mean."""

from __future__ import annotations

import pytest

from accounts.enums import Role, UnitKind
from accounts.models import User
from accounts.services.units import create_unit
from submissions.forms.authors import initial_authors
from submissions.models import Item
from submissions.people import AmbiguousName, NameBook, offered_names
from submissions.services.drafts import Author
from tests.conftest import LONG_AGO, Cast, City, draft, make_person, shanghai
from tests.submissions.builders import form_data

NOW = shanghai("2026-04-10")
NEW = "/items/new/"


def find(user: User, typed: str, item: Item | None = None) -> User | None:
    return NameBook(user, item, [typed]).find(typed)


def test_a_name_means_the_one_colleague_called_so(cast: Cast):
    assert find(cast.author, "乙同事") == cast.colleague
    assert find(cast.author, " 乙同事 ") == cast.colleague


def test_an_unknown_name_is_an_author_without_account(cast: Cast):
    assert find(cast.author, "新华社王记者") is None
    assert find(cast.author, "乙同事（新华社）") is None


def test_people_of_the_office_can_be_named_and_those_of_another_county_are_not_known(cast: Cast):
    assert find(cast.author, "丁科长") == cast.section_head
    assert find(cast.author, "戊分管") == cast.supervising_leader
    assert find(cast.author, "丙外县") is None
    assert "丙外县" not in offered_names(cast.author, None)
    assert "丙外县" in offered_names(cast.section_head, None), "the office sees its counties"


def test_people_of_another_office_are_not_known(cast: Cast, foreign_cast: Cast):
    offered = offered_names(foreign_cast.admin, None)
    assert find(cast.admin, "甲作者") == cast.author
    assert find(foreign_cast.admin, "甲作者") == foreign_cast.author
    assert len(offered) == len(set(offered))


def test_somebody_who_has_left_is_no_longer_offered_but_stays_an_author(cast: Cast):
    item = draft(cast.author, NOW, authors=[Author("乙同事", 1, cast.colleague)])
    User.objects.filter(pk=cast.colleague.pk).update(is_active=False)
    assert find(cast.author, "乙同事") is None
    assert find(cast.author, "乙同事", item) == cast.colleague


def test_two_people_of_one_name_are_told_apart_by_their_unit(cast: Cast, city: City):
    here = make_person(city.county, "ww1", "王伟", Role.AUTHOR)
    there = make_person(city.section, "ww2", "王伟", Role.AUTHOR)
    with pytest.raises(AmbiguousName) as ambiguous:
        find(cast.author, "王伟")
    assert ambiguous.value.choices == ["王伟（综合科）", "王伟（青山县）"]
    assert find(cast.author, "王伟（青山县）") == here
    assert find(cast.author, "王伟(综合科)") == there, "narrow brackets will do"
    assert {"王伟（青山县）", "王伟（综合科）"} <= set(offered_names(cast.author, None))


def test_two_people_of_one_name_in_one_unit_are_told_apart_by_their_account(cast: Cast, city: City):
    first = make_person(city.county, "ww1", "王伟", Role.AUTHOR)
    make_person(city.county, "ww2", "王伟", Role.AUTHOR)
    with pytest.raises(AmbiguousName) as ambiguous:
        find(cast.author, "王伟（青山县）")
    assert ambiguous.value.choices == ["王伟（青山县 ww1）", "王伟（青山县 ww2）"]
    assert find(cast.author, "王伟（青山县 ww1）") == first


def test_an_ambiguous_name_is_asked_back_and_the_rest_is_saved(cast: Cast, city: City, as_user):
    make_person(city.county, "ww1", "王伟", Role.AUTHOR)
    make_person(city.section, "ww2", "王伟", Role.AUTHOR)
    answer = as_user(cast.author).post(NEW, form_data(authors=[("王伟", "1")]))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "王伟（青山县）" in page
    assert Item.objects.get().title == "青山县扎实推进巡察整改"
    assert not Item.objects.get().authorships.exists()


def test_the_form_shows_authors_so_that_sending_it_back_changes_nothing(cast: Cast, city: City, as_user):
    here = make_person(city.county, "ww1", "王伟", Role.AUTHOR)
    make_person(city.section, "ww2", "王伟", Role.AUTHOR)
    item = draft(cast.author, NOW, authors=[Author("王伟", 2, here), Author("李记者", 1)])
    shown = initial_authors(cast.author, item)
    assert [row["name"] for row in shown] == ["王伟（青山县）", "李记者"]
    rows = [(row["name"], str(row["share"])) for row in shown]
    as_user(cast.author).post(f"/items/{item.pk}/edit/", form_data(item, authors=rows))
    stored = [(a.name, a.share, a.user) for a in item.authorships.order_by("position")]
    assert stored == [("王伟", 2, here), ("李记者", 1, None)]


@pytest.mark.parametrize(
    "rows",
    [
        [("甲作者", "1"), ("甲作者", "2")],
        [("甲作者", "0")],
        [("甲作者", "101")],
        [("甲作者", "1.5")],
        [("甲作者", "一")],
        [("名" * 41, "1")],
        [(f"作者{n}", "1") for n in range(21)],
    ],
)
def test_authors_that_cannot_be_stored_leave_the_stored_ones(cast: Cast, as_user, rows):
    item = draft(cast.author, NOW)
    answer = as_user(cast.author).post(f"/items/{item.pk}/edit/", form_data(item, authors=rows, title="新题"))
    item.refresh_from_db()
    assert answer.status_code == 422
    assert item.title == "新题"
    assert [author.name for author in item.authorships.all()] == ["甲作者"]


def test_a_broken_management_form_is_no_server_error(cast: Cast, as_user):
    item = draft(cast.author, NOW)
    data = form_data(item) | {"authors-TOTAL_FORMS": "viele"}
    assert as_user(cast.author).post(f"/items/{item.pk}/edit/", data).status_code == 422
    assert item.authorships.count() == 1


def test_names_offered_take_the_same_queries_for_few_and_many(
    cast: Cast, city: City, django_assert_num_queries
):
    for number in range(30):
        make_person(city.county, f"p{number}", f"同事{number}")
    writer = User.objects.select_related("unit__office").get(pk=cast.author.pk)
    offered_names(writer, None)
    with django_assert_num_queries(1):
        assert len(offered_names(writer, None)) > 30


def test_the_own_unit_is_offered_first(cast: Cast, city: City):
    create_unit(
        parent=city.office, kind=UnitKind.SECTION, code="z", name="秘书科", active_from=LONG_AGO, position=0
    )
    assert offered_names(cast.author, None)[0] in {"甲作者", "乙同事", "壬县管"}
