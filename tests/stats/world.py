"""Facts in the database, by the services that people's pages use, and the bulletins over them."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook

from accounts.enums import UnitKind
from accounts.models import Unit, User
from accounts.services.units import create_unit
from adoptions.models import Adoption, Outlet
from adoptions.services import AdoptionFacts, Share, register_adoption
from bulletins.models import Bulletin
from bulletins.services.drafting import draft_bulletin
from bulletins.services.life import check_bulletin, open_bulletin, sign_bulletin
from scoring.periods.month import Month
from scoring.periods.period import Period
from stats.services.months import count_month
from submissions.models import Item
from tests.conftest import LONG_AGO, Cast, issued, shanghai

LINK = "https://news.example.cn/2026/1.html"
QUARTER = Period.parse("2026Q1")
AFTER = shanghai("2026-04-02")


def adopted(
    cast: Cast,
    outlet: Outlet,
    day: str,
    *units: Unit,
    item: Item | None = None,
    title: str = "青山县扎实推进巡察整改",
    link: str = LINK,
    **facts: Any,
) -> Adoption:
    """A proven adoption of that day, of a new item that was issued on the same day unless one is given."""
    now = shanghai(day, "09:00")
    item = item or issued(cast.author, cast, now, title=title)
    credited = [Share(unit) for unit in units] or [Share(item.unit)]
    day_facts = AdoptionFacts(outlet=outlet, date=now.date(), credits=credited, link=link, **facts)
    return register_adoption(item=item, facts=day_facts, by=cast.admin, now=now)


def counted(office: Unit, month: str) -> dict[str, Any]:
    """The stored rows of a month, counted now, by the unit's name."""
    tally = count_month(office=office, month=Month.parse(month), now=AFTER)
    return {row.unit.name: row for row in tally.rows.select_related("unit")}


def drafted(office: Unit, period: Period = QUARTER, now: datetime = AFTER) -> Bulletin:
    return draft_bulletin(office=office, period=period, now=now)


def checked(office: Unit, by: User, period: Period = QUARTER, now: datetime = AFTER) -> Bulletin:
    """Checked at `now`, or if the period had not ended then, when it had."""
    now = max(now, shanghai(period.end.isoformat()))
    bulletin = drafted(office, period, now)
    return check_bulletin(bulletin=bulletin, by=by, sha256=bulletin.sha256, now=now)


def put_out(cast: Cast, period: Period = QUARTER) -> Bulletin:
    """A bulletin that was checked, signed and issued."""
    bulletin = checked(cast.admin.office, cast.admin, period)
    return out(bulletin, cast.principal_leader)


def out(bulletin: Bulletin, by: User, now: datetime = AFTER) -> Bulletin:
    """A checked bulletin signed and issued at once."""
    return sign_bulletin(bulletin=bulletin, by=by, sha256=bulletin.sha256, now=now, issue=True)


def open_to_objections(office: Unit, by: User, until: str, period: Period = QUARTER) -> Bulletin:
    bulletin = drafted(office, period)
    return open_bulletin(
        bulletin=bulletin, until=date.fromisoformat(until), by=by, sha256=bulletin.sha256, now=AFTER
    )


def more_counties(office: Unit, number: int) -> list[Unit]:
    return [
        create_unit(
            parent=office,
            kind=UnitKind.COUNTY,
            code=f"{office.code}-m{place}",
            name=f"多出第{place}县",
            position=10 + place,
            active_from=LONG_AGO,
        )
        for place in range(number)
    ]


def opened(content: bytes, **options: bool) -> Workbook:
    return load_workbook(BytesIO(content), **options)
