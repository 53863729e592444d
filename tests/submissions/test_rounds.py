"""Inspection rounds: kept by the office administrator, named by items."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEntry
from submissions.models import Round
from tests.conftest import Cast, City, draft, filed, shanghai

LIST, CREATE = reverse("submissions:round-list"), reverse("submissions:round-create")
SPRING = {"name": "第一轮", "starts": "2026-03-01", "ends": "2026-05-31"}


def test_a_round_is_entered_and_changed(cast: Cast, as_user):
    client = as_user(cast.admin)
    assert client.post(CREATE, SPRING)["Location"] == LIST
    round_ = Round.objects.get()
    edit = reverse("submissions:round-edit", args=[round_.pk])
    assert 'value="2026-03-01"' in client.get(edit).content.decode()
    client.post(edit, SPRING | {"name": "第一轮（延期）", "ends": "2026-06-30"})
    round_.refresh_from_db()
    assert (round_.name, round_.ends.isoformat()) == ("第一轮（延期）", "2026-06-30")
    assert list(AuditEntry.objects.order_by("pk").values_list("action", flat=True)) == [
        "round.open",
        "round.change",
    ]


@pytest.mark.parametrize(
    "change", [{"ends": "2026-02-28"}, {"name": " "}, {"name": "长" * 61}, {"starts": "三月"}, {"starts": ""}]
)
def test_a_round_that_cannot_be_is_refused(cast: Cast, as_user, change):
    assert as_user(cast.admin).post(CREATE, SPRING | change).status_code == 422
    assert not Round.objects.exists()


def test_a_name_is_used_once_in_an_office_and_free_in_another(cast: Cast, foreign_cast: Cast, as_user):
    as_user(cast.admin).post(CREATE, SPRING)
    assert as_user(cast.admin).post(CREATE, SPRING).status_code == 422
    assert as_user(foreign_cast.admin).post(CREATE, SPRING).status_code == 302


def test_only_the_office_administrator_keeps_rounds(cast: Cast, foreign_cast: Cast, as_user):
    as_user(cast.admin).post(CREATE, SPRING)
    edit = reverse("submissions:round-edit", args=[Round.objects.get().pk])
    for other in (cast.author, cast.county_admin, cast.section_head, cast.auditor):
        for page in (LIST, CREATE, edit):
            assert as_user(other).get(page).status_code == 403
            assert as_user(other).post(CREATE, SPRING | {"name": "乱写"}).status_code == 403
    assert as_user(foreign_cast.admin).get(edit).status_code == 404
    assert "第一轮" not in as_user(foreign_cast.admin).get(LIST).content.decode()


def test_the_list_counts_filed_items_with_the_same_queries_for_one_round_and_for_many(
    cast: Cast, city: City, as_user, django_assert_num_queries
):
    client = as_user(cast.admin)
    client.post(CREATE, SPRING)
    round_ = Round.objects.get()
    filed(cast.author, shanghai("2026-04-10"), round=round_)
    draft(cast.author, shanghai("2026-04-10"), round=round_)
    assert client.get(LIST).context["page"][0].filed == 1
    with CaptureQueriesContext(connection) as few:
        client.get(LIST)
    expected = len(few)
    for number in range(24):
        client.post(CREATE, SPRING | {"name": f"第{number}轮", "starts": "2025-01-01"})
    with django_assert_num_queries(expected):
        assert client.get(LIST).context["page"][0].name == "第一轮", "the newest first"


def test_a_writer_chooses_among_the_rounds_of_the_own_office(cast: Cast, foreign_cast: Cast, as_user):
    as_user(cast.admin).post(CREATE, SPRING)
    page = reverse("submissions:item-create")
    assert "第一轮" in as_user(cast.author).get(page).content.decode()
    assert "第一轮" not in as_user(foreign_cast.author).get(page).content.decode()
