"""The audit trail: for the auditor alone, complete, and itself audited."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from accounts.models import AuditEntry, Unit, User
from accounts.services.audit import record
from submissions.models import Item
from tests.conftest import PASSWORD, Cast, City, filed, make_person, shanghai

LOGIN = "/accounts/login/"


def read(answer) -> Worksheet:
    """The first sheet of a workbook that was answered."""
    return load_workbook(BytesIO(b"".join(answer.streaming_content))).worksheets[0]


@pytest.mark.parametrize("who", ["author", "admin", "county_admin", "principal_leader"])
def test_the_audit_trail_is_the_auditors_alone(cast: Cast, as_user, who: str) -> None:
    assert as_user(getattr(cast, who)).get(reverse("accounts:audit-list")).status_code == 403


def test_reading_the_audit_trail_is_recorded(cast: Cast, as_user) -> None:
    answer = as_user(cast.auditor).get(reverse("accounts:audit-list"), {"target": "青山"})
    assert answer.status_code == 200
    entry = AuditEntry.objects.get(action="audit.read")
    assert entry.actor == cast.auditor
    assert entry.detail == {"page_number": 1, "target": "青山"}


@pytest.fixture
def trail(cast: Cast, foreign_cast: Cast) -> dict[str, AuditEntry]:
    """Entries of two people, three days and two offices."""

    def note(action: str, actor: User, target: Unit | User, day: str, clock: str = "10:00") -> AuditEntry:
        now = shanghai(day, clock)
        return record(actor=actor, action=action, target=target, office=actor.office, now=now)

    return {
        "early": note("login", cast.author, cast.author, "2026-03-31", "23:59"),
        "unit": note("unit.change", cast.admin, cast.admin.unit, "2026-04-01", "00:01"),
        "late": note("login", cast.admin, cast.admin, "2026-04-02"),
        "foreign": note("login", foreign_cast.admin, foreign_cast.admin, "2026-04-01"),
    }


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, {"early", "unit", "late"}),
        ({"person": "辛管理"}, {"unit", "late"}),
        ({"person": "author"}, {"early"}),
        ({"action": "unit.change"}, {"unit"}),
        ({"target_type": "accounts.unit"}, {"unit"}),
        ({"target": "甲作者"}, {"early"}),
        ({"date_from": "2026-04-01"}, {"unit", "late"}),
        ({"date_to": "2026-03-31"}, {"early"}),
        ({"date_from": "2026-04-01", "date_to": "2026-04-01"}, {"unit"}),
    ],
)
def test_the_audit_trail_is_searched(
    cast: Cast, as_user, trail: dict[str, AuditEntry], asked: dict[str, str], found: set[str]
) -> None:
    page = as_user(cast.auditor).get(reverse("accounts:audit-list"), asked)
    shown = {line.entry.pk for line, _cells in page.context["lines"]}
    assert shown == {trail[name].pk for name in found}


def test_the_audit_trail_is_exported_as_shown_and_that_is_recorded(cast: Cast, as_user, trail) -> None:
    answer = as_user(cast.auditor).get(reverse("accounts:audit-export"), {"action": "login"})
    rows = list(read(answer).iter_rows(min_row=3, values_only=True))
    assert [row[1] for row in rows] == ["辛管理", "甲作者"]
    assert AuditEntry.objects.get(action="audit.export").detail == {"action": "login"}
    assert as_user(cast.admin).get(reverse("accounts:audit-export")).status_code == 403


def test_the_audit_trail_takes_the_same_number_of_queries_whatever_its_length(
    cast: Cast, as_user, trail, django_assert_num_queries
) -> None:
    client = as_user(cast.auditor)
    client.get(reverse("accounts:audit-list"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("accounts:audit-list"))
    for number in range(30):
        person = make_person(cast.admin.unit, f"p{number}", f"某{number}")
        record(actor=person, action="login", target=person, office=person.office, now=shanghai("2026-04-03"))
    with django_assert_num_queries(len(few)):
        client.get(reverse("accounts:audit-list"))


def test_an_auditor_reads_the_trail_but_no_items(cast: Cast, city: City, as_user) -> None:
    item = filed(cast.author, shanghai("2026-04-01"))
    assert not Item.objects.visible_to(cast.auditor).exists()
    assert as_user(cast.auditor).get(reverse("submissions:item-detail", args=[item.pk])).status_code == 404


def test_the_audit_trail_of_another_office_does_not_show(cast: Cast, foreign_cast: Cast, as_user) -> None:
    Client().post(LOGIN, {"username": "foreign_author", "password": PASSWORD})
    assert AuditEntry.objects.filter(action="login").exists()
    page = as_user(cast.auditor).get(reverse("accounts:audit-list"), {"action": "login"})
    assert page.context["page"].paginator.count == 0
