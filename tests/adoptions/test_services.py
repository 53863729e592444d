"""Registering, correcting and revoking adoptions."""

from __future__ import annotations

import threading
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from accounts.models import AuditEntry, Unit
from adoptions.entries.services import AlreadyRegistered, EntryChanged, edit_entry, revoke_entry
from adoptions.models import Adoption, AdoptionChange, Outlet
from adoptions.services import Share, register_adoption
from submissions.models import Item
from tests.adoptions.builders import NOW, adopt, facts, proof, settle, stale
from tests.conftest import LONG_AGO, Cast, City, filed, shanghai

Outlets = dict[str, Outlet]


def wrong_fields(error: pytest.ExceptionInfo[ValidationError]) -> set[str]:
    return set(error.value.message_dict)


# Registering


def test_an_adoption_is_stored_with_its_credits_and_the_audit_names_it(
    adoption: Adoption, cast: Cast, city: City
) -> None:
    assert list(adoption.credits.values_list("unit", "share")) == [(city.county.pk, 1)]
    assert adoption.registered_by == cast.admin
    entry = AuditEntry.objects.get(action="adoption.register")
    assert entry.actor == cast.admin


def test_registering_marks_the_month_stale(item: Item, outlets: Outlets, cast: Cast) -> None:
    settle()
    adopt(item, outlets["city"], "2026-04-30", cast)
    assert stale() == {"2026-04"}


def test_registering_marks_every_month_in_which_the_item_was_adopted(
    item: Item, outlets: Outlets, cast: Cast
) -> None:
    adopt(item, outlets["city"], "2026-03-31", cast)
    gone = adopt(item, outlets["county"], "2026-06-01", cast)
    revoke_entry(entry=gone, reason="误登", revision=1, by=cast.admin, now=NOW)
    settle()
    adopt(item, outlets["central"], "2026-05-01", cast)
    assert stale() == {"2026-03", "2026-05"}


@pytest.mark.parametrize("link", ["", "https://example.cn/1"])
def test_it_counts_only_with_proof(link: str, item: Item, outlets: Outlets, cast: Cast) -> None:
    adoption = adopt(item, outlets["city"], "2026-04-10", cast, link=link)
    assert adoption.proven is bool(link)
    assert Adoption.objects.counted().filter(pk=adoption.pk).exists() is bool(link)
    assert Adoption.objects.unproven().filter(pk=adoption.pk).exists() is not bool(link)


def test_a_file_proves_an_adoption(item: Item, outlets: Outlets, cast: Cast) -> None:
    adoption = adopt(item, outlets["city"], "2026-04-10", cast, link="", proof=proof())
    assert adoption.proof_name == "样报.pdf"
    assert Adoption.objects.counted().get() == adoption


def test_only_issued_items_are_registered(outlets: Outlets, cast: Cast) -> None:
    waiting = filed(cast.author, shanghai("2026-03-02"))
    with pytest.raises(ValidationError):
        adopt(waiting, outlets["city"], "2026-04-10", cast)


def test_only_the_administrator_of_the_items_office_registers(
    item: Item, outlets: Outlets, cast: Cast, foreign_cast: Cast
) -> None:
    for person in (cast.author, cast.county_admin, cast.principal_leader, foreign_cast.admin):
        with pytest.raises(PermissionDenied):
            register_adoption(item=item, facts=facts(outlets["city"], "2026-04-10", item), by=person, now=NOW)
    assert not Adoption.objects.exists()


def test_the_same_item_outlet_and_day_is_refused_and_names_the_first(
    adoption: Adoption, item: Item, outlets: Outlets, cast: Cast
) -> None:
    with pytest.raises(AlreadyRegistered) as refused:
        adopt(item, outlets["city"], "2026-04-10", cast)
    assert refused.value.first == adoption
    adopt(item, outlets["city"], "2026-04-11", cast)
    adopt(item, outlets["central"], "2026-04-10", cast)


def test_what_was_revoked_may_be_registered_anew(
    adoption: Adoption, item: Item, outlets: Outlets, cast: Cast
) -> None:
    revoke_entry(entry=adoption, reason="误登", revision=1, by=cast.admin, now=NOW)
    assert adopt(item, outlets["city"], "2026-04-10", cast).pk != adoption.pk


