"""The demo city shows everything there is, and only in an empty system that is not production."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db.models import Count
from django.test import Client

from accounts.enums import UnitKind
from accounts.models import StandIn, Unit, User
from adoptions.enums import Carrier, EventKind
from adoptions.models import Adoption, AdoptionChange, Event, EventChange
from bulletins.enums import BulletinStatus
from bulletins.models import Bulletin
from demo.cast import PASSWORD
from demo.plan import Planner
from demo.window import Window
from incentives.models import Target
from publicity import tasks
from reviews.enums import Action
from reviews.models import Decision, ReturnPoint
from reviews.secrecy.rules import secrecy_inbox
from scoring.periods.period import Period
from scoring.schemes.reading import shipped
from scoring.services.versions import add_scheme
from stats import tallies
from stats.facts.loading import load_facts
from stats.models import Tally
from submissions.enums import Genre, Route, Status
from submissions.models import Attachment, Item, StaleMonth
from tests.conftest import shanghai
from tests.stats.test_months import CAPPED


@pytest.fixture(scope="module")
def demo_city(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Seeded once for the module, and taken back afterwards."""
    with django_db_blocker.unblock():
        call_command("seed_demo", today=date(2026, 11, 23), stdout=StringIO())
        yield
        call_command("flush", interactive=False, verbosity=0)


def test_it_shows_items_in_every_status_and_on_both_routes(demo_city: None, db: None) -> None:
    only_by_the_county_rule = {Status.MEETING_REVIEW, Status.MEETING_RETURN}
    shown = set(Item.objects.values_list("status", flat=True))
    assert shown == set(Status.values) - only_by_the_county_rule
    assert set(Item.objects.values_list("route", flat=True)) == set(Route.values)
    assert set(Decision.objects.values_list("action", flat=True)) == set(Action.values)


def test_it_shows_adoptions_at_every_level_in_every_mode(demo_city: None, db: None) -> None:
    counted = Adoption.objects.counted()
    assert set(counted.values_list("outlet__level", flat=True)) == {"central", "province", "city", "county"}
    assert set(counted.values_list("mode", flat=True)) == {"single", "merged", "brief", "repost"}
    assert Adoption.objects.unproven().exists()
    assert Adoption.objects.filter(revoked_at__isnull=False).exists()
    assert not Adoption.objects.exclude(item__status=Status.ISSUED).exists()


def test_every_carrier_and_every_unit_below_a_county_has_its_part(demo_city: None, db: None) -> None:
    used = set(Adoption.objects.counted().values_list("outlet__carrier", flat=True))
    assert used == set(Carrier.values)
    for department in Unit.objects.filter(kind=UnitKind.DEPARTMENT):
        assert department.items.filter(status=Status.ISSUED).exists()


def test_merged_adoptions_are_shared_by_two_units_and_some_rows_were_corrected(
    demo_city: None, db: None
) -> None:
    merged = Adoption.objects.filter(mode="merged").annotate(units=Count("credits"))
    assert merged.exists()
    assert set(merged.values_list("units", flat=True)) == {2}
    assert AdoptionChange.objects.exists()


def test_it_shows_front_pages_and_every_kind_of_event_with_instructions_at_each_level(
    demo_city: None, db: None
) -> None:
    places = Adoption.objects.counted().filter(outlet__carrier=Carrier.NEWSPAPER)
    assert set(places.values_list("position", flat=True)) == {"", "front", "front_lead"}
    assert Item.objects.filter(genre=Genre.ANALYSIS, status=Status.ISSUED).exists()
    counted = Event.objects.counted()
    assert set(counted.values_list("kind", flat=True)) == set(EventKind.values)
    instructions = counted.filter(kind=EventKind.INSTRUCTION)
    assert set(instructions.values_list("level", flat=True)) == {"central", "province", "city"}
    untrue = counted.filter(kind=EventKind.UNTRUE)
    assert untrue.exists()
    assert all(event.item.adoptions.counted().exists() for event in untrue if event.item)
    assert EventChange.objects.exists()
    assert Event.objects.revoked().exists()


def test_leaders_write_and_are_passed_over_at_their_own_level(demo_city: None, db: None) -> None:
    recused = Decision.objects.filter(action=Action.RECUSE)
    assert recused.count() >= 3
    for decision in recused.select_related("item__submitter"):
        assert decision.item.submitter.grants.filter(role=decision.role).exists()


def test_a_leader_was_away_and_comes_to_be_away_again(demo_city: None, db: None) -> None:
    signed = Decision.objects.filter(acting_for__username="fenguan")
    assert signed.count() >= 3
    assert set(signed.values_list("by__username", flat=True)) == {"ducha"}
    assert StandIn.objects.filter(since__gt=shanghai("2026-11-23", "12:00")).count() == 1


def test_important_items_have_their_secrecy_review_or_wait_for_it(demo_city: None, db: None) -> None:
    judged = Item.objects.filter(secrecy_reviews__clear=True)
    issued = Item.objects.filter(status=Status.ISSUED, route=Route.IMPORTANT, decisions__action=Action.ISSUE)
    assert len(judged) >= 5
    assert set(issued) <= set(judged)
    assert secrecy_inbox(User.objects.get(username="baomi"), shanghai("2026-11-23", "12:00")).exists()


