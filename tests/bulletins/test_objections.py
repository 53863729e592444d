"""Rule R58 of docs/scoring.md: units object to their own lines, administrators answer, both stay."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.enums import Role, UnitKind
from accounts.services.units import create_unit
from bulletins.enums import ObjectionStatus
from bulletins.models import Bulletin, Objection
from bulletins.services.drafting import BulletinMoved, draft_bulletin
from bulletins.services.life import check_bulletin, open_bulletin, reopen_bulletin
from bulletins.services.objections import AlreadyRaised, answer_objection, raise_objection
from scoring.services.versions import create_default_scheme
from tests.conftest import LONG_AGO, make_person, shanghai
from tests.stats.world import AFTER, QUARTER, adopted, counted, drafted, open_to_objections, out

LATER = shanghai("2026-04-09")


@pytest.fixture
def opened(cast, city, outlets) -> Bulletin:
    """Open for objections through 5 April, with one line of 青山县 and one of 白水县."""
    create_default_scheme(office=city.office, effective_from=LONG_AGO, now=AFTER)
    adopted(cast, outlets["city"], "2026-02-11")
    adopted(cast, outlets["city"], "2026-02-12", city.other_county, title="另一件")
    counted(city.office, "2026-02")
    return open_to_objections(city.office, cast.admin, "2026-04-05")


def key_of(bulletin: Bulletin, unit: Any) -> str:
    return next((line.key for line in bulletin.content.lines if line.unit_id == unit.pk), "")


def objected(bulletin: Bulletin, cast: Any, **changed: Any) -> Objection:
    unit = changed.pop("unit", cast.author.unit)
    asked = {"line_key": key_of(bulletin, unit), "reason": "应为自治区级", "by": cast.author, "now": AFTER}
    return raise_objection(bulletin=bulletin, unit=unit, **asked | changed)


def test_r58_a_unit_objects_to_its_own_line_and_reads_the_answer(opened, cast) -> None:
    objection = objected(opened, cast)
    assert objection.row
    assert objection.row.item_title == "青山县扎实推进巡察整改"
    answered = answer_objection(
        objection=objection, accepted=True, answer="已更正为自治区级", by=cast.admin, now=LATER
    )
    assert (answered.status, answered.answered_by) == (ObjectionStatus.ACCEPTED, cast.admin)
    assert list(Objection.objects.visible_to(cast.colleague)) == [answered]
    assert list(Objection.objects.visible_to(cast.supervising_leader)) == [answered]
    assert not Objection.objects.visible_to(cast.other_author).exists()


def test_r58_nobody_objects_for_another_unit(opened, cast, city) -> None:
    for person in (cast.other_author, cast.admin, cast.principal_leader, cast.auditor):
        with pytest.raises(PermissionDenied):
            objected(opened, cast, by=person)
    with pytest.raises(BulletinMoved):
        objected(opened, cast, line_key=key_of(opened, city.other_county))


def test_r58_a_department_of_the_county_speaks_for_the_county(opened, cast, city) -> None:
    department = create_unit(
        parent=city.county, kind=UnitKind.DEPARTMENT, code="a-1", name="县农业局", active_from=LONG_AGO
    )
    clerk = make_person(department, "clerk", "县农业局干部", Role.AUTHOR)
    assert objected(opened, cast, by=clerk).unit == city.county
    assert Objection.objects.visible_to(clerk).count() == 1


def test_r58_what_is_missing_is_objected_to_without_a_line(opened, cast) -> None:
    objection = objected(opened, cast, line_key="", reason="2月18日通辽日报采用的一件没有列出")
    assert objection.row is None


def test_r58_after_the_last_day_or_outside_the_time_for_objections_nobody_objects(opened, cast, city) -> None:
    with pytest.raises(BulletinMoved):
        objected(opened, cast, now=shanghai("2026-04-06", "00:00"))
    objected(opened, cast, now=shanghai("2026-04-05", "23:59"))
    with pytest.raises(BulletinMoved):
        objected(drafted(city.office, QUARTER.previous()), cast, line_key="")


def test_r58_one_objection_to_a_line_waits_at_a_time(opened, cast) -> None:
    first = objected(opened, cast)
    with pytest.raises(AlreadyRaised):
        objected(opened, cast)
    answer_objection(objection=first, accepted=False, answer="样报为市级", by=cast.admin, now=AFTER)
    assert objected(opened, cast, reason="补充样报").pk != first.pk


def test_r58_only_an_administrator_answers_and_only_once(opened, cast) -> None:
    objection = objected(opened, cast)
    for person in (cast.author, cast.county_admin, cast.section_head, cast.principal_leader):
        with pytest.raises(PermissionDenied):
            answer_objection(objection=objection, accepted=True, answer="好", by=person, now=AFTER)
    answer_objection(objection=objection, accepted=False, answer="样报为市级", by=cast.admin, now=AFTER)
    with pytest.raises(BulletinMoved):
        answer_objection(objection=objection, accepted=True, answer="改判", by=cast.admin, now=AFTER)


def test_r58_nobody_answers_their_own_objection(opened, cast, city) -> None:
    """The administrator works in 综合科, which is listed as well."""
    objection = objected(opened, cast, unit=city.section, line_key="", by=cast.admin)
    with pytest.raises(PermissionDenied):
        answer_objection(objection=objection, accepted=True, answer="好", by=cast.admin, now=AFTER)


def test_r58_what_an_accepted_objection_corrects_comes_into_the_draft(opened, cast, city, outlets) -> None:
    objection = objected(opened, cast, line_key="", reason="少一件")
    adopted(cast, outlets["province"], "2026-03-03", title="少的一件")
    counted(city.office, "2026-03")
    answer_objection(objection=objection, accepted=True, answer="已补登", by=cast.admin, now=AFTER)
    anew = draft_bulletin(office=city.office, period=QUARTER, now=LATER)
    assert (anew.status, len(anew.content.adoptions)) == ("objections", 3)
    ready = check_bulletin(bulletin=anew, by=cast.section_head, sha256=anew.sha256, now=LATER)
    assert out(ready, cast.principal_leader, LATER).number == 1
    assert anew.objections.count() == 1


def address(bulletin: Bulletin, unit: Any, key: str = "") -> str:
    line = f"&line={key}" if key else ""
    return reverse("bulletins:objection-raise", args=[bulletin.pk]) + f"?unit={unit.pk}{line}"


@pytest.fixture
def in_april() -> Any:
    with time_machine.travel(AFTER, tick=False):
        yield


@pytest.mark.usefixtures("in_april")
def test_the_pages_lead_from_the_line_to_the_objection_and_its_answer(
    opened, cast, as_user: Callable[[Any], Client]
) -> None:
    author, admin = as_user(cast.author), as_user(cast.admin)
    detail = reverse("bulletins:bulletin-detail", args=[opened.pk])
    key = key_of(opened, cast.author.unit)
    shown = author.get(detail).content.decode()
    assert f"?unit={cast.author.unit_id}&amp;line={key.replace(':', '%3A')}" in shown
    url = address(opened, cast.author.unit, key)
    assert author.get(url).status_code == 200
    assert author.post(url, {"reason": ""}).status_code == 422
    assert author.post(url, {"reason": "应为自治区级"}).status_code == 302
    assert author.post(url, {"reason": "再来一次"}).status_code == 409
    assert "应为自治区级" in admin.get(detail).content.decode()
    objection = Objection.objects.get()
    answer = reverse("bulletins:objection-answer", args=[objection.pk])
    assert admin.get(answer).status_code == 200
    assert admin.post(answer, {"verdict": "accepted", "answer": ""}).status_code == 422
    assert author.post(answer, {"verdict": "accepted", "answer": "好"}).status_code == 403
    assert admin.post(answer, {"verdict": "refused", "answer": "样报为市级"}).status_code == 302
    assert admin.post(answer, {"verdict": "accepted", "answer": "改判"}).status_code == 409
    for client in (author, admin):
        assert "样报为市级" in client.get(reverse("bulletins:objection-list")).content.decode()


@pytest.mark.usefixtures("in_april")
def test_strangers_neither_see_nor_raise_objections(
    opened, cast, foreign_cast, city, as_user: Callable[[Any], Client]
) -> None:
    objection = objected(opened, cast)
    answer = reverse("bulletins:objection-answer", args=[objection.pk])
    for person in (cast.other_author, foreign_cast.admin):
        client = as_user(person)
        assert client.get(answer).status_code == 404
        assert objection.reason not in client.get(reverse("bulletins:objection-list")).content.decode()
    other = as_user(cast.other_author)
    assert (
        objection.reason
        not in other.get(reverse("bulletins:bulletin-detail", args=[opened.pk])).content.decode()
    )
    assert other.get(address(opened, city.county)).status_code == 403
    assert as_user(foreign_cast.admin).get(address(opened, city.county)).status_code == 404
    assert other.get(address(opened, city.other_county, "adoption:0")).status_code == 404


def test_a_list_of_objections_asks_the_same_number_of_queries(opened, cast, city, as_user) -> None:
    client, url = as_user(cast.admin), reverse("bulletins:objection-list")
    numbers = []
    for wanted in (1, 30):
        while Objection.objects.count() < wanted:
            mark = Objection.objects.count()
            Objection.objects.create(
                bulletin=opened, unit=city.county, line_key=f"x{mark}", line={}, reason="r",
                raised_by=cast.author, raised_at=AFTER,
            )  # fmt: skip
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]


def test_reopened_bulletins_keep_their_objections(opened, cast, city) -> None:
    objection = objected(opened, cast)
    answer_objection(objection=objection, accepted=False, answer="样报为市级", by=cast.admin, now=AFTER)
    opened.refresh_from_db()
    ready = check_bulletin(bulletin=opened, by=cast.section_head, sha256=opened.sha256, now=LATER)
    again = reopen_bulletin(bulletin=ready, by=cast.admin, sha256=ready.sha256, now=LATER)
    assert list(again.objections.all()) == [objection]
    assert (
        open_bulletin(
            bulletin=again,
            until=LATER.date(),
            by=cast.admin,
            sha256=again.sha256,
            now=LATER,
        ).status
        == "objections"
    )
