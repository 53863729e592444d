"""The outcome of a trial as JSON and as text. Every point of a unit is in exactly one of its lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from kit.numbers import json_number, points_text
from scoring.arithmetic import arithmetic
from scoring.engine.ranking import Ranked
from scoring.figures.counts import Flag, TargetCount, Together, UnitCount
from scoring.figures.lines import ZERO, AuthorLine, ScoreLine
from scoring.schemes.timetable import Timetable
from scoring.terms import BONUS_EVENTS, LEVELS, METRICS, MODES, PENALTY_EVENTS, term
from scoring.wording import NOTES, match_text
from stats.explanations import Explainer
from stats.trials.ledgers.outcome import ALWAYS, Outcome


def as_json(outcome: Outcome) -> dict[str, Any]:
    """Everything, with numbers as numbers; docs/scoring.md names every key."""
    scheme, period, facts = outcome.scheme, outcome.period, outcome.facts
    explain = Explainer(
        timetable=Timetable.of([(ALWAYS, scheme)]),
        versions={},
        adoptions={fact.id: fact for fact in facts.adoptions},
    )
    units = [_unit(ranked, explain) for ranked in outcome.units]
    in_all = Together.of((ranked.row for ranked in outcome.units), lambda _unit: True)
    return {
        "scheme": {"name": scheme.name, "notes": list(scheme.notes), "cut": list(scheme.cut)},
        "period": {
            "text": str(period),
            "label": period.label,
            "first_day": period.start.isoformat(),
            "last_day": (period.end - timedelta(days=1)).isoformat(),
        },
        "as_of": outcome.as_of.isoformat(),
        "units": units,
        "totals": {
            "units": len(units),
            "filed": in_all.filed,
            "adopted": {**in_all.adopted, "total": in_all.adopted_total},
            "items_adopted": in_all.items_adopted,
            "points": json_number(in_all.points),
        },
        "people": _people(outcome),
        "unused": [
            {
                "sheet": lost.sheet,
                "row": lost.row,
                "cell": lost.cell,
                "title": lost.title,
                "reason": lost.reason,
            }
            for lost in facts.unused
        ],
        "ignored_columns": facts.ignored,
    }


def as_text(outcome: Outcome) -> str:
    """For reading on a terminal: units by group and rank, each with its lines, then what was not used."""
    said = [
        _("Scheme: %(name)s") % {"name": outcome.scheme.name},
        _("Period: %(period)s") % {"period": outcome.period.label},
        *(_("Left out: %(part)s") % {"part": part} for part in outcome.scheme.cut),
    ]
    group = None
    for unit in as_json(outcome)["units"]:
        if unit["group"] != group:
            group = unit["group"]
            said += ["", f"== {group} =="]
        said += _unit_text(unit)
    if outcome.facts.unused:
        said += ["", _("Rows that could not be used:")]
        said += [f"  {lost.sheet} {lost.cell}：{lost.reason}" for lost in outcome.facts.unused]
    return "\n".join(said)


def _unit(ranked: Ranked[UnitCount], explain: Explainer) -> dict[str, Any]:
    row = ranked.row
    return {
        "unit": row.unit.name,
        "code": row.unit.code,
        "group": row.unit.group,
        "rank": ranked.rank,
        "tied": ranked.tied,
        "filed": row.filed,
        "adopted": {**row.adopted, "total": row.adopted_total},
        "items_adopted": row.items_adopted,
        "points": json_number(row.points),
        "flags": [_flag(flag) for flag in row.flags],
        "targets": [_target(target) for target in row.targets],
        "lines": [_line(line, explain) for line in row.lines],
    }


def _line(line: ScoreLine, explain: Explainer) -> dict[str, Any]:
    explained = explain(line)
    return {
        "date": line.date.isoformat(),
        "kind": line.kind,
        "rule": line.rule,
        "rule_text": explained.rule,
        "item": line.item_title,
        "outlet": line.outlet_name,
        "level": line.level,
        "mode": line.mode,
        "event": line.event,
        "row": line.adoption_id,
        "base": json_number(line.base),
        "steps": [
            {"operator": step.operator, "value": json_number(step.value), "rule": step.rule}
            for step in line.steps
        ],
        "deducted": json_number(line.deducted),
        "compared_with_row": line.compared_with,
        "share": line.share,
        "points": json_number(line.points),
        "arithmetic": _arithmetic(line),
        "window": line.window,
        "reached": None if line.reached is None else json_number(line.reached),
        "bound": None if line.bound is None else json_number(line.bound),
        "note": explained.decision or str(NOTES[line.note]),
        "reason": line.reason,
    }


def _arithmetic(line: ScoreLine) -> str:
    """How the points come about: 20 × 1/2 = 10."""
    points, worked_out = points_text(line.points), arithmetic(line)
    return points if worked_out in ("", points) else f"{worked_out} = {points}"


def _flag(flag: Flag) -> dict[str, Any]:
    return {
        "text": flag.text,
        "metric": flag.metric,
        "of": match_text(flag.match) if flag.match.keys else "",
        "window": flag.window,
        "reached": json_number(flag.reached),
        "below": json_number(flag.below),
        "times": flag.times,
        "rule": flag.rule,
    }


def _target(target: TargetCount) -> dict[str, Any]:
    done = target.completion
    return {
        "metric": target.metric,
        "of": match_text(target.match) if target.match.keys else "",
        "window": target.window,
        "value": json_number(target.value),
        "reached": json_number(target.reached),
        "completion": None if done is None else json_number(round(done, 4)),
    }


def _people(outcome: Outcome) -> list[dict[str, Any]]:
    """Authors with their parts of the items' points, most points first."""
    units = {ranked.row.unit.id: ranked.row.unit.name for ranked in outcome.units}
    found: defaultdict[tuple[str, str, str], list[Decimal]] = defaultdict(list)
    for line in outcome.people:
        found[line.name, units[_unit_of(line)], line.author].append(line.points)
    totals = sorted(
        (-sum(parts, ZERO), name, unit, len(parts)) for (name, unit, _key), parts in found.items()
    )
    return [
        {"name": name, "unit": unit, "points": json_number(-lost), "lines": lines}
        for lost, name, unit, lines in totals
    ]


