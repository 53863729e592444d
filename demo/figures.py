"""The office's rhythm: the month is closed on the first, the quarter's bulletin issued ten days after it."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.apps import apps
from django.db import connection

from bulletins.document.rows import Letterhead
from bulletins.services.drafting import draft_bulletin
from bulletins.services.life import check_bulletin, sign_bulletin
from bulletins.services.text import save_settings
from demo.city import City
from demo.window import FULL_QUARTERS, ZONE, months_after, working_day
from scoring.periods.month import Month
from scoring.periods.period import Period
from stats.services.months import close_month, count_month
from submissions.models import StaleMonth


def schedule(city: City) -> None:
    """Enter the closing of every month and the bulletins. The last full quarter's stays a draft."""
    first_morning = datetime.combine(city.window.first, time(0, 5), ZONE)
    city.agenda.enter(first_morning, lambda now: _print_on(city, now))
    for first_day in city.window.months:
        month = Month.of(first_day)

        def close(now: datetime, month: Month = month) -> None:
            _tell_the_planner()
            close_month(office=city.office, month=month, now=now)

        city.agenda.enter(datetime.combine(month.end, time(0, 10), ZONE), close)
    for number in range(FULL_QUARTERS):
        quarter = Period.quarter_of(Month.of(months_after(city.window.first, 3 * number)))
        last = number == FULL_QUARTERS - 1

        def publish(now: datetime, quarter: Period = quarter, last: bool = last) -> None:
            bulletin = draft_bulletin(office=city.office, period=quarter, now=now)
            if not last:
                seen = bulletin.sha256
                checked = check_bulletin(bulletin=bulletin, by=city.people["guanli"], sha256=seen, now=now)
                signed, leader = now + timedelta(hours=3), city.people["zhuyao"]
                sign_bulletin(bulletin=checked, by=leader, sha256=seen, now=signed, issue=True)

        # The draft of the last quarter is there on the first morning, so that there is one on every day.
        day = quarter.end if last else working_day(quarter.end + timedelta(days=9))
        city.agenda.enter(datetime.combine(day, time(0, 20) if last else time(9, 30), ZONE), publish)


def _print_on(city: City, now: datetime) -> None:
    """What stands above and below the bulletins; the contact is made up."""
    office = city.office.name
    letterhead = Letterhead(
        red_head=office,
        code="通巡办通报",
        addressees="各旗县市区委巡察办，市委各巡察组，机关各科室",
        copies_to="市委巡察工作领导小组组长、副组长、成员",
        signature=office,
        printed_by=office,
        contact="联系人：综合科，电话：0475-0000000",
    )
    save_settings(office=city.office, letterhead=letterhead, revision=0, by=city.people["guanli"], now=now)


def settle(city: City) -> None:
    """Count whatever has changed since it was counted, and draft anew what prints it."""
    end = city.window.end
    for debt in StaleMonth.objects.filter(office=city.office).order_by("month"):
        count_month(office=city.office, month=Month.of(debt.month), now=end)
    newest = Period.quarter_of(Month.of(city.window.quarter_start)).previous()
    draft_bulletin(office=city.office, period=newest, now=end)


def _tell_the_planner() -> None:
    """Let PostgreSQL learn how the tables have grown; by itself it would only after the commit.

    Table by table: a bare ANALYZE locks the catalogues that all databases of the server share.
    """
    labels = ("accounts", "submissions", "reviews", "adoptions", "stats")
    tables = [model._meta.db_table for label in labels for model in apps.get_app_config(label).get_models()]
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(map(connection.ops.quote_name, tables))}")