def test_files_of_every_kind_are_attached_and_returned_texts_differ(demo_city: None, db: None) -> None:
    kinds = {name.rsplit(".")[-1] for name in Attachment.objects.values_list("name", flat=True)}
    assert kinds == {"png", "pdf", "xlsx", "docx"}
    revised = Item.objects.filter(version__gt=1, decisions__action=Action.RETURN).distinct()
    assert revised.count() >= 10
    for item in revised:
        assert len({version.sha256 for version in item.versions.all()}) == item.version


def test_two_counties_share_a_rank_in_the_newest_bulletin(demo_city: None, db: None) -> None:
    draft = Bulletin.objects.get(status=BulletinStatus.DRAFT)
    (counties,) = [group for group in draft.document["groups"] if group["kind"] == UnitKind.COUNTY]
    tied = [row for row in counties["rows"] if row["tied"] and Decimal(row["points"])]
    assert {row["name"] for row in tied} == {"开鲁县", "奈曼旗"}
    assert len({(row["rank"], row["points"]) for row in tied}) == 1


@pytest.mark.parametrize("day", ["2026-01-01", "2026-04-01", "2026-11-22", "2026-11-23", "2028-02-29"])
def test_on_every_day_the_plan_ends_before_it_and_is_the_same_each_time(day: str) -> None:
    window = Window(date.fromisoformat(day))
    stories = Planner(window).stories()
    moves = [move for story in stories for move in story.moves]
    assert stories == Planner(window).stories()
    assert 200 < len(stories) < 350
    assert all(window.first <= move.at.date() and move.at < window.end for move in moves)
    assert all(move.at.weekday() < 5 and 7 <= move.at.hour < 18 for move in moves)
    for story in stories:
        assert [move.at for move in story.moves] == sorted(move.at for move in story.moves)
    titles = [story.moves[0].text.title for story in stories if story.moves[0].text]
    assert len(set(titles)) == len(titles)


def test_one_county_filed_nothing_and_one_had_nothing_adopted(demo_city: None, db: None) -> None:
    silent = Unit.objects.get(name="库伦旗")
    unheard = Unit.objects.get(name="霍林郭勒市")
    assert Unit.objects.filter(kind="county").count() == 8
    assert not Item.objects.of_unit(silent).filed().exists()
    assert Item.objects.of_unit(unheard).filter(status=Status.ISSUED).exists()
    assert not Adoption.objects.filter(credits__unit__path__startswith=unheard.path).exists()


def test_its_months_are_counted_and_its_bulletins_drafted(demo_city: None, db: None) -> None:
    assert not StaleMonth.objects.exists()
    assert Tally.objects.filter(closed_at__isnull=False).count() >= 9
    assert set(Bulletin.objects.values_list("status", flat=True)) >= {
        BulletinStatus.DRAFT,
        BulletinStatus.ISSUED,
    }


def test_returns_ask_for_points_that_were_answered_and_targets_are_set(demo_city: None, db: None) -> None:
    filed_again = ReturnPoint.objects.filter(answered_in__isnull=False)
    assert filed_again.count() > 10
    assert not filed_again.filter(done=False, answer="").exists()
    assert ReturnPoint.objects.filter(answered_in__isnull=True).exists()
    counties = Unit.objects.filter(kind=UnitKind.COUNTY)
    assert set(Target.objects.of_units().filter(year=2026).values_list("unit", flat=True)) >= set(
        counties.values_list("pk", flat=True)
    )
    assert Target.objects.filter(person__username="keerqin", year=2026).exists()


def test_seeding_again_adds_nothing(demo_city: None, db: None) -> None:
    before = (User.objects.count(), Item.objects.count(), Adoption.objects.count())
    out = StringIO()
    call_command("seed_demo", stdout=out)
    assert "没有生成" in out.getvalue()
    assert (User.objects.count(), Item.objects.count(), Adoption.objects.count()) == before


def test_every_login_it_prints_works(demo_city: None, db: None) -> None:
    out = StringIO()
    call_command("seed_demo", logins=True, stdout=out)
    lines = [line for line in out.getvalue().splitlines() if PASSWORD in line]
    assert len(lines) >= 10
    for line in lines:
        account = line.split()[-2]
        answer = Client().post("/accounts/login/", {"username": account, "password": PASSWORD})
        assert answer.status_code == 302, account


def test_production_refuses_it(db: None, settings: Any) -> None:
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="正式环境"):
        call_command("seed_demo")


@pytest.mark.parametrize("name", ["demo", "s12", "s14", "capped"])
def test_its_months_add_up_to_the_year_counted_at_once(name: str, demo_city: None, db: None) -> None:
    """Also when the scheme changes in the middle of a month, to one with windows wider than a month."""
    office, now = Unit.objects.get(kind=UnitKind.OFFICE), shanghai("2026-11-23", "12:00")
    rules = shipped("demo") | CAPPED if name == "capped" else shipped(name)
    with time_machine.travel(now, tick=False):
        add_scheme(office=office, rules=rules, effective_from=date(2026, 3, 10), now=now)
        tasks.reconcile()
    year = Period.parse("2025-12..2026-11")
    stored = {row.unit.id: row for row in tallies.load(office, year).counts(year)}
    at_once = load_facts(office, year, as_of=date(2026, 11, 23)).counts(year)
    assert len(at_once) > 10
    for row in at_once:
        known = stored[row.unit.id]
        assert (known.points, known.filed, known.adopted, known.items_adopted) == (
            row.points, row.filed, row.adopted, row.items_adopted,
        ), row.unit.name  # fmt: skip
    assert not StaleMonth.objects.exists()