@pytest.mark.django_db(transaction=True)
def test_two_who_register_at_once_make_one_adoption(cast: Cast, outlets: Outlets, item: Item) -> None:
    start, outcomes = threading.Barrier(2), []

    def register() -> None:
        start.wait()
        try:
            outcomes.append(adopt(item, outlets["city"], "2026-04-10", cast).pk)
        except AlreadyRegistered as known:
            outcomes.append(known.first.pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=register) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert outcomes == [Adoption.objects.get().pk] * 2


@pytest.mark.parametrize(("day", "field"), [("2026-08-21", "date"), ("2014-12-31", "outlet")])
def test_neither_a_day_to_come_nor_one_before_the_outlet_is_taken(
    day: str, field: str, item: Item, outlets: Outlets, cast: Cast
) -> None:
    with pytest.raises(ValidationError) as refused:
        adopt(item, outlets["city"], day, cast)
    assert field in wrong_fields(refused)


def test_an_outlet_is_taken_through_its_last_day(item: Item, outlets: Outlets, cast: Cast) -> None:
    Outlet.objects.filter(pk=outlets["city"].pk).update(active_to=date(2026, 4, 10))
    adopt(item, outlets["city"], "2026-04-10", cast)
    with pytest.raises(ValidationError) as refused:
        adopt(item, outlets["city"], "2026-04-11", cast)
    assert wrong_fields(refused) == {"outlet"}


def test_an_outlet_of_another_office_is_refused(item: Item, cast: Cast, foreign_cast: Cast) -> None:
    theirs = Outlet.objects.create(
        office=foreign_cast.admin.office,
        name="别处日报",
        level="city",
        carrier="newspaper",
        active_from=LONG_AGO,
    )
    with pytest.raises(ValidationError) as refused:
        adopt(item, theirs, "2026-04-10", cast)
    assert wrong_fields(refused) == {"outlet"}


@pytest.mark.parametrize("link", ["javascript:alert(1)", "ftp://example.cn/1", "example", "http://"])
def test_a_link_must_be_a_web_address(link: str, item: Item, outlets: Outlets, cast: Cast) -> None:
    with pytest.raises(ValidationError) as refused:
        adopt(item, outlets["city"], "2026-04-10", cast, link=link)
    assert wrong_fields(refused) == {"link"}


def wrong_credits(county: Unit, foreign: Unit, closed: Unit) -> list[list[Share]]:
    return [
        [],
        [Share(county), Share(county)],
        [Share(county, 0)],
        [Share(county, 101)],
        [Share(foreign)],
        [Share(closed)],
    ]


@pytest.mark.parametrize("case", range(6))
def test_credits_must_make_sense(
    case: int, item: Item, outlets: Outlets, cast: Cast, foreign_cast: Cast
) -> None:
    closed = cast.other_author.unit
    Unit.objects.filter(pk=closed.pk).update(active_to=date(2026, 4, 9))
    shares = wrong_credits(item.unit, foreign_cast.author.unit, closed)[case]
    with pytest.raises(ValidationError) as refused:
        adopt(item, outlets["city"], "2026-04-10", cast, credits=shares)
    assert wrong_fields(refused) == {"credits"}


# Correcting and revoking


def correct(adoption: Adoption, cast: Cast, day: str = "2026-04-10", **fields: Any) -> Adoption:
    told: dict[str, Any] = {"reason": "登记有误", "revision": 1, "by": cast.admin, "now": NOW}
    told |= {name: fields.pop(name) for name in list(fields) if name in {*told, "proof", "drop_proof"}}
    outlet = fields.pop("outlet", adoption.outlet)
    return edit_entry(entry=adoption, facts=facts(outlet, day, adoption.item, **fields), **told)


def test_a_correction_keeps_what_stood_before_and_why(
    adoption: Adoption, outlets: Outlets, cast: Cast, city: City
) -> None:
    correct(adoption, cast, page="5版", outlet=outlets["central"], credits=[Share(city.team)])
    change = AdoptionChange.objects.get()
    assert change.reason == "登记有误"
    assert change.before["page"] == ""
    assert change.before["outlet_name"] == "示例市日报"
    assert change.before["credits"] == [[city.county.pk, "青山县", 1]]
    adoption.refresh_from_db()
    assert (adoption.page, adoption.revision) == ("5版", 2)
    assert adoption.credits.get().unit == city.team


