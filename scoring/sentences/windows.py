"""What filing earns, what is deducted, and what is measured in windows, in sentences."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kit.numbers import points_text
from scoring import terms
from scoring.schemes.model import Base, Consequence, FilingRule, Limit, Match, Penalty, Reminder, Target
from scoring.schemes.words import FilingKind, LimitOf, Shortcoming
from scoring.terms import term
from scoring.wording import group_label, match_text, metric_text, with_keys


def filing_sentence(rule: FilingRule) -> str:
    """What filing alone earns."""
    items = _("Filed items")
    if rule.match != Match():
        items = with_keys(items, match_text(rule.match))
    shown = {
        "items": items,
        "number": rule.items,
        "points": points_text(rule.points),
        "window": term(terms.WINDOWS, rule.window),
        "remainder": term(terms.REMAINDERS, rule.remainder),
    }
    match rule.kind:
        case FilingKind.PER_ITEM:
            return _("%(items)s: %(points)s points each") % shown
        case FilingKind.PER_ITEMS:
            return (
                _("%(items)s: %(points)s points for every %(number)s in a %(window)s; %(remainder)s") % shown
            )
    return _("%(items)s: %(points)s points once they are %(number)s in a %(window)s, none below") % shown


def base_sentence(base: Base) -> str:
    """The points every unit begins with."""
    shown = {"window": term(terms.WINDOWS, base.window), "points": points_text(base.points)}
    return _("Every unit begins each %(window)s with %(points)s points") % shown


def penalty_sentence(penalty: Penalty) -> str:
    """What is taken away, and for what."""
    window = term(terms.WINDOWS, penalty.window)
    points = points_text(penalty.points)
    if penalty.event is Shortcoming.LOW_RATE:
        shown = {"rate": f"{points_text(penalty.below * 100)}%", "window": window, "points": points}
        return _("Adoption rate of a %(window)s below %(rate)s: %(points)s points off") % shown
    if isinstance(penalty.event, Shortcoming):
        return _below_target(penalty, window)
    event = term(terms.PENALTY_EVENTS, penalty.event)
    if penalty.voids is None:
        return _("%(event)s: %(points)s points off each time") % {"event": event, "points": points}
    shown = {
        "event": event,
        "points": points,
        "lost": term(terms.VOIDS, penalty.voids),
        "times": str(penalty.times),
    }
    if penalty.times > 1 and not penalty.points:
        return _("%(event)s: %(lost)s are lost once it has happened %(times)s times in it") % shown
    if penalty.times > 1:
        said = _(
            "%(event)s: %(points)s points off each time; %(lost)s are lost once it has happened %(times)s "
            "times in it"
        )
        return said % shown
    if not penalty.points:
        return _("%(event)s: %(lost)s are lost") % shown
    return _("%(event)s: %(lost)s are lost, and %(points)s points off each time") % shown


def limit_sentence(limit: Limit) -> str:
    """All points of a quarter: at least 0."""
    what = term(terms.LIMITS, limit.of)
    if limit.of is not LimitOf.ITEM and limit.window is not None:
        shown = {"what": what, "window": term(terms.WINDOWS, limit.window)}
        what = _("In each %(window)s, %(what)s") % shown
    bounds = []
    if limit.max is not None:
        bounds.append(_("at most %(points)s") % {"points": points_text(limit.max)})
    if limit.min is not None and limit.of is LimitOf.PENALTY:
        bounds.append(_("no more than %(points)s off") % {"points": points_text(-limit.min)})
    elif limit.min is not None:
        bounds.append(_("at least %(points)s") % {"points": points_text(limit.min)})
    return _("%(what)s: %(bounds)s") % {"what": what, "bounds": pgettext("list", ", ").join(bounds)}


def target_sentence(target: Target) -> str:
    """Who should reach what."""
    who = target.unit or (group_label(target.group) if target.group else _("All units"))
    return _("%(who)s: %(value)s %(metric)s in each %(window)s") % {
        "who": who,
        "value": points_text(target.value),
        "metric": metric_text(target.metric, target.match),
        "window": term(terms.WINDOWS, target.window),
    }


def consequence_sentence(consequence: Consequence) -> str:
    """What is said of a unit below a line."""
    shown = {
        "metric": metric_text(consequence.metric, consequence.match),
        "below": points_text(consequence.below or Decimal(0)),
        "window": term(terms.WINDOWS, consequence.window),
        "times": consequence.times,
        "text": consequence.text,
    }
    if consequence.below is None and consequence.times == 1:
        return _("Fewer %(metric)s in a %(window)s than the unit's target: %(text)s") % shown
    if consequence.below is None:
        said = _("Fewer %(metric)s in each of %(times)s %(window)s in a row than the unit's target: %(text)s")
        return said % shown
    if consequence.times == 1:
        return _("Fewer than %(below)s %(metric)s in a %(window)s: %(text)s") % shown
    return _("Fewer than %(below)s %(metric)s in each of %(times)s %(window)s in a row: %(text)s") % shown


def reminder_sentence(reminder: Reminder) -> str:
    """What a person judges, and when."""
    shown = {"window": term(terms.WINDOWS, reminder.window), "text": reminder.text}
    return _("To be judged at the end of each %(window)s: %(text)s") % shown


def _below_target(penalty: Penalty, window: str) -> str:
    shown = {
        "window": window,
        "metric": metric_text(penalty.metric, penalty.match),
        "factor": points_text(penalty.factor),
        "points": points_text(penalty.points),
        "target": points_text(penalty.target) if penalty.target is not None else "",
    }
    if penalty.event is Shortcoming.TARGET_MISSED:
        if penalty.target is None:
            return _("Below the unit's target of %(metric)s in a %(window)s: %(points)s points off") % shown
        return _("Below %(target)s %(metric)s in a %(window)s: %(points)s points off") % shown
    if penalty.target is None:
        return (
            _("Below the unit's target of %(metric)s in a %(window)s: %(factor)s off for each one missing")
            % shown
        )
    return _("Below %(target)s %(metric)s in a %(window)s: %(factor)s off for each one missing") % shown