def _unit_of(line: AuthorLine) -> int:
    """The author's unit, which the key begins with."""
    return int(line.author.partition(":")[0])


def _unit_text(unit: Mapping[str, Any]) -> list[str]:
    levels = "，".join(
        f"{term(LEVELS, level)} {number}" for level, number in unit["adopted"].items() if level != "total"
    )
    shown = {
        "rank": unit["rank"],
        "unit": unit["unit"],
        "points": unit["points"],
        "filed": unit["filed"],
        "adopted": unit["adopted"]["total"],
        "levels": levels,
    }
    said = [
        _("%(rank)s. %(unit)s: %(points)s points; filed %(filed)s, adopted %(adopted)s (%(levels)s)") % shown
    ]
    said += [f"   ! {flag['text']}" for flag in unit["flags"]]
    for target in unit["targets"]:
        metric = term(METRICS, target["metric"])
        shown = {**target, "metric": f"{metric}（{target['of']}）" if target["of"] else metric}
        said.append("   " + _("Target: %(metric)s %(reached)s of %(value)s") % shown)
    return said + [_line_text(line) for line in unit["lines"]]


def _line_text(line: Mapping[str, Any]) -> str:
    what = [
        line["date"],
        line["item"] and f"《{line['item'].strip('《》')}》",
        line["outlet"],
        term(MODES, line["mode"]),
        term({**BONUS_EVENTS, **PENALTY_EVENTS}, line["event"]),
        line["arithmetic"],
        line["reason"] or line["note"],
    ]
    return "   " + "  ".join(part for part in what if part)
