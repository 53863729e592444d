"""The tour of the demo city: there with the demo, and nowhere else."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document

from accounts.models import Unit, User
from demo import cast as demo
from demo.tour import STOPS
from submissions.wordfile.reading import read_word
from tests.conftest import LONG_AGO


@pytest.fixture
def demo_author(db: None) -> User:
    office = Unit.objects.create(
        code=demo.OFFICE,
        kind="office",
        name="演示市委巡察办",
        short_name="市巡察办",
        active_from=LONG_AGO,
        path="/1/",
    )
    office.office = office
    office.save()
    person = next(each for each in demo.PEOPLE if each.username == STOPS[0].account)
    return User.objects.create_user(person.username, display_name=person.name, unit=office)


def test_it_leads_through_pages_that_exist_as_people_that_exist(demo_author: User, client) -> None:
    page = client.get(reverse("tour")).content.decode()
    assert demo.PASSWORD in page
    accounts = {person.username for person in demo.PEOPLE}
    for stop in STOPS:
        assert stop.account in accounts
        assert stop.title in page
        assert reverse(stop.page) in page


def test_its_sample_is_an_item_as_a_county_sends_it(demo_author: User, client) -> None:
    answer = client.get(reverse("tour-sample"))
    content = b"".join(answer.streaming_content)
    assert read_word(BytesIO(content)).authors == ["云示例", "苗练稿"]
    document = Document(BytesIO(content))
    assert document.paragraphs[0].text.startswith("科尔沁区委巡察办")
    assert len(document.tables) == 1


@pytest.mark.parametrize("name", ["tour", "tour-sample"])
def test_without_the_demo_city_there_is_no_tour(name: str, cast, client) -> None:
    assert client.get(reverse(name)).status_code == 404


@pytest.mark.parametrize("name", ["tour", "tour-sample"])
def test_a_real_person_with_the_same_account_name_is_no_demo(name: str, demo_author: User, client) -> None:
    demo_author.display_name = "真人"
    demo_author.save()
    assert client.get(reverse(name)).status_code == 404
