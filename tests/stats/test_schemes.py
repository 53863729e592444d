"""Rules R10–R14 and R16 of docs/scoring.md."""

import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from adoptions.enums import Carrier, Mode, OutletLevel
from stats import schemes
from stats.schemes import (
    DatedScheme,
    Price,
    SeveralOutlets,
    SeveralUnits,
    TieRule,
    Timetable,
    parse_scheme,
)
from tests.stats.builders import scheme_data

DOCS = Path(__file__).parents[2] / "docs" / "scoring.md"


def points(scheme, level="city", carrier="website", outlet="某网", mode="single"):
    """What the scheme gives, or None when it lists nothing."""
    price = scheme.price(level=level, carrier=carrier, outlet=outlet, mode=mode)
    return price and price.points


@pytest.fixture
def documented():
    """The example of docs/scoring.md."""
    (example,) = re.findall(r"```json\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.S)
    return parse_scheme(json.loads(example))


@pytest.mark.parametrize(
    ("adoption", "expected"),
    [
        ({"level": "province", "carrier": "newspaper", "outlet": "内蒙古日报"}, 20),
        ({"level": "province", "carrier": "internal", "outlet": "自治区信息"}, 25),
        ({"level": "central", "carrier": "app", "outlet": "学习强国"}, 30),
        ({"level": "central", "carrier": "app", "outlet": "学习强国", "mode": "merged"}, 12),
    ],
)
def test_r10_the_most_specific_rule_wins(documented, adoption, expected):
    assert points(documented, **adoption) == expected


def test_r10_the_words_of_a_rule_are_those_of_the_adoptions():
    assert set(schemes.LEVELS) == set(OutletLevel.values)
    assert set(schemes.CARRIERS) == set(Carrier.values)
    assert set(schemes.MODES) == set(Mode.values)


def test_r10_a_named_outlet_beats_any_number_of_other_keys():
    rules = [
        {"level": "city", "carrier": "website", "mode": "single", "points": 1},
        {"outlet": "某网", "points": 2},
    ]
    assert points(parse_scheme(scheme_data(adoption_points=rules))) == 2


def test_r10_of_equally_specific_rules_the_first_wins():
    rules = [{"level": "city", "points": 1}, {"carrier": "website", "points": 2}]
    assert points(parse_scheme(scheme_data(adoption_points=rules))) == 1
    assert points(parse_scheme(scheme_data(adoption_points=rules[::-1]))) == 2


def test_r10_a_price_names_its_rule():
    rules = [{"points": 1}, {"level": "city", "points": 8}]
    price = parse_scheme(scheme_data(adoption_points=rules)).price(
        level="city", carrier="website", outlet="某网", mode="single"
    )
    assert price == Price("adoption_points[1]", Decimal(8), Decimal(1), Decimal(8))


def test_r11_an_unlisted_adoption_has_no_price():
    scheme = parse_scheme(scheme_data())
    assert points(scheme, level="county") is None
    assert points(scheme, level="city") == 10


def test_r11_a_rule_without_keys_lists_everything():
    assert points(parse_scheme(scheme_data(adoption_points=[{"points": 3}])), level="county") == 3


@pytest.mark.parametrize(("mode", "expected"), [("single", 10), ("merged", 5), ("brief", 10), ("repost", 0)])
def test_r12_the_factor_of_the_mode_multiplies(documented, mode, expected):
    assert points(documented, mode=mode) == expected


def test_r12_a_rule_that_names_the_mode_is_not_multiplied_again(documented):
    assert points(documented, level="central", outlet="学习强国", mode="merged") == 12
    assert points(documented, level="central", outlet="学习强国", mode="repost") == 0


@pytest.mark.parametrize(
    ("factor", "places", "expected"),
    [
        ("0.25", 2, "1.25"), ("0.25", 1, "1.3"), ("0.25", 0, "1"),
        ("0.5", 2, "2.50"), ("0.5", 1, "2.5"), ("0.5", 0, "3"),
    ],
)  # fmt: skip
def test_r13_points_are_rounded_half_up(factor, places, expected):
    scheme = parse_scheme(
        scheme_data(
            adoption_points=[{"points": 5}],
            mode_factors={"merged": factor},
            rounding={"places": places},
        )
    )
    assert str(points(scheme, mode="merged")) == expected


def test_r14_the_scheme_in_force_on_the_day_is_used():
    old, new = parse_scheme(scheme_data(name="旧")), parse_scheme(scheme_data(name="新"))
    timetable = Timetable.of([(date(2026, 7, 1), new), (date(2026, 1, 1), old)])
    assert timetable.scheme_on(date(2025, 12, 31)) is None
    assert timetable.scheme_on(date(2026, 1, 1)) is old
    assert timetable.scheme_on(date(2026, 6, 30)) is old
    assert timetable.scheme_on(date(2026, 7, 1)) is new
    assert timetable.entry_on(date(2030, 1, 1)) == DatedScheme(date(2026, 7, 1), new)


def test_r14_without_schemes_none_is_in_force():
    assert Timetable(()).scheme_on(date(2026, 1, 1)) is None


def test_r14_two_schemes_cannot_begin_on_one_day():
    scheme = parse_scheme(scheme_data())
    with pytest.raises(ValueError, match="one a day"):
        Timetable.of([(date(2026, 1, 1), scheme), (date(2026, 1, 1), scheme)])


@pytest.mark.parametrize(
    ("level", "carrier", "mode", "expected"),
    [
        ("central", "newspaper", "single", 50),
        ("province", "website", "single", 20),
        ("city", "broadcast", "single", 10),
        ("county", "social", "single", 5),
        ("central", "internal", "single", 30),
        ("province", "internal", "single", 20),
        ("city", "internal", "single", 10),
        ("county", "internal", "single", 0),
        ("central", "newspaper", "merged", 25),
        ("county", "website", "merged", Decimal("2.5")),
        ("city", "website", "brief", 10),
        ("central", "website", "repost", 0),
    ],
)
def test_r16_the_demo_scheme_gives_the_points_of_its_sources(level, carrier, mode, expected):
    demo = parse_scheme(schemes.shipped("demo"))
    assert points(demo, level=level, carrier=carrier, mode=mode) == expected


def test_r16_the_demo_scheme_has_the_documented_settings():
    demo = parse_scheme(schemes.shipped("demo"))
    assert (demo.year_start_month, demo.filing_points, demo.places) == (12, 0, 2)
    assert demo.several_outlets is SeveralOutlets.HIGHEST
    assert demo.several_units is SeveralUnits.SPLIT
    assert demo.tie_rule is TieRule.COMPETITION


@pytest.mark.parametrize("path", sorted(schemes.SHIPPED.glob("*.json")), ids=lambda path: path.stem)
def test_r16_every_shipped_scheme_can_be_read(path):
    scheme = parse_scheme(schemes.shipped(path.stem))
    assert scheme.notes
    assert all(rule.note for rule in scheme.adoption_points)
