"""The pages of what earns or costs points beside filing and adoption."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import Unit, User
from adoptions.entries.services import revoke_entry
from adoptions.enums import EventKind
from adoptions.events.services import EventFacts, register_event
from adoptions.models import Event, EventChange
from submissions.models import Item
from tests.adoptions.builders import NOW, at, at_once, text
from tests.conftest import Cast, City, draft, filed, issued, shanghai
from tests.submissions.builders import PDF

SignIn = Callable[[User], Client]


def register_at(**asked: object) -> str:
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return f"{at('event-register')}?{query}"


def happen(kind: str, subject: Item | Unit, day: str, cast: Cast, **fields: Any) -> Event:
    facts = EventFacts(date=date.fromisoformat(day), **fields)
    return register_event(kind=kind, subject=subject, facts=facts, by=cast.admin, now=NOW)


def told(**fields: Any) -> dict[str, Any]:
    """The form as the browser sends it."""
    return {"date": "2026-04-10", "count": "1"} | fields


@pytest.fixture
def instruction(item: Item, cast: Cast) -> Event:
    return happen("instruction", item, "2026-04-10", cast, level="city")


# Who sees and who may


def test_a_county_sees_what_concerns_it_and_nothing_of_others(
    instruction: Event, as_user: SignIn, cast: Cast
) -> None:
    mine, other = as_user(cast.author), as_user(cast.other_author)
    assert at("event-detail", instruction.pk) in text(mine.get(at("event-list")))
    assert mine.get(at("event-detail", instruction.pk)).status_code == 200
    assert at("event-detail", instruction.pk) not in text(other.get(at("event-list")))
    assert other.get(at("event-detail", instruction.pk)).status_code == 404


def test_another_office_finds_nothing_here(
    instruction: Event, as_user: SignIn, foreign_cast: Cast, city: City
) -> None:
    foreign = as_user(foreign_cast.admin)
    for name in ("event-detail", "event-edit", "event-revoke", "event-proof"):
        assert foreign.get(at(name, instruction.pk)).status_code == 404, name
    assert foreign.get(register_at(kind="instruction", item=instruction.item_id)).status_code == 404
    assert foreign.get(register_at(item=instruction.item_id)).status_code == 404
    post = told(number=instruction.item.number if instruction.item else "", level="city")
    assert foreign.post(register_at(kind="instruction"), post).status_code == 422
    assert foreign.post(register_at(kind="late"), told(unit=city.county.code)).status_code == 422
    assert Event.objects.count() == 1


def test_only_the_office_administrator_writes(instruction: Event, as_user: SignIn, cast: Cast) -> None:
    for person in (cast.author, cast.county_admin, cast.section_head, cast.principal_leader):
        client = as_user(person)
        page = text(client.get(at("event-detail", instruction.pk)))
        assert at("event-edit", instruction.pk) not in page
        assert at("event-register") not in text(client.get(at("event-list")))
        for address in (
            at("event-register"),
            register_at(kind="late"),
            at("event-edit", instruction.pk),
            at("event-revoke", instruction.pk),
        ):
            assert client.get(address).status_code == 403, address
            assert client.post(address, told(reason="误登", revision="1")).status_code == 403, address
    assert Event.objects.counted().count() == 1


def test_the_navigation_leads_administrators_alone_to_the_list(as_user: SignIn, cast: Cast) -> None:
    assert f'href="{at("event-list")}"' in text(as_user(cast.admin).get(reverse("desk")))
    assert f'href="{at("event-list")}"' not in text(as_user(cast.author).get(reverse("desk")))


# The list


def test_the_list_takes_as_many_queries_for_thirty_rows_as_for_one(
    admin: Any, item: Item, cast: Cast, city: City
) -> None:
    happen("instruction", item, "2026-04-01", cast, level="city")
    admin.get(at("event-list"))
    with CaptureQueriesContext(connection) as one:
        admin.get(at("event-list"))
    for day in range(2, 31):
        if day % 2:
            happen("late", city.county, f"2026-04-{day:02}", cast)
        else:
            happen("instruction", item, f"2026-04-{day:02}", cast, level="city")
    with CaptureQueriesContext(connection) as thirty:
        page = admin.get(at("event-list"))
    assert page.context["page"].paginator.count == 30
    assert len(page.context["page"].object_list) == 25
    assert len(thirty) == len(one)
    assert len(admin.get(at("event-list"), {"page": 2}).context["page"].object_list) == 5


def test_the_list_is_narrowed_by_kind_side_unit_level_days_and_state(
    admin: Any, item: Item, cast: Cast, city: City
) -> None:
    happen("instruction", item, "2026-03-31", cast, level="province")
    happen("late", city.county, "2026-04-01", cast)
    happen("negative", city.other_county, "2026-04-30", cast)
    revoked = happen("task", city.team, "2026-04-30", cast)
    revoke_entry(entry=revoked, reason="误登", revision=1, by=cast.admin, now=NOW)

    def count(**asked: object) -> int:
        return int(admin.get(at("event-list"), asked).context["page"].paginator.count)

    assert count() == 3
    assert count(kind="late") == 1
    assert count(side="cost") == 2
    assert count(side="earn") == 1
    assert count(side="earn", state="all") == 2
    assert count(unit="青山县") == count(unit=city.county.pk) == 2
    assert count(level="province") == 1
    assert count(date_from="2026-04-01", date_to="2026-04-29") == 1
    assert count(state="revoked") == 1
    assert count(item=item.pk) == 1
    assert item.title in text(admin.get(at("event-list"), {"item": item.pk}))
    assert count(unit="没有这个单位", kind="nonsense") == 3


def test_the_list_can_be_sorted_by_every_column(admin: Any, item: Item, cast: Cast, city: City) -> None:
    first = happen("instruction", item, "2026-04-01", cast, level="central")
    second = happen("late", city.other_county, "2026-04-02", cast)

    def order(wanted: str) -> list[Event]:
        return list(admin.get(at("event-list"), {"o": wanted}).context["page"])

    assert order("") == [second, first]
    assert order("date") == order("unit") == order("level") == order("kind") == [first, second]
    assert order("-unit") == [second, first]
    assert len(order("registered")) == len(order("nonsense")) == 2


def test_the_export_holds_what_the_list_shows_and_formulas_as_text(
    admin: Any, cast: Cast, city: City
) -> None:
    item = issued(cast.author, cast, shanghai("2026-03-02"), title='=HYPERLINK("http://x")')
    happen("late", item, "2026-04-10", cast, note="+1", count=2)
    happen("instruction", item, "2026-05-10", cast, level="city")
    response = admin.get(at("event-export"), {"side": "cost", "c": "all"})
    sheet: Any = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    header = [cell.value for cell in sheet[2]]
    values = {title: sheet.cell(3, place + 1) for place, title in enumerate(header)}
    assert sheet.max_row == 3
    cells = {cell.value: cell.data_type for cell in values.values()}
    assert cells['=HYPERLINK("http://x")'] == cells["+1"] == cells["青山县"] == "s"
    assert cells[2] == "n"


def test_an_empty_list_says_what_to_do_next(admin: Any, as_user: SignIn, cast: Cast) -> None:
    assert at("event-register") in text(admin.get(at("event-list")))
    assert admin.get(at("event-list"), {"kind": "late"}).status_code == 200
    assert as_user(cast.author).get(at("event-list")).status_code == 200


# Registering


def test_the_kind_is_asked_for_first(admin: Any, item: Item) -> None:
    page = text(admin.get(at("event-register")))
    for kind in EventKind:
        assert f"?kind={kind.value}" in page
        assert admin.get(register_at(kind=kind.value)).status_code == 200
    of_item = text(admin.get(register_at(item=item.pk)))
    assert f"?item={item.pk}&amp;kind=late" in of_item
    assert "kind=missing" not in of_item
    assert admin.get(register_at(kind="missing", item=item.pk)).context["item"] == item
    assert admin.get(register_at(kind="nonsense")).status_code == 200


def test_an_instruction_is_registered_straight_from_its_item(
    admin: Any, item: Item, as_user: SignIn, cast: Cast
) -> None:
    page = text(admin.get(reverse("submissions:item-detail", args=[item.pk])))
    address = register_at(kind="instruction", item=item.pk)
    assert address.replace("&", "&amp;") in page
    form = admin.get(address).context["form"]
    assert list(form.fields) == ["date", "level", "count"]
    answer = admin.post(address, told(level="province"))
    event = Event.objects.get()
    assert answer.url == at("event-detail", event.pk)
    assert (event.item, event.level, event.registered_by) == (item, "province", cast.admin)
    shown = text(as_user(cast.author).get(reverse("submissions:item-detail", args=[item.pk])))
    assert at("event-detail", event.pk) in shown
    assert at("event-register") not in shown


def test_the_words_of_an_instruction_find_no_way_in(admin: Any, item: Item) -> None:
    sent = told(
        level="city",
        note="领导批示原文",
        link="https://example.cn/1",
        proof=SimpleUploadedFile("批示.pdf", PDF),
    )
    assert admin.post(register_at(kind="instruction", item=item.pk), sent).status_code == 302
    event = Event.objects.get()
    assert (event.note, event.link, event.proof_file.name) == ("", "", "")


def test_an_event_is_registered_by_item_number_or_by_unit(admin: Any, item: Item, city: City) -> None:
    assert admin.post(register_at(kind="late"), told(number=item.number)).status_code == 302
    sent = told(unit="青山县", note="逾期两天", proof=SimpleUploadedFile("登记表.pdf", PDF))
    assert admin.post(register_at(kind="late"), sent).status_code == 302
    of_item, of_unit = Event.objects.order_by("pk")
    assert (of_item.item, of_item.unit) == (item, None)
    assert (of_unit.item, of_unit.unit, of_unit.proof_name) == (None, city.county, "登记表.pdf")
    assert of_unit.proven


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        ("late", {}),
        ("late", {"unit": "青山县", "number": "150500-a-2026-0001"}),
        ("late", {"number": "没有这个编号"}),
        ("late", {"unit": "没有这个单位"}),
        ("late", {"unit": "青山县", "date": ""}),
        ("late", {"unit": "青山县", "date": "2999-01-01"}),
        ("late", {"unit": "青山县", "count": "0"}),
        ("late", {"unit": "青山县", "count": ""}),
        ("late", {"unit": "青山县", "link": "ftp://example.cn"}),
        ("missing", {}),
        ("missing", {"number": "150500-a-2026-0001"}),
        ("instruction", {"unit": "青山县"}),
        ("forwarded", {"unit": "青山县", "level": "moon"}),
        ("task", {"unit": "河源市委巡察办"}),
    ],
)
def test_a_wrong_form_is_answered_with_422_and_stores_nothing(
    kind: str, wrong: dict[str, str], admin: Any, item: Item
) -> None:
    answer = admin.post(register_at(kind=kind), told(**wrong))
    assert answer.status_code == 422
    assert "invalid-feedback" in text(answer) or "alert-danger" in text(answer)
    assert not Event.objects.exists()


def test_what_is_not_filed_has_no_form(admin: Any, cast: Cast) -> None:
    mine = draft(cast.admin, shanghai("2026-03-02"), unit=cast.admin.unit)
    assert admin.get(register_at(kind="late", item=mine.pk)).status_code == 404
    assert admin.get(register_at(kind="late", item="x")).status_code == 404
    assert admin.get(register_at(kind="late", item="9" * 30)).status_code == 404
    waiting = filed(cast.author, shanghai("2026-03-02"))
    assert admin.get(register_at(kind="late", item=waiting.pk)).status_code == 200


def test_the_same_form_sent_twice_makes_one_and_leads_to_it(admin: Any, item: Item) -> None:
    address, sent = register_at(kind="instruction", item=item.pk), told(level="city")
    first, second = admin.post(address, sent), admin.post(address, sent)
    event = Event.objects.get()
    assert first.url == second.url == at("event-detail", event.pk)


def test_a_duplicate_is_refused_with_a_link_to_the_first(admin: Any, instruction: Event) -> None:
    address = register_at(kind="instruction", item=instruction.item_id)
    answer = admin.post(address, told(level="city", count="2"))
    assert answer.status_code == 422
    assert at("event-detail", instruction.pk) in text(answer)
    assert answer.context["first"] == instruction
    assert Event.objects.count() == 1


def test_what_another_administrator_registered_is_named_not_passed_off_as_ones_own(
    instruction: Event, as_user: SignIn, cast: Cast
) -> None:
    Event.objects.filter(pk=instruction.pk).update(registered_by=cast.section_head)
    address = register_at(kind="instruction", item=instruction.item_id)
    assert as_user(cast.admin).post(address, told(level="city")).status_code == 422


@pytest.mark.django_db(transaction=True)
def test_one_form_posted_ten_times_at_once_makes_one(item: Item, as_user: SignIn, cast: Cast) -> None:
    address = register_at(kind="instruction", item=item.pk)
    clients: list[Any] = [as_user(cast.admin) for _each in range(10)]
    answers = at_once(*[lambda c=client: c.post(address, told(level="city")) for client in clients])
    event = Event.objects.get()
    assert {(answer.status_code, answer.url) for answer in answers} == {(302, at("event-detail", event.pk))}


def test_save_and_another_comes_back_to_the_same_kind(admin: Any) -> None:
    address = register_at(kind="late", date="2026-04-10")
    answer = admin.post(address, told(unit="青山县", again="1"))
    assert answer.url == address
    assert admin.get(answer.url).context["form"].initial["date"] == "2026-04-10"


# One event


def test_a_correction_is_saved_with_its_reason_and_shown(admin: Any, cast: Cast, city: City) -> None:
    event = happen("missing", city.county, "2026-04-10", cast, count=2)
    form = admin.get(at("event-edit", event.pk)).context["form"]
    assert (form.initial["count"], form.initial["revision"]) == (2, 1)
    assert {"number", "unit"}.isdisjoint(form.fields)
    answer = admin.post(at("event-edit", event.pk), told(count="3", reason="核对后更正", revision="1"))
    page = text(admin.get(answer.url))
    assert "核对后更正" in page
    assert "<ins>3</ins>" in page


def test_a_correction_needs_its_reason_and_names_what_it_would_double(
    admin: Any, cast: Cast, city: City
) -> None:
    first = happen("late", city.county, "2026-04-10", cast)
    event = happen("late", city.county, "2026-04-11", cast)
    assert admin.post(at("event-edit", event.pk), told(reason=" ", revision="1")).status_code == 422
    answer = admin.post(at("event-edit", event.pk), told(reason="登错", revision="1"))
    assert answer.status_code == 422
    assert at("event-detail", first.pk) in text(answer)


def test_whoever_edits_or_revokes_what_somebody_else_changed_is_told(
    admin: Any, cast: Cast, city: City
) -> None:
    event = happen("late", city.county, "2026-04-10", cast)
    sent = told(count="3", reason="登错", revision="1")
    assert admin.post(at("event-edit", event.pk), sent).status_code == 302
    assert admin.post(at("event-edit", event.pk), sent | {"count": "4"}).status_code == 409
    answer = admin.post(at("event-revoke", event.pk), {"reason": "误登", "revision": "1"})
    assert answer.status_code == 409
    assert at("event-detail", event.pk) in text(answer)
    event.refresh_from_db()
    assert (event.count, event.revoked_at) == (3, None)


def test_revoking_asks_for_the_reason_and_keeps_the_entry(admin: Any, instruction: Event) -> None:
    address = at("event-revoke", instruction.pk)
    assert admin.get(address).status_code == 200
    assert admin.post(address, {"reason": "", "revision": "1"}).status_code == 422
    answer = admin.post(address, {"reason": "误登", "revision": "1"})
    page = text(admin.get(answer.url))
    assert "误登" in page
    assert at("event-edit", instruction.pk) not in page
    assert admin.get(at("event-edit", instruction.pk)).status_code == 403
    assert admin.post(address, {"reason": "再", "revision": "2"}).status_code == 403
    assert at("event-detail", instruction.pk) not in text(admin.get(at("event-list")))


def test_a_proof_and_the_one_it_replaced_are_downloads_for_whoever_sees_the_event(
    admin: Any, as_user: SignIn, cast: Cast, city: City, foreign_cast: Cast
) -> None:
    old, new = PDF, PDF + b"\n% 2"
    admin.post(register_at(kind="late"), told(unit="青山县", proof=SimpleUploadedFile("旧.pdf", old)))
    event = Event.objects.get()
    sent = told(reason="换件", revision="1", proof=SimpleUploadedFile("新.pdf", new))
    admin.post(at("event-edit", event.pk), sent)
    former = at("event-former-proof", event.pk, EventChange.objects.get().pk)
    assert former in text(admin.get(at("event-detail", event.pk)))
    reader = as_user(cast.author)
    for address, content in ((at("event-proof", event.pk), new), (former, old)):
        response: Any = reader.get(address)
        assert b"".join(response.streaming_content) == content
        assert response["Content-Disposition"].startswith("attachment")
        assert "sandbox" in response["Content-Security-Policy"]
        for stranger in (cast.other_author, cast.auditor, foreign_cast.admin):
            assert as_user(stranger).get(address).status_code == 404
    other = happen("late", city.county, "2026-04-11", cast)
    assert admin.get(at("event-former-proof", other.pk, EventChange.objects.get().pk)).status_code == 404
    assert admin.get(at("event-proof", other.pk)).status_code == 404
