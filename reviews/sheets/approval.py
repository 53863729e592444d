"""The approval sheet (审签单) of an item: what was filed, and everybody who answered for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from accounts.models import User
from kit.days import to_the_minute
from paper.sheet import Box, Line, Row, Sheet, Table, Tone, box, label, lines, row
from reviews.chain import LEVELS, ROADS, Level, road_of
from reviews.checklists import in_words
from reviews.enums import SIGNING, Action
from reviews.meetings.agenda import entry_of, name_of, outcome
from reviews.meetings.rules import may_see_meetings
from reviews.models import Decision, SecrecyReview
from reviews.secrecy.questions import SECRECY_QUESTIONS
from reviews.signatures import void_note
from reviews.wording import level_name, signer
from submissions.enums import Genre, Route, Stage, Status
from submissions.models import Item, Version
from submissions.reading import authors_in_words, findings_in_words

WIDTHS: Final = (31.0, 56.0, 31.0, 56.0)
#: The least height of a box in which somebody signs, in mm.
SIGNED_HEIGHT: Final = 27.0
#: A text longer than this may go over the foot of a page, in characters.
WHOLE: Final = 500
#: So much of a version's sha256 as a person compares by eye.
SHORT: Final = 16


def approval_sheet(item: Item, reader: User, now: datetime) -> Sheet:
    """The sheet of a filed item as `reader` prints it; what was said at meetings only for those who see them.

    Writers may be working on a newer text: what is printed is the version that was filed last.
    """
    versions = list(item.versions.select_related("made_by").order_by("number"))
    decisions = list(
        item.decisions.in_order()
        .select_related("by", "acting_for", "version", "undone_by__by")
        .prefetch_related("points", "marked_files")
    )
    rows = [
        *_facts(item, versions[-1]),
        *_texts(item, versions),
        *_secrecy(item, versions[-1]),
        *(_level(level, decisions, versions[-1]) for level in _levels(item, decisions)),
        *_meetings(item, reader),
        *_end(item, decisions),
    ]
    return Sheet(
        office=item.office.name,
        title=_("Approval sheet of a publicity item"),
        left=_("Item number: %(number)s") % {"number": item.number},
        right=_("Urgent") if item.urgent else "",
        tables=(Table(WIDTHS, tuple(rows)),),
        notes=(),
        printed=printed(reader, now),
        warning=warning(),
    )


def printed(reader: User, now: datetime) -> str:
    shown = {"time": to_the_minute(now), "name": reader.display_name}
    return _("Printed at %(time)s by %(name)s") % shown


def warning() -> str:
    return _(
        "This system is not for classified information. Entering state or work secrets is strictly forbidden."
    )


def _facts(item: Item, version: Version) -> Iterator[Row]:
    content = version.content
    yield row([label(_("Title")), box(Line(content["title"], Tone.STRONG), span=3)], 14)
    round_name = f"（{content['round']}）" if content["round"] else ""
    yield _pair(_("Unit"), content["unit"], _("Authors"), authors_in_words(content["authors"]))
    yield _pair(_("Submitter"), item.submitter.display_name, _("Checker of the unit"), content["checker"])
    stage = f"{Stage(content['stage']).label}{round_name}"
    yield _pair(_("Genre"), str(Genre(content["genre"]).label), _("Stage"), stage)
    filed = to_the_minute(item.submitted_at) if item.submitted_at else "—"
    importance = str(Route(content["route"]).label)
    if content["route_reason"]:
        importance = f"{importance}：{content['route_reason']}"
    yield _pair(_("Filed at"), filed, _("Importance"), importance)


def _pair(first: str, one: str, second: str, other: str) -> Row:
    return row([label(first), box(one or "—"), label(second), box(other or "—")])


def _wide(name: str, shown: Sequence[Line], height: float = 8.5) -> Row:
    long = sum(len(line.text) for line in shown) > WHOLE
    return row([label(name), Box(tuple(shown), span=3)], height, whole=not long)


def _texts(item: Item, versions: list[Version]) -> Iterator[Row]:
    """The versions that were filed, and what the checks said of the last of them."""
    shown = []
    for version in versions:
        told = {
            "number": version.number,
            "time": to_the_minute(version.made_at),
            "name": version.made_by.display_name,
            "code": version.sha256[:SHORT],
        }
        words = _("Version %(number)s, %(time)s, %(name)s, check code %(code)s") % told
        shown.append(Line(words, Tone.SMALL))
    yield _wide(_("Versions filed"), shown)
    findings = findings_in_words(versions[-1])
    if findings:
        told_lines = [
            Line(f"{told.severity}：{told.reason}（{told.place}{_quoted(told.finding.found)}）", Tone.SMALL)
            for told in findings
        ]
        yield _wide(_("What the checks found"), told_lines)


def _quoted(text: str) -> str:
    return f"“{text}”" if text else ""


def _secrecy(item: Item, version: Version) -> Iterator[Row]:
    """Who answers for the text's being free of secrets, and the separate secrecy review."""
    declared = _("The writers have declared the item free of state and work secrets.")
    shown = list(lines(declared))
    if version.content["secrecy_statement"]:
        shown += lines(f"{version.content['secrecy_stated_by']}：{version.content['secrecy_statement']}")
    yield _wide(_("Secrecy statement"), shown)
    reviews = item.secrecy_reviews.select_related("by", "version").order_by("at")
    shown = [line for review in reviews for line in _secrecy_review(review, version)]
    if shown:
        yield _wide(_("Secrecy review"), shown)


