"""What a reviewer has before them when deciding: the filed text, what changed since, what was decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from reviews.chain import Level, approval, behind, road_of
from reviews.comparing.comparison import Comparison, between
from reviews.enums import SIGNING, Action
from reviews.models import Decision, ReturnPoint
from reviews.querysets import anybody_decides
from reviews.rules import LevelAhead, levels_ahead
from reviews.wording import HistoryLine, after_approval, history_line, role_at
from submissions.models import Attachment, Item, Version
from submissions.reading import Alike, alike, facts_of, files_of, findings_in_words
from submissions.wording import Told


@dataclass(frozen=True, slots=True)
class DecisionPage:
    """Everything the decision page shows of one item."""

    item: Item
    version: Version
    versions: list[Version]
    facts: list[tuple[str, str]]
    attachments: list[Attachment]
    findings: list[Told]
    alike: list[Alike]
    comparison: Comparison | None
    other_bases: list[tuple[int, str]]
    history: list[HistoryLine]
    asked: list[Asked]
    ahead: list[LevelAhead]
    earlier: list[Earlier]
    approval: Action
    consequence: str


def page_for(item: Item, reader: User, now: datetime, base: int | None = None) -> DecisionPage:
    """Gather the page for `reader`; the text is compared with version `base`, or else with the version
    the reader answered for last, or else with the one before."""
    versions = list(item.versions.select_related("made_by").order_by("-number"))
    current = versions[0]
    ahead = levels_ahead(item, now, signing=reader)
    decisions = list(item.decisions.in_order())
    signed = _last_signed(decisions, reader)
    comparison = _comparison(versions, signed, base)
    return DecisionPage(
        item=item,
        version=current,
        versions=versions,
        facts=[(_("Item number"), item.number or ""), *facts_of(current.content)],
        attachments=files_of(item, current.content),
        findings=findings_in_words(current),
        alike=alike(item, reader),
        comparison=comparison,
        other_bases=_other_bases(comparison, signed, current.number),
        history=[history_line(decision, current) for decision in decisions],
        asked=asked_so_far(decisions),
        ahead=ahead,
        earlier=earlier_levels(item, decisions, now),
        approval=approval(road_of(item), item.status),
        consequence=after_approval(ahead),
    )


def _last_signed(decisions: Sequence[Decision], reader: User) -> int | None:
    """The version the reader answered for last."""
    signed = [each.version.number for each in decisions if each.by == reader and each.action in SIGNING]
    return signed[-1] if signed else None


def _comparison(versions: list[Version], signed: int | None, base: int | None) -> Comparison | None:
    by_number = {version.number: version for version in versions[1:]}
    chosen = next((by_number[n] for n in (base, signed, versions[0].number - 1) if n in by_number), None)
    return between(chosen, versions[0], signed=chosen.number == signed) if chosen else None


def _other_bases(shown: Comparison | None, signed: int | None, current: int) -> list[tuple[int, str]]:
    """Number and name of the versions one also wants to compare with: as first filed, and as last signed."""
    names = {1: _("the text first filed")}
    if signed:
        names[signed] = _("the text I decided on (version %(number)s)") % {"number": signed}
    unseen = {current, shown.base if shown else current}
    return [(number, name) for number, name in names.items() if number not in unseen]


@dataclass(frozen=True, slots=True)
class Asked:
    """A return, and its points with what the writers answered."""

    decision: Decision
    points: list[ReturnPoint]


def asked_so_far(decisions: Sequence[Decision]) -> list[Asked]:
    """What was asked for in points so far, the latest first; `decisions` are those of `in_order`."""
    taken_back = {decision.undoes_id for decision in decisions}
    asked = [
        Asked(decision, sorted(decision.points.all(), key=lambda point: point.position))
        for decision in reversed(decisions)
        if decision.pk not in taken_back
    ]
    return [each for each in asked if each.points]


@dataclass(frozen=True, slots=True)
class Earlier:
    """A level to which the item can be sent back, and who signed it there last; "" when nobody did."""

    level: Level
    signer: str

    @property
    def role(self) -> str:
        return role_at(self.level.waiting)


def earlier_levels(item: Item, decisions: Sequence[Decision], now: datetime) -> list[Earlier]:
    """The levels before the present one, without those at which nobody may decide."""
    signers = {each.source: str(each.by) for each in decisions if each.by and each.action in SIGNING}
    return [
        Earlier(level, signers.get(level.waiting, ""))
        for level in behind(road_of(item), item.status)
        if anybody_decides(item, level, now)
    ]
