"""The pages of the list of outlets."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from accounts.models import User
from adoptions.entries.services import revoke_entry
from adoptions.models import Adoption, Outlet
from submissions.models import Item
from tests.adoptions.builders import NOW, adopt, at
from tests.conftest import Cast, City

SignIn = Callable[[User], Client]


def test_an_outlet_is_entered_edited_and_ended(admin: Any, city: City) -> None:
    data = {"name": "新报", "level": "city", "carrier": "newspaper", "active_from": "2020-01-01"}
    assert admin.post(at("outlet-create"), data).status_code == 302
    outlet = Outlet.objects.get(name="新报")
    assert outlet.office == city.office
    seen = admin.get(at("outlet-edit", outlet.pk)).context["form"].initial["seen"]
    ended = data | {"active_to": "2025-12-31", "seen": seen}
    assert admin.post(at("outlet-edit", outlet.pk), ended).status_code == 302
    assert outlet not in admin.get(at("outlet-list")).context["page"].object_list
    assert outlet in admin.get(at("outlet-list"), {"state": "ended"}).context["page"].object_list
    assert admin.post(at("outlet-edit", outlet.pk), ended).status_code == 409


def test_an_outlet_that_cannot_be_is_answered_with_422(
    admin: Any, adoption: Adoption, outlets: dict[str, Outlet]
) -> None:
    data = {"name": "示例市日报", "level": "city", "carrier": "newspaper", "active_from": "2020-01-01"}
    assert admin.post(at("outlet-create"), data).status_code == 422
    seen = admin.get(at("outlet-edit", outlets["city"].pk)).context["form"].initial["seen"]
    early = data | {"active_from": "2015-01-01", "active_to": "2026-04-09", "seen": seen}
    assert admin.post(at("outlet-edit", outlets["city"].pk), early).status_code == 422


def test_the_list_of_outlets_takes_the_same_queries_however_long(
    admin: Any, outlets: dict[str, Outlet], city: City
) -> None:
    admin.get(at("outlet-list"))
    with CaptureQueriesContext(connection) as few:
        admin.get(at("outlet-list"))
    for number in range(30):
        Outlet.objects.create(
            office=city.office,
            name=f"报{number}",
            level="city",
            carrier="newspaper",
            active_from=date(2020, 1, 1),
        )
    with CaptureQueriesContext(connection) as many:
        admin.get(at("outlet-list"))
    assert len(many) == len(few)


def test_outlets_are_ordered_by_a_column_and_show_when_they_last_took_an_item(
    admin: Any, outlets: dict[str, Outlet], item: Item, cast: Cast
) -> None:
    adopt(item, outlets["city"], "2026-04-10", cast)
    adopt(item, outlets["province"], "2026-04-20", cast)
    revoked = adopt(item, outlets["county"], "2026-04-30", cast)
    revoke_entry(entry=revoked, reason="误登记", revision=1, by=cast.admin, now=NOW)

    def names(**asked: Any) -> list[str]:
        return [outlet.name for outlet in admin.get(at("outlet-list"), asked).context["page"]]

    from_the_centre = [outlets[level].name for level in ("central", "province", "city", "county")]
    assert names() == names(o="nonsense") == from_the_centre
    assert names(o="-level") == from_the_centre[::-1]
    assert names(o="-adopted")[:2] == [outlets["province"].name, outlets["city"].name]
    page = admin.get(at("outlet-list"), {"c": "latest", "q": outlets["county"].name}).content.decode()
    assert "2026-04-30" not in page
    page = admin.get(at("outlet-list"), {"c": "latest", "q": outlets["province"].name}).content.decode()
    assert "2026-04-20" in page


def test_the_outlets_on_the_page_are_exported_with_their_adoptions(
    admin: Any, outlets: dict[str, Outlet], item: Item, cast: Cast, as_user: Any
) -> None:
    adopt(item, outlets["city"], "2026-04-10", cast)
    sheet: Any = load_workbook(io.BytesIO(b"".join(admin.get(at("outlet-export")).streaming_content))).active
    adopted = {row[1].value: row[7].value for row in sheet.iter_rows(min_row=3)}
    assert adopted[outlets["city"].name] == 1
    assert sum(adopted.values()) == 1
    found = admin.get(at("outlet-export"), {"q": outlets["city"].name})
    sheet = load_workbook(io.BytesIO(b"".join(found.streaming_content))).active
    assert [row[1].value for row in sheet.iter_rows(min_row=3)] == [outlets["city"].name]
    assert as_user(cast.author).get(at("outlet-export")).status_code == 403
