"""The words for what the pure modules decide; they give codes, this gives the reader's language."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.enums import UnitKind
from scoring import terms as scheme_terms
from scoring.figures.lines import Note
from scoring.schemes.model import ANY, Asked, Match, Not
from scoring.schemes.nodes import Flaw, Problem
from scoring.terms import term

GROUPS: Final[Mapping[str, Promise]] = {
    UnitKind.COUNTY: gettext_lazy("Counties"),
    UnitKind.TEAM: gettext_lazy("Inspection teams"),
    UnitKind.SECTION: gettext_lazy("Sections"),
    UnitKind.DEPARTMENT: gettext_lazy("Departments"),
    UnitKind.OFFICE: gettext_lazy("The office itself"),
}

NOTES: Final[Mapping[Note, Promise]] = {
    Note.COUNTED: gettext_lazy("Counted in full"),
    Note.EXCESS: gettext_lazy("Only what exceeds the item's earlier highest score counts"),
    Note.NOT_HIGHEST: gettext_lazy("Not counted: another adoption of the item scores as high or higher"),
    Note.NOT_FIRST: gettext_lazy("Not counted: only the item's first adoption counts"),
    Note.ITEM_FULL: gettext_lazy("Only counted up to the most that one item may earn"),
    Note.ITEM_VOID: gettext_lazy("Not counted: the item was found untrue"),
    Note.UNLISTED: gettext_lazy("Not counted: the scoring scheme does not list this outlet"),
    Note.WORTH_NOTHING: gettext_lazy("Not counted: the scoring scheme gives this outlet no points"),
    Note.MODE_EARNS_NOTHING: gettext_lazy("Not counted: this mode of adoption earns no points"),
    Note.LENGTH_UNKNOWN: gettext_lazy("Not counted: points go by length, and the length is not registered"),
    Note.ROUNDED_AWAY: gettext_lazy("Too small: rounds to no points"),
    Note.NO_SCHEME: gettext_lazy("Not counted: no scoring scheme was in force on this day"),
    Note.REWARDED: gettext_lazy("Bonus points"),
    Note.MULTIPLIED: gettext_lazy("Multiplies what the item's adoptions earn"),
    Note.EVENT_UNLISTED: gettext_lazy("Not counted: the scoring scheme has no rule for this event"),
    Note.FILED: gettext_lazy("Points for filing"),
    Note.FILED_TOGETHER: gettext_lazy("Points for so many items filed"),
    Note.THRESHOLD_REACHED: gettext_lazy("The required number of items was filed"),
    Note.BASE: gettext_lazy("Base points of the period"),
    Note.DEDUCTED: gettext_lazy("Points deducted"),
    Note.LOW_RATE: gettext_lazy("Deducted: too few of the items filed were adopted"),
    Note.SHORTFALL: gettext_lazy("Deducted: the target was missed"),
    Note.TARGET_MISSED: gettext_lazy("Deducted: the target was missed"),
    Note.TARGET_MET: gettext_lazy("Bonus points: the target was met"),
    Note.VOIDS_ITEM: gettext_lazy("Taken back: the item was found untrue"),
    Note.VOIDS_WINDOW: gettext_lazy("Taken back: the points of this period are void"),
    Note.CAPPED: gettext_lazy("Taken back: more than the most that counts"),
    Note.RAISED: gettext_lazy("Added: not less than the least that counts"),
    Note.RELEASED: gettext_lazy("An earlier correction is undone: the points are within the bounds again"),
    Note.ADJUSTED: gettext_lazy("Adjusted by decision"),
}

FLAWS: Final[Mapping[Flaw, Promise]] = {
    Flaw.MISSING: gettext_lazy("Fill this in"),
    Flaw.UNKNOWN: gettext_lazy("Unknown setting: check the spelling or remove it"),
    Flaw.NOT_OBJECT: gettext_lazy("Must be an object with named settings"),
    Flaw.NOT_LIST: gettext_lazy("Must be a list"),
    Flaw.NOT_TEXT: gettext_lazy("Must be a text and not empty"),
    Flaw.NOT_NUMBER: gettext_lazy("Must be a number in this range with at most four decimals"),
    Flaw.NOT_WHOLE: gettext_lazy("Must be a whole number in this range"),
    Flaw.NOT_CHOICE: gettext_lazy("Choose one of these"),
    Flaw.CONTRADICTION: gettext_lazy("Does not go together with this setting"),
    Flaw.UNLISTED: gettext_lazy("Not listed here"),
    Flaw.LISTED_TWICE: gettext_lazy("Stands in two groups: leave it in one of them"),
    Flaw.REPEATED: gettext_lazy("A rule above matches exactly the same: remove one of them"),
    Flaw.NO_UNIT: gettext_lazy("There is no such unit: write its full name or code, or enter it first"),
    Flaw.NO_GROUP: gettext_lazy("There is no such group: list it among the ranking groups"),
    Flaw.NO_OUTLET: gettext_lazy("No such outlet in the list yet: check its full name"),
    Flaw.RENAMED: gettext_lazy("Has been renamed since: write the present name"),
    Flaw.ALIAS: gettext_lazy("Is a former or other name: counted under the present name"),
    Flaw.TWO_BEARERS: gettext_lazy("May be several: write the present name, or the code of the unit"),
    Flaw.IMPOSSIBLE: gettext_lazy("Never applies: no adoption that is priced by rules can fit it"),
    Flaw.NEVER_FITS: gettext_lazy(
        "Never applies: it fits no rule of points, or only those that price the same feature themselves"
    ),
    Flaw.OVERTAKEN: gettext_lazy("Never applies: another rule always goes before it"),
    Flaw.OUT_OF_REACH: gettext_lazy("Never applies: the points cannot reach this"),
}


def match_text(match: Match) -> str:
    """Which adoptions a rule is for: "City · Internal bulletin", or "Every adoption"."""
    parts = [
        match.outlet,
        asked_text(match.outlet_group, {}),
        asked_text(match.level, scheme_terms.LEVELS),
        asked_text(match.carrier, scheme_terms.CARRIERS),
        asked_text(match.genre, scheme_terms.GENRES),
        asked_text(match.position, scheme_terms.POSITIONS),
        asked_text(match.mode, scheme_terms.MODES),
        _length_text(match.min_length, match.max_length),
        asked_text(match.group, GROUPS),
    ]
    return " · ".join(str(part) for part in parts if part) or _("Every adoption")


def asked_text(asked: Asked, terms: scheme_terms.Terms) -> str:
    """What is asked for: "City", "other than City", or nothing."""
    if not isinstance(asked, Not):
        return term(terms, asked or "")
    words = "、".join(term(terms, word) for word in sorted(asked.words))
    return _("other than %(words)s") % {"words": words}


def metric_text(metric: str, match: Match = ANY) -> str:
    """What is counted: "items filed (Research article)"."""
    return with_keys(term(scheme_terms.METRICS, metric), match_text(match) if match.keys else "")


def with_keys(what: str, *keys: str) -> str:
    """Something with what it is limited to: "Instruction (Central · Research article)"."""
    given = [key for key in keys if key]
    return _("%(what)s (%(keys)s)") % {"what": what, "keys": " · ".join(given)} if given else what


def _length_text(least: int | None, most: int | None) -> str:
    if least and most:
        return _("%(least)s to %(most)s characters") % {"least": least, "most": most}
    if least:
        return _("%(least)s characters or more") % {"least": least}
    return _("at most %(most)s characters") % {"most": most} if most else ""


def group_label(kind: str) -> str:
    """What units that are ranked together are called."""
    return str(GROUPS.get(kind, kind))


def problem_text(problem: Problem, place: str = "") -> str:
    """One problem of a scheme in a line: where, what, and what is allowed; `place` instead of the path."""
    text = str(FLAWS[problem.flaw])
    if problem.detail:
        text = _("%(text)s: %(allowed)s") % {"text": text, "allowed": problem.detail}
    where = place or problem.path or _("The whole scheme")
    return _("%(place)s: %(problem)s") % {"place": where, "problem": text}