def _secrecy_review(review: SecrecyReview, current: Version) -> Iterator[Line]:
    verdict = _("fit to be published") if review.clear else _("not fit to be published")
    yield Line("：".join(part for part in (verdict, review.comment) if part))
    found = "；".join(str(words) for code, words in SECRECY_QUESTIONS.items() if review.answers.get(code))
    yield Line(_("In the text: %(found)s") % {"found": found or _("none of what was asked")}, Tone.SMALL)
    yield _signature(review.by.display_name, review.by.post, review.version, review.at)
    if review.version.sha256 != current.sha256:
        yield Line(_("(The text was changed afterwards: this no longer counts.)"), Tone.SMALL)


def _levels(item: Item, decisions: Sequence[Decision]) -> list[Level]:
    """The levels of the item's road, and those at which somebody signed before its road was another."""
    levels = list(ROADS[road_of(item)])
    others = [LEVELS[Status(d.source)] for d in decisions if d.source in LEVELS and d.action in SIGNING]
    return [*dict.fromkeys(level for level in others if level not in levels), *levels]


def _level(level: Level, decisions: Sequence[Decision], current: Version) -> Row:
    """A box for everything that was decided at a level; an empty one is left to sign by hand."""
    name = "\n".join(part for part in (level_name(level.waiting), str(level.role.label)) if part)
    others = {Action.WITHDRAW, Action.UNDO}
    here = [each for each in decisions if each.source == level.waiting and each.action not in others]
    shown = [line for decision in here for line in _decision(decision, current)]
    shown = shown or list(lines(_("Signed:          Year      month      day"), Tone.SIGNED))
    return _wide(name, shown, SIGNED_HEIGHT)


def _decision(decision: Decision, current: Version) -> Iterator[Line]:
    undone = getattr(decision, "undone_by", None)
    plain, signed = (Tone.STRUCK, Tone.STRUCK_SIGNED) if undone else (Tone.PLAIN, Tone.SIGNED)
    if decision.by is None:
        yield Line(_("Nobody else may decide at this level, so it is passed over."))
        yield Line(to_the_minute(decision.at), signed)
        return
    said = [str(decision.get_action_display()), *decision.comment.splitlines()]
    yield from (Line(part, plain) for part in "：".join(said[:2]).splitlines() if part)
    yield from (Line(part, plain) for part in said[2:] if part.strip())
    for point in decision.points.all():
        text = f"{point.position}. {point.get_reason_display()}{'：' if point.text else ''}{point.text}"
        yield Line(text, plain)
    if files := "、".join(file.name for file in decision.marked_files.all()):
        yield Line(_("marked in: %(files)s") % {"files": files}, Tone.SMALL)
    ticked = "、".join(in_words(decision.source, decision.checked))
    if ticked:
        yield Line(_("looked at: %(points)s") % {"points": ticked}, Tone.SMALL)
    yield _signature(signer(decision), decision.by.post, decision.version, decision.at, signed)
    if undone:
        yield Line(_("(Undone by %(name)s.)") % {"name": undone.by}, Tone.SMALL)
    elif note := void_note(decision, current):
        yield Line(f"（{note}）", Tone.SMALL)


def _signature(name: str, post: str, version: Version, moment: datetime, tone: Tone = Tone.SIGNED) -> Line:
    number = _("version %(number)s") % {"number": version.number}
    who = f"{post} {name}" if post else name
    return Line(f"{who}　{number}　{to_the_minute(moment)}", tone)


def _meetings(item: Item, reader: User) -> Iterator[Row]:
    """What meetings said of the item."""
    entries = item.agenda_entries.filter(meeting__concluded_at__isnull=False)
    for entry in entries.select_related("meeting__chair", "version").order_by("meeting__held_at"):
        shown = [Line(f"{name_of(entry.meeting)}：{outcome(entry)}")]
        if may_see_meetings(reader):
            shown += [Line(speaker.words, Tone.SMALL) for speaker in entry_of(entry).speakers]
        yield _wide(_("Meeting's opinions"), shown)


def _end(item: Item, decisions: Sequence[Decision]) -> Iterator[Row]:
    """When the item was issued, by whose signature."""
    last = next((each for each in reversed(decisions) if each.target == Status.ISSUED), None)
    if item.issued_at and last:
        by = signer(last) if last.by else "—"
        yield _pair(_("Issued at"), to_the_minute(item.issued_at), _("Issued by"), by)
    elif item.status == Status.MERGED and item.merged_into:
        yield _wide(_("Merged into"), lines(f"{item.merged_into.number} {item.merged_into}"))
    else:
        yield _wide(_("State"), lines(str(item.get_status_display())))
