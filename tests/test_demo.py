"""The demo city shows everything there is, and only in an empty system that is not production."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import Unit, User
from adoptions.models import Adoption
from publicity.demo.cast import PASSWORD
from reviews.enums import Action
from reviews.models import Decision
from stats.enums import BulletinStatus
from stats.models import Bulletin, Tally
from submissions.enums import Route, Status
from submissions.models import Item, StaleMonth


@pytest.fixture(scope="module")
def demo_city(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Seeded once for the module, and taken back afterwards."""
    with django_db_blocker.unblock():
        call_command("seed_demo", today=date(2026, 11, 23), stdout=StringIO())
        yield
        call_command("flush", interactive=False, verbosity=0)


def test_it_shows_items_in_every_status_and_on_both_routes(demo_city: None, db: None) -> None:
    assert set(Item.objects.values_list("status", flat=True)) == set(Status.values)
    assert set(Item.objects.values_list("route", flat=True)) == set(Route.values)
    assert set(Decision.objects.values_list("action", flat=True)) == set(Action.values)


def test_it_shows_adoptions_at_every_level_in_every_mode(demo_city: None, db: None) -> None:
    counted = Adoption.objects.counted()
    assert set(counted.values_list("outlet__level", flat=True)) == {"central", "province", "city", "county"}
    assert set(counted.values_list("mode", flat=True)) == {"single", "merged", "brief", "repost"}
    assert Adoption.objects.unproven().exists()
    assert Adoption.objects.filter(revoked_at__isnull=False).exists()
    assert not Adoption.objects.exclude(item__status=Status.ISSUED).exists()


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
