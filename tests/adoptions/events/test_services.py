"""What earns or costs points beside filing and adoption: registering, correcting, revoking."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from accounts.actions import ACTIONS, TARGETS
from accounts.models import AuditEntry, Unit
from adoptions.entries.services import AlreadyRegistered, EntryChanged, edit_entry, revoke_entry
from adoptions.enums import LEVEL_KINDS, MAY_HAVE_LEVEL, PENALTIES, UNIT_KINDS, EventKind
from adoptions.events.forms import KIND_HINTS, LEVEL_LABELS
from adoptions.events.services import EventFacts, register_event
from adoptions.models import Event, EventChange, Outlet
from adoptions.services import Share
from reviews.enums import Action
from submissions.models import Item
from tests.adoptions.builders import NOW, adopt, at_once, proof, settle, stale
from tests.conftest import Cast, City, draft, filed, shanghai, step

Outlets = dict[str, Outlet]


def happen(kind: str, subject: Item | Unit, day: str, cast: Cast, **fields: Any) -> Event:
    """An event as the administrator enters it; at city level where it needs one."""
    evidence = fields.pop("proof", None)
    fields.setdefault("level", "city" if kind in LEVEL_KINDS else "")
    facts = EventFacts(date=date.fromisoformat(day), **fields)
    return register_event(kind=kind, subject=subject, facts=facts, proof=evidence, by=cast.admin, now=NOW)


def correct(event: Event, cast: Cast, reason: str = "登错", revision: int = 1, **fields: Any) -> Event:
    told = {name: getattr(event, name) for name in ("date", "level", "count", "note", "link")} | fields
    return edit_entry(
        entry=event, facts=EventFacts(**told), reason=reason, revision=revision, by=cast.admin, now=NOW
    )


def revoke(event: Event, cast: Cast, reason: str = "误登", revision: int = 1) -> Event:
    return revoke_entry(entry=event, reason=reason, revision=revision, by=cast.admin, now=NOW)


# Registering


def test_every_kind_has_its_words_and_those_with_a_level_name_it() -> None:
    assert set(KIND_HINTS) == set(EventKind)
    assert set(LEVEL_LABELS) == MAY_HAVE_LEVEL
    assert not PENALTIES & MAY_HAVE_LEVEL
    assert {"event.register", "event.edit", "event.revoke"} <= set(ACTIONS)
    assert "adoptions.event" in TARGETS


def test_an_event_is_stored_and_the_audit_names_it(item: Item, cast: Cast, city: City) -> None:
    event = happen("instruction", item, "2026-04-10", cast, level="province")
    assert (event.item, event.unit, event.office) == (item, None, city.office)
    assert event.concerns == city.county
    assert Event.objects.counted().get() == event
    entry = AuditEntry.objects.get(action="event.register")
    assert entry.actor == cast.admin
    assert entry.detail["level"] == "province"


@pytest.mark.parametrize("kind", EventKind)
def test_every_kind_can_happen_to_a_unit(kind: EventKind, cast: Cast, city: City) -> None:
    event = happen(kind, city.county, "2026-04-10", cast)
    assert event.unit == city.county
    assert event.costs is (kind in PENALTIES)


@pytest.mark.parametrize("kind", EventKind)
def test_only_some_kinds_happen_to_an_item(kind: EventKind, item: Item, cast: Cast) -> None:
    if kind in UNIT_KINDS:
        with pytest.raises(ValidationError) as refused:
            happen(kind, item, "2026-04-10", cast)
        assert set(refused.value.message_dict) == {"subject"}
    else:
        assert happen(kind, item, "2026-04-10", cast).item == item


def test_nothing_happens_to_a_draft_or_to_the_office_itself(cast: Cast, city: City) -> None:
    unfiled = draft(cast.author, shanghai("2026-03-02"))
    for subject in (unfiled, city.office):
        with pytest.raises(ValidationError):
            happen("instruction", subject, "2026-04-10", cast)
    assert not Event.objects.exists()


def test_an_item_in_review_can_be_late_already(cast: Cast) -> None:
    waiting = filed(cast.author, shanghai("2026-03-02"))
    assert happen("late", waiting, "2026-03-02", cast).item == waiting


@pytest.mark.parametrize(
    ("kind", "fields", "wrong"),
    [
        ("instruction", {"level": ""}, "level"),
        ("forwarded", {"level": ""}, "level"),
        ("late", {"level": "city"}, "level"),
        ("negative", {"level": "central"}, "level"),
        ("instruction", {"level": "moon"}, "level"),
        ("instruction", {"note": "领导批示：请阅"}, "note"),
        ("instruction", {"link": "https://example.cn/1"}, "note"),
        ("late", {"count": 0}, "count"),
        ("late", {"count": 1001}, "count"),
        ("late", {"link": "ftp://example.cn/1"}, "link"),
        ("late", {"note": "长" * 201}, "note"),
        ("gift", {}, "kind"),
    ],
)
def test_what_cannot_be_is_refused(
    kind: str, fields: dict[str, Any], wrong: str, cast: Cast, city: City
) -> None:
    with pytest.raises(ValidationError) as refused:
        happen(kind, city.county, "2026-04-10", cast, **fields)
    assert set(refused.value.message_dict) == {wrong}
    assert not Event.objects.exists()


def test_an_instruction_takes_no_file_either(item: Item, cast: Cast) -> None:
    with pytest.raises(ValidationError):
        happen("instruction", item, "2026-04-10", cast, proof=proof())


def test_nothing_lies_in_the_future_or_before_its_unit(cast: Cast, city: City) -> None:
    with pytest.raises(ValidationError) as future:
        happen("late", city.county, "2026-08-21", cast)
    assert set(future.value.message_dict) == {"date"}
    with pytest.raises(ValidationError) as past:
        happen("late", city.county, "2014-12-31", cast)
    assert set(past.value.message_dict) == {"subject"}


def test_only_the_administrator_of_the_office_registers(
    item: Item, cast: Cast, city: City, foreign_cast: Cast
) -> None:
    facts = EventFacts(date=date(2026, 4, 10), level="city")
    for person in (cast.author, cast.county_admin, cast.principal_leader, cast.auditor, foreign_cast.admin):
        for subject in (item, city.county):
            with pytest.raises(PermissionDenied):
                register_event(kind="instruction", subject=subject, facts=facts, by=person, now=NOW)
    assert not Event.objects.exists()


def test_the_same_kind_subject_day_and_level_is_refused_and_names_the_first(
    item: Item, cast: Cast, city: City
) -> None:
    first = happen("instruction", item, "2026-04-10", cast)
    with pytest.raises(AlreadyRegistered) as refused:
        happen("instruction", item, "2026-04-10", cast, count=2)
    assert refused.value.first == first
    happen("instruction", item, "2026-04-11", cast)
    happen("instruction", item, "2026-04-10", cast, level="central")
    happen("forwarded", item, "2026-04-10", cast)
    happen("instruction", city.county, "2026-04-10", cast)
    assert Event.objects.count() == 5


def test_a_revoked_event_may_be_registered_anew(item: Item, cast: Cast) -> None:
    revoke(happen("instruction", item, "2026-04-10", cast), cast)
    happen("instruction", item, "2026-04-10", cast)
    assert Event.objects.counted().count() == 1


@pytest.mark.django_db(transaction=True)
def test_ten_posts_at_once_make_one(item: Item, cast: Cast, city: City) -> None:
    for kind, subject in (("instruction", item), ("late", city.county)):
        results = at_once(*[lambda k=kind, s=subject: happen(k, s, "2026-04-10", cast)] * 10)
        made = [result for result in results if isinstance(result, Event)]
        refused = [result for result in results if isinstance(result, AlreadyRegistered)]
        assert (len(made), len(refused)) == (1, 9), results
        assert {error.first.pk for error in refused} == {made[0].pk}
        assert Event.objects.filter(kind=kind).count() == 1


# Months


def test_an_event_of_a_unit_moves_its_own_month(cast: Cast, city: City) -> None:
    settle()
    event = happen("late", city.county, "2026-04-30", cast)
    assert stale() == {"2026-04"}
    settle()
    correct(event, cast, date=date(2026, 5, 1))
    assert stale() == {"2026-04", "2026-05"}
    settle()
    event.refresh_from_db()
    revoke(event, cast, revision=2)
    assert stale() == {"2026-05"}


def test_an_event_of_an_item_moves_every_month_with_a_fact_of_it(
    item: Item, outlets: Outlets, cast: Cast
) -> None:
    adopt(item, outlets["city"], "2026-03-31", cast)
    gone = adopt(item, outlets["county"], "2026-06-01", cast)
    revoke_entry(entry=gone, reason="误登", revision=1, by=cast.admin, now=NOW)
    forwarded = happen("forwarded", item, "2026-05-20", cast)
    settle()
    event = happen("instruction", item, "2026-04-10", cast)
    assert stale() == {"2026-03", "2026-04", "2026-05"}
    revoke(forwarded, cast)
    settle()
    revoke(event, cast)
    assert stale() == {"2026-03", "2026-04"}


def test_an_adoption_moves_the_months_of_the_items_events(item: Item, outlets: Outlets, cast: Cast) -> None:
    happen("instruction", item, "2026-03-10", cast)
    settle()
    adopt(item, outlets["city"], "2026-05-31", cast)
    assert stale() == {"2026-03", "2026-05"}


# Correcting and revoking


def test_a_correction_keeps_the_former_state_with_its_reason(cast: Cast, city: City) -> None:
    event = happen("missing", city.county, "2026-04-10", cast, count=2)
    correct(event, cast, count=3, note="核对后为三篇")
    event.refresh_from_db()
    assert (event.count, event.revision) == (3, 2)
    change = EventChange.objects.get()
    assert (change.before["count"], change.reason, change.by) == (2, "登错", cast.admin)
    assert AuditEntry.objects.filter(action="event.edit").count() == 1


def test_nothing_is_written_when_nothing_differs(cast: Cast, city: City) -> None:
    event = happen("missing", city.county, "2026-04-10", cast)
    settle()
    correct(event, cast)
    event.refresh_from_db()
    assert event.revision == 1
    assert not EventChange.objects.exists()
    assert not stale()


def test_a_correction_needs_a_reason_and_must_not_double_another(cast: Cast, city: City) -> None:
    first = happen("late", city.county, "2026-04-10", cast)
    event = happen("late", city.county, "2026-04-11", cast)
    with pytest.raises(ValidationError):
        correct(event, cast, reason=" ", count=2)
    with pytest.raises(AlreadyRegistered) as refused:
        correct(event, cast, date=first.date)
    assert refused.value.first == first
    with pytest.raises(ValidationError):
        correct(event, cast, level="city")
    with pytest.raises(ValidationError):
        revoke(event, cast, reason="")
    event.refresh_from_db()
    assert (event.revision, event.revoked_at) == (1, None)


def test_whoever_comes_second_changes_nothing(cast: Cast, city: City, foreign_cast: Cast) -> None:
    event = happen("late", city.county, "2026-04-10", cast)
    correct(event, cast, count=2)
    with pytest.raises(EntryChanged):
        correct(event, cast, count=3)
    with pytest.raises(EntryChanged):
        revoke(event, cast)
    with pytest.raises(PermissionDenied):
        revoke_entry(entry=event, reason="误登", revision=2, by=foreign_cast.admin, now=NOW)
    revoke(event, cast, revision=2)
    with pytest.raises(EntryChanged):
        correct(event, cast, revision=3, count=4)
    event.refresh_from_db()
    assert event.count == 2


def test_a_revoked_event_stays_with_its_reason_and_counts_no_more(cast: Cast, city: City) -> None:
    event = revoke(happen("late", city.county, "2026-04-10", cast), cast)
    assert (event.revoke_reason, event.revoked_by, event.revoked_at) == ("误登", cast.admin, NOW)
    assert not Event.objects.counted().exists()
    assert Event.objects.revoked().get() == event


def test_an_event_counts_until_it_is_revoked_also_when_its_item_is_withdrawn(cast: Cast) -> None:
    waiting = filed(cast.author, shanghai("2026-03-02"))
    event = happen("commission_filed", waiting, "2026-03-02", cast)
    step(waiting, Action.WITHDRAW, cast.author, shanghai("2026-03-03"))
    assert Event.objects.counted().get() == event


# What the table itself refuses


@pytest.mark.parametrize(
    "broken",
    [
        {"unit": None},
        {"kind": "missing", "level": ""},
        {"level": ""},
        {"kind": "late"},
        {"count": 0},
        {"note": "批示原文"},
        {"link": "https://example.cn/1"},
        {"proof_file": "events/1/x.pdf"},
        {"revoked_at": NOW},
        {"revoke_reason": "误登"},
    ],
)
def test_the_table_itself_refuses_what_cannot_be(
    broken: dict[str, Any], item: Item, cast: Cast, city: City
) -> None:
    event = happen("instruction", item, "2026-04-10", cast)
    if broken == {"unit": None}:
        broken = {"unit": city.county}
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(**broken)


# Who sees them


def test_a_unit_sees_the_events_of_its_own_items_and_of_those_credited_to_it(
    item: Item, outlets: Outlets, cast: Cast, city: City, foreign_cast: Cast
) -> None:
    own = happen("late", city.county, "2026-04-09", cast)
    shared = happen("instruction", item, "2026-04-10", cast)
    assert set(Event.objects.visible_to(cast.author)) == {own, shared}
    assert set(Event.objects.visible_to(cast.admin)) == {own, shared}
    for stranger in (cast.other_author, cast.auditor, foreign_cast.admin):
        assert not Event.objects.visible_to(stranger).exists()
    shares = [Share(city.county), Share(city.other_county)]
    adoption = adopt(item, outlets["city"], "2026-04-10", cast, credits=shares)
    assert set(Event.objects.visible_to(cast.other_author)) == {shared}
    revoke_entry(entry=adoption, reason="误登", revision=1, by=cast.admin, now=NOW)
    assert not Event.objects.visible_to(cast.other_author).exists()


def test_days_are_counted_from_the_first_to_before_the_last(cast: Cast, city: City) -> None:
    for day in ("2026-03-31", "2026-04-01", "2026-04-30", "2026-05-01"):
        happen("late", city.county, day, cast)
    april = Event.objects.of_office(city.office).between(date(2026, 4, 1), date(2026, 5, 1))
    assert {str(day) for day in april.values_list("date", flat=True)} == {"2026-04-01", "2026-04-30"}
