"""Any facts and any schemes, for the properties of counting."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from scoring.figures.facts import AdjustmentFact, AdoptionFact, CreditFact, EventFact, FilingFact
from scoring.periods.period import Period
from scoring.schemes.timetable import Timetable
from scoring.schemes.words import GENRES, LEVELS, MODES, POSITIONS, SELECTIVE, Happening, Window
from tests.scoring.builders import scheme

#: Enough of them, and no clock: a busy machine is no fault.
thorough = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])

# Few days, so that facts of one day, of one window and of the last days of months are common.
FIRST_DAY, LAST_DAY = date(2025, 11, 1), date(2026, 12, 31)
days = st.sampled_from([FIRST_DAY, date(2026, 1, 1), date(2026, 3, 31), LAST_DAY]) | st.dates(
    date(2026, 2, 27), date(2026, 3, 2)
)
course_days = st.dates(date(2026, 1, 1), date(2026, 1, 12))
credit_lists = st.lists(
    st.builds(CreditFact, st.integers(1, 4), st.integers(1, 3)), min_size=1, max_size=3
).map(tuple)
lengths = st.none() | st.sampled_from([500, 1500])


def _numbered(facts):
    return [replace(fact, id=number) for number, fact in enumerate(facts, start=1)]


adoption_lists = st.lists(
    st.builds(
        AdoptionFact,
        id=st.just(0),
        item_id=st.integers(1, 4),
        item_title=st.just("稿件"),
        outlet_name=st.sampled_from(["甲报", "乙网", "丙台"]),
        level=st.sampled_from(LEVELS),
        carrier=st.just("website"),
        mode=st.sampled_from(MODES),
        date=days,
        credits=credit_lists,
        genre=st.sampled_from(["", *GENRES]),
        position=st.sampled_from(["", *POSITIONS]),
        length=lengths,
    ),
    max_size=10,
).map(_numbered)
event_lists = st.lists(
    st.builds(
        EventFact,
        id=st.just(0),
        kind=st.sampled_from(Happening),
        date=days,
        credits=credit_lists,
        item_id=st.none() | st.integers(1, 4),
        level=st.sampled_from(["", *LEVELS]),
        count=st.integers(1, 2),
    ),
    max_size=6,
).map(_numbered)


def _on_days(facts):
    """The same facts of one item, on days close to one another."""
    days = st.lists(course_days, min_size=len(facts), max_size=len(facts))
    return days.map(
        lambda days: [replace(fact, item_id=1, date=day) for fact, day in zip(facts, days, strict=True)]
    )


filing_lists = st.lists(
    st.builds(
        FilingFact,
        item_id=st.just(0),
        unit_id=st.integers(1, 3),
        date=days,
        genre=st.sampled_from(["", *GENRES]),
        length=lengths,
    ),
    max_size=8,
).map(lambda filings: [replace(fact, item_id=number) for number, fact in enumerate(filings)])
adjustment_lists = st.lists(st.tuples(st.integers(1, 3), days, st.integers(-9, 9)), max_size=2).map(
    lambda rows: [AdjustmentFact(n, unit, day, Decimal(points)) for n, (unit, day, points) in enumerate(rows)]
)
facts = st.fixed_dictionaries(
    {
        "adoptions": adoption_lists,
        "events": event_lists,
        "filings": filing_lists,
        "adjustments": adjustment_lists,
    }
)

windows = st.sampled_from([str(window) for window in Window])
points = st.sampled_from(["0", "1", "2.5", "7", "10.333"])


def _some(strategy, most=3):
    return st.lists(strategy, max_size=most)


def _rule(**parts):
    """A JSON object whose values are strategies or fixed; None leaves a key out."""
    return st.fixed_dictionaries(
        {key: part if isinstance(part, st.SearchStrategy) else st.just(part) for key, part in parts.items()}
    )


def _joined(*parts):
    """One JSON object of several."""
    return st.tuples(*parts).map(lambda found: {key: value for one in found for key, value in one.items()})


rewarded = [str(each) for each in list(Happening)[:5]]
bonuses = _rule(event=st.sampled_from(rewarded), points=points) | _rule(
    event="instruction", factor=st.sampled_from(["1.5", "2"])
)
voided = st.sampled_from(
    [{}, {"voids": "item"}]
    + [{"voids": each, "times": times} for each in ("week", "month", "quarter", "year") for times in (1, 2)]
)
event_penalties = st.lists(
    st.sampled_from([str(each) for each in list(Happening)[5:]]), unique=True, max_size=5
).flatmap(lambda kinds: st.tuples(*(_joined(_rule(event=kind, points=points), voided) for kind in kinds)))
low_rates = _rule(event="low_rate", below=st.sampled_from(["0.3", "1"]), window=windows, points=points)
some_items = st.sampled_from(
    [
        {},
        {"genre": {"not": "news"}},
        {"genre": "news"},
        {"min_length": 1000},
        {"genre": "news", "max_length": 900},
    ]
)
measured = _joined(_rule(metric=st.sampled_from(SELECTIVE).map(str), window=windows), some_items) | _rule(
    metric="points", window=windows
)
on_targets = _joined(measured, _rule(target=st.sampled_from([None, "0.5", "1", "20"])))
shortfalls = _joined(on_targets, _rule(event="shortfall", factor=points))
targets_missed = _joined(on_targets, _rule(event="target_missed", points=points))
targets_met = _joined(on_targets, _rule(event="target_met", points=points))
penalty_lists = st.tuples(event_penalties, _some(low_rates | shortfalls | targets_missed, 2)).map(
    lambda pair: [*pair[0], *pair[1]]
)
limits_on_windows = _rule(
    of=st.sampled_from(["adoption", "bonus", "filing", "penalty", "total"]),
    window=windows,
    max=st.sampled_from([None, "5", "10.5"]),
    min=st.sampled_from(["0", "-3"]),
)
limits = limits_on_windows | _rule(of="item", max=points)
filing_rules = _rule(
    kind=st.sampled_from(["per_item", "per_items", "threshold"]),
    points=points,
    items=st.integers(1, 3),
    remainder=st.sampled_from(["whole", "parts"]),
    window=windows,
    genre=st.sampled_from([None, "news", {"not": "news"}]),
    group=st.sampled_from([None, None, {"not": "甲组"}]),
)
sharing = _rule(
    policy=st.sampled_from(["split", "full", "fixed", "flat", "factor"]),
    points="3",
    factor=st.sampled_from(["0.5", "0.333"]),
)
reposts = _rule(
    policy=st.sampled_from(["zero", "as_listed", "by_length"]),
    points="1.5",
    characters=700,
    base=st.sampled_from(["0", "2.333"]),
    base_characters=st.sampled_from([None, 600]),
)
modifier_lists = st.sampled_from(
    [
        [{"mode": "merged", "factor": "0.333"}, {"genre": "analysis", "add": "10"}],
        [{"position": "front_lead", "factor": "2", "max": "60"}, {"min_length": 1000, "factor": "1.5"}],
        [{"genre": {"not": "news"}, "add": "2"}, {"mode": {"not": "single"}, "factor": "0.5"}],
    ]
)
measured_anyhow = measured | _rule(metric="issued", window=windows)
targets = _joined(measured_anyhow, _rule(value=points))
consequences = _joined(
    measured_anyhow,
    _rule(below=st.sampled_from([None, "1", "7"]), times=st.integers(1, 3), text="通报"),
)
by_level = [{"level": level, "points": 5 * place} for place, level in enumerate(reversed(LEVELS), start=1)]
rule_lists = st.sampled_from(
    [
        by_level,
        [*by_level, {"level": "city", "mode": {"not": "merged"}, "group": {"not": "甲组"}, "points": 12}],
    ]
)
scheme_settings = st.fixed_dictionaries(
    {
        "several_outlets": _rule(
            policy=st.sampled_from(["sum", "highest", "highest_per_class", "first"]),
            **{"class": st.sampled_from(["level", "outlet"])},
        ),
        "several_units": sharing,
        "reposts": reposts,
        "modifiers": modifier_lists,
        "rules": rule_lists,
        "bonuses": _some(bonuses | targets_met),
        "joint_counts": st.sampled_from(["whole", "share"]),
        "filing": _some(filing_rules, 2),
        "base": st.none() | _rule(points=points, window=windows),
        "penalties": penalty_lists,
        "limits": _some(limits, 3),
        "targets": _some(targets, 2),
        "consequences": _some(consequences, 2),
        "groups": st.sampled_from([[], [{"name": "甲组", "units": ["奈曼旗"]}]]),
        "rounding": st.fixed_dictionaries({"places": st.integers(0, 3)}),
        "year_start_month": st.sampled_from([1, 12]),
    }
)
timetables = st.dictionaries(days, scheme_settings, min_size=1, max_size=3).map(
    lambda dated: Timetable.of((day, scheme(**settings)) for day, settings in dated.items())
)
#: One item under schemes that follow one another: its cap goes up, down and away, decimals come and go,
#: what several units get changes, and so does which adoption counts.
course_settings = st.fixed_dictionaries(
    {
        "several_outlets": _rule(policy=st.sampled_from(["sum", "highest", "highest_per_class", "first"])),
        "several_units": sharing,
        "modifiers": modifier_lists,
        "rules": st.sampled_from([by_level, [{"points": "6.66"}], [{"points": "9.25"}]]),
        "bonuses": st.sampled_from(
            [
                [{"event": kind, "points": "5.5"} for kind in rewarded],
                [{"event": "instruction", "factor": "1.5"}, {"event": "task", "points": "2.25"}],
            ]
        ),
        "penalties": st.sampled_from([[], [{"event": "untrue", "points": "1", "voids": "item"}]]),
        "limits": st.sampled_from(
            [[], *([{"of": "item", "max": most}] for most in ("7", "10.333", "33.3333"))]
        ),
        "rounding": st.fixed_dictionaries({"places": st.integers(0, 3)}),
    }
)
courses = st.tuples(
    adoption_lists.flatmap(_on_days),
    event_lists.flatmap(_on_days),
    st.dictionaries(course_days, course_settings, min_size=2, max_size=5).map(
        lambda dated: Timetable.of((day, scheme(**settings)) for day, settings in dated.items())
    ),
)
spans = st.tuples(st.dates(FIRST_DAY, LAST_DAY), st.integers(0, 200)).map(
    lambda pair: Period.days(pair[0], date.fromordinal(pair[0].toordinal() + pair[1]))
)
month_spans = st.tuples(st.integers(0, 6), st.integers(0, 7)).map(
    lambda pair: Period(
        Period.parse("2025-11").first.plus(pair[0]), Period.parse("2025-11").first.plus(sum(pair))
    )
)
