"""Imports that meet each other, a registration or a crash; and files that come again."""

from __future__ import annotations

import io
import threading
from datetime import date
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse
from openpyxl import load_workbook

from adoptions.entries.services import edit_entry, revoke_entry
from adoptions.importing.previews import ImportSettled, confirm_preview, store_preview
from adoptions.importing.writing import Outcome
from adoptions.ledger.columns import TITLES
from adoptions.ledger.reader import read_ledger
from adoptions.ledger.upload import check_ledger
from adoptions.models import Adoption, LedgerImport, Outlet
from submissions.models import Item, StaleMonth
from tests.adoptions.builders import NOW, adopt, at_once, book, facts, row, run_import
from tests.conftest import Cast

pytestmark = pytest.mark.usefixtures("outlets")
Outlets = dict[str, Outlet]


def ledger() -> bytes:
    return book([row(f"稿件{number}") for number in range(20)])


def exported(client: Any) -> bytes:
    """The list of adoptions with all its columns, as a person saves it."""
    return b"".join(client.get(reverse("adoptions:adoption-export"), {"c": "all"}).streaming_content)


@pytest.mark.django_db(transaction=True)
def test_one_file_imported_twice_at_once_is_written_once(cast: Cast) -> None:
    content = ledger()
    outcomes = at_once(*[lambda: run_import(content, cast)] * 2)
    assert sorted(outcome.accepted for outcome in outcomes) == [0, 20]
    assert sorted(outcome.duplicate for outcome in outcomes) == [0, 20]
    assert Item.objects.count() == Adoption.objects.count() == 20


@pytest.mark.django_db(transaction=True)
def test_two_files_of_the_same_facts_at_once_are_written_once(cast: Cast) -> None:
    first, second = book([row("甲"), row("乙")]), book([row("乙"), row("甲")])
    at_once(lambda: run_import(first, cast), lambda: run_import(second, cast))
    assert Item.objects.count() == Adoption.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_preview_confirmed_twice_at_once_is_written_once(cast: Cast) -> None:
    upload = check_ledger(ContentFile(ledger(), name="台账.xlsx"))
    preview = store_preview(
        office=cast.admin.office,
        ledger=read_ledger(upload.file, "xlsx"),
        upload=upload,
        by=cast.admin,
        now=NOW,
    )

    def confirm() -> Outcome:
        return confirm_preview(preview=preview, accept_partial=False, by=cast.admin, now=NOW)

    results = at_once(confirm, confirm)
    assert sorted(type(result).__name__ for result in results) == [ImportSettled.__name__, Outcome.__name__]
    assert Adoption.objects.count() == 20


@pytest.mark.django_db(transaction=True)
def test_an_import_and_a_registration_of_one_fact_at_once_make_one_adoption(
    cast: Cast, outlets: Outlets, item: Item
) -> None:
    content = book([row(item.title, 采用时间="2026-03-05")])
    at_once(
        lambda: run_import(content, cast),
        lambda: adopt(item, outlets["city"], "2026-03-05", cast),
    )
    adoption = Adoption.objects.get()
    assert (adoption.item, adoption.date) == (item, date(2026, 3, 5))


@pytest.mark.django_db(transaction=True)
def test_an_import_waits_for_a_registration_under_way_and_finds_it(
    cast: Cast, outlets: Outlets, item: Item
) -> None:
    registered, may_commit = threading.Event(), threading.Event()

    def register() -> None:
        with transaction.atomic():
            adopt(item, outlets["city"], "2026-03-05", cast)
            registered.set()
            may_commit.wait(10)

    def bring_in() -> Outcome:
        registered.wait(10)
        threading.Timer(0.5, may_commit.set).start()
        return run_import(book([row(item.title), row("乙")]), cast)

    _registered, outcome = at_once(register, bring_in)
    assert (outcome.accepted, outcome.duplicate) == (1, 1)
    assert Adoption.objects.filter(item=item).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_crash_leaves_nothing_and_the_next_run_brings_everything(cast: Cast) -> None:
    with transaction.atomic():
        assert run_import(ledger(), cast).accepted == 20
        transaction.set_rollback(True)
    assert not Item.objects.exists()
    assert not LedgerImport.objects.exists()
    assert not StaleMonth.objects.exists()
    assert run_import(ledger(), cast).accepted == 20


def test_an_earlier_adoption_moves_the_items_later_months(cast: Cast, outlets: Outlets, item: Item) -> None:
    adopt(item, outlets["central"], "2026-06-10", cast)
    StaleMonth.objects.all().delete()
    assert run_import(book([row(item.title, 采用时间="2026-03-05")]), cast).accepted == 1
    assert {stale.month for stale in StaleMonth.objects.all()} == {date(2026, 3, 1), date(2026, 6, 1)}


@pytest.mark.parametrize("again", ["same", "longer"])
def test_what_was_corrected_since_is_not_brought_back_by_its_ledger(
    again: str, cast: Cast, outlets: Outlets
) -> None:
    run_import(book([row("甲")]), cast)
    adoption = Adoption.objects.get()
    corrected = facts(outlets["city"], "2026-03-09", adoption.item)
    edit_entry(entry=adoption, facts=corrected, reason="日期有误", revision=1, by=cast.admin, now=NOW)
    rows = [row("甲")] if again == "same" else [row("甲"), row("乙")]
    outcome = run_import(book(rows), cast)
    assert [fate.kind for fate in outcome.fates] == ["duplicate", "accepted"][: len(rows)]
    assert Adoption.objects.filter(item=adoption.item).count() == 1


def test_what_was_revoked_since_is_not_brought_back_by_its_ledger(cast: Cast) -> None:
    run_import(book([row("甲")]), cast)
    revoke_entry(entry=Adoption.objects.get(), reason="误登", revision=1, by=cast.admin, now=NOW)
    assert run_import(book([row("甲"), row("甲", 备注="再报")]), cast).duplicate == 2
    assert not Adoption.objects.standing().exists()


def test_our_own_export_imported_again_adds_nothing(
    as_user: Any, cast: Cast, item: Item, outlets: Outlets
) -> None:
    adopt(item, outlets["central"], "2026-06-10", cast, page="3版", mode="brief")
    run_import(book([row("甲"), row("乙", 采用媒体="示例县融媒", 采用方式="综合")]), cast)
    outcome = run_import(exported(as_user(cast.admin)), cast)
    assert (outcome.accepted, outcome.duplicate, outcome.refused) == (0, 3, 0)
    assert Item.objects.count() == 3


def test_the_export_has_every_column_of_the_ledger_but_points_and_shares(
    as_user: Any, cast: Cast, item: Item, outlets: Outlets
) -> None:
    adopt(item, outlets["central"], "2026-06-10", cast)
    run_import(book([row("甲")]), cast)
    sheet: Any = load_workbook(io.BytesIO(exported(as_user(cast.admin)))).active
    header, first, second = ([cell.value for cell in line] for line in sheet.iter_rows(min_row=2))
    assert set(header) > {titles[0] for name, titles in TITLES.items() if name not in {"points", "shares"}}
    submitters = [line[header.index("报送人")] for line in (first, second)]
    assert submitters == [cast.author.display_name, None]