def test_a_correction_marks_the_old_the_new_and_the_items_other_months(
    adoption: Adoption, item: Item, outlets: Outlets, cast: Cast
) -> None:
    adopt(item, outlets["county"], "2026-07-01", cast)
    settle()
    correct(adoption, cast, "2026-05-02")
    assert stale() == {"2026-04", "2026-05", "2026-07"}


def test_nothing_is_written_when_nothing_differs(adoption: Adoption, cast: Cast) -> None:
    settle()
    correct(adoption, cast)
    adoption.refresh_from_db()
    assert adoption.revision == 1
    assert not AdoptionChange.objects.exists()
    assert stale() == set()


def test_the_second_of_two_corrections_learns_of_the_first(adoption: Adoption, cast: Cast) -> None:
    correct(adoption, cast, page="5版")
    with pytest.raises(EntryChanged):
        correct(adoption, cast, page="6版")
    with pytest.raises(EntryChanged):
        revoke_entry(entry=adoption, reason="误登", revision=1, by=cast.admin, now=NOW)
    adoption.refresh_from_db()
    assert adoption.page == "5版"


def test_a_correction_into_another_adoption_is_refused(
    adoption: Adoption, item: Item, outlets: Outlets, cast: Cast
) -> None:
    other = adopt(item, outlets["central"], "2026-04-10", cast)
    with pytest.raises(AlreadyRegistered) as refused:
        correct(adoption, cast, outlet=outlets["central"])
    assert refused.value.first == other
    assert not AdoptionChange.objects.exists()


def test_removing_the_proof_takes_the_adoption_out_of_the_count(
    item: Item, outlets: Outlets, cast: Cast
) -> None:
    adoption = adopt(item, outlets["city"], "2026-04-10", cast, link="", proof=proof())
    settle()
    correct(adoption, cast, link="", drop_proof=True)
    assert not Adoption.objects.counted().exists()
    assert stale() == {"2026-04"}
    assert AdoptionChange.objects.get().before["proof_name"] == "样报.pdf"


@pytest.mark.parametrize("reason", ["", "  "])
def test_correcting_and_revoking_need_a_reason(reason: str, adoption: Adoption, cast: Cast) -> None:
    with pytest.raises(ValidationError):
        correct(adoption, cast, page="5版", reason=reason)
    with pytest.raises(ValidationError):
        revoke_entry(entry=adoption, reason=reason, revision=1, by=cast.admin, now=NOW)


def test_only_the_administrator_corrects_and_revokes(adoption: Adoption, cast: Cast) -> None:
    for person in (cast.author, cast.county_admin, cast.auditor):
        with pytest.raises(PermissionDenied):
            correct(adoption, cast, page="5版", by=person)
        with pytest.raises(PermissionDenied):
            revoke_entry(entry=adoption, reason="误登", revision=1, by=person, now=NOW)


def test_revoking_keeps_the_row_and_counts_all_the_items_months_again(
    adoption: Adoption, item: Item, outlets: Outlets, cast: Cast
) -> None:
    adopt(item, outlets["county"], "2026-07-01", cast)
    settle()
    revoke_entry(entry=adoption, reason="误登", revision=1, by=cast.admin, now=NOW)
    adoption.refresh_from_db()
    assert (adoption.revoked_at, adoption.revoked_by) == (NOW, cast.admin)
    assert adoption.revoke_reason == "误登"
    assert stale() == {"2026-04", "2026-07"}
    assert AuditEntry.objects.filter(action="adoption.revoke").count() == 1


def test_what_was_revoked_stays_as_it_is(adoption: Adoption, cast: Cast) -> None:
    revoke_entry(entry=adoption, reason="误登", revision=1, by=cast.admin, now=NOW)
    with pytest.raises(EntryChanged):
        correct(adoption, cast, page="5版", revision=2)


def test_a_failed_write_leaves_no_debt(item: Item, outlets: Outlets, cast: Cast) -> None:
    settle()
    with pytest.raises(ValidationError):
        adopt(item, outlets["city"], "2026-04-10", cast, title="长" * 201)
    assert stale() == set()
    assert not Adoption.objects.exists()
