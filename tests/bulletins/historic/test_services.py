"""Historic bulletins are entered as printed, once, by administrators, and are never corrected."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile

from accounts.models import AuditEntry
from adoptions.ledger.upload import check_ledger
from bulletins.historic.printed import Layout, PrintedTable
from bulletins.models import HistoricBulletin
from bulletins.services.historic import HistoricSettled, confirm_historic, enter_historic, remove_historic
from scoring.periods.period import Period
from tests.conftest import shanghai

NOW = shanghai("2026-04-02")
TABLE = PrintedTable(("单位", "得分"), (("青山县", "5"), ("白水县", "")), Layout.UNITS_DOWN)

pytestmark = pytest.mark.usefixtures("clean_files")


def preview(by: Any, office: Any, **facts: Any) -> HistoricBulletin:
    upload = check_ledger(ContentFile("单位,得分\n青山县,5\n".encode(), name="通报.csv"))
    given: dict[str, Any] = {
        "title": "2010年通报",
        "period": Period.parse("2010"),
        "table": TABLE,
        "upload": upload,
        "now": NOW,
    } | facts
    return enter_historic(office=office, by=by, **given)


def test_a_preview_is_seen_by_nobody_until_it_is_confirmed(cast, city) -> None:
    stored = preview(cast.admin, city.office)
    assert not HistoricBulletin.objects.visible_to(cast.admin).exists()
    confirm_historic(bulletin=stored, by=cast.admin, now=NOW)
    assert HistoricBulletin.objects.visible_to(cast.author).get().content == TABLE
    assert AuditEntry.objects.filter(action="historic.enter").count() == 1


def test_another_office_never_sees_it(cast, city, foreign_cast) -> None:
    confirm_historic(bulletin=preview(cast.admin, city.office), by=cast.admin, now=NOW)
    assert not HistoricBulletin.objects.visible_to(foreign_cast.admin).exists()


def test_only_an_administrator_of_the_office_enters_confirms_and_removes(cast, city, foreign_cast) -> None:
    for person in (cast.author, cast.principal_leader, foreign_cast.admin):
        with pytest.raises(PermissionDenied):
            preview(person, city.office)
    stored = preview(cast.admin, city.office)
    for person in (cast.author, foreign_cast.admin):
        with pytest.raises(PermissionDenied):
            confirm_historic(bulletin=stored, by=person, now=NOW)
        with pytest.raises(PermissionDenied):
            remove_historic(bulletin=stored, by=person, now=NOW)


def test_one_title_and_period_is_entered_once(cast, city) -> None:
    first, second = preview(cast.admin, city.office), preview(cast.admin, city.office)
    confirm_historic(bulletin=first, by=cast.admin, now=NOW)
    with pytest.raises(HistoricSettled):
        confirm_historic(bulletin=first, by=cast.admin, now=NOW)
    with pytest.raises(ValidationError):
        confirm_historic(bulletin=second, by=cast.admin, now=NOW)
    with pytest.raises(ValidationError):
        preview(cast.admin, city.office)
    assert preview(cast.admin, city.office, period=Period.parse("2011")).confirmed_at is None


def test_what_was_entered_by_mistake_is_removed_with_its_file_and_a_trace(
    cast, city, django_capture_on_commit_callbacks
) -> None:
    stored = confirm_historic(bulletin=preview(cast.admin, city.office), by=cast.admin, now=NOW)
    storage, name = stored.file.storage, str(stored.file.name)
    assert storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        remove_historic(bulletin=stored, by=cast.admin, now=NOW)
    assert not storage.exists(name)
    assert AuditEntry.objects.get(action="historic.remove").detail == {"sha256": stored.sha256}
    with pytest.raises(HistoricSettled):
        remove_historic(bulletin=stored, by=cast.admin, now=NOW)


def test_the_file_is_kept_as_it_was_uploaded(cast, city) -> None:
    stored = preview(cast.admin, city.office)
    with stored.file.open("rb") as file:
        assert BytesIO(file.read()).getvalue() == "单位,得分\n青山县,5\n".encode()
