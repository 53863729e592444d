"""The agenda sheet (议题单) of a meeting, to sign on by hand, and the record (审议表) it becomes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from accounts.models import User
from kit.days import to_the_minute
from paper.sheet import Box, Line, Row, Sheet, Table, Tone, box, label, lines, row
from reviews.enums import MeetingKind
from reviews.meetings.agenda import Entry, entries_of, outcome
from reviews.models import Meeting
from reviews.sheets.approval import WHOLE, printed, warning
from submissions.enums import Genre
from submissions.reading import authors_in_words

#: So many characters of a text are its abstract: before the meeting, and in its record.
ABSTRACT: Final = 120
SHORT_ABSTRACT: Final = 60
#: 序号, 稿件, then what the meeting looks at; 261 mm in all.
NUMBER: Final = 14.0
FACTS: Final = (31.0, 99.5, 31.0, 99.5)
#: The least height of an item's row, so that there is room to write, in mm.
ROOM: Final = 30.0


def agenda_sheet(meeting: Meeting, reader: User, now: datetime) -> Sheet:
    """Before the meeting, columns to fill in by hand; once it is concluded, opinions and resolutions."""
    entries = entries_of(meeting)
    record = meeting.concluded_at is not None
    title = _("Record of items discussed") if record else _("Agenda sheet of publicity items")
    agenda = _recorded(entries) if record else _to_fill_in(entries, _points(meeting.kind))
    return Sheet(
        office=meeting.office.name,
        title=f"{meeting.get_kind_display()}{title}",
        left="",
        right=_("%(count)s items") % {"count": len(entries)},
        tables=(Table(FACTS, tuple(_facts(meeting))), agenda, Table(FACTS, tuple(_signatures(meeting)))),
        notes=(),
        printed=printed(reader, now),
        warning=warning(),
        across=True,
    )


def _points(kind: str) -> list[str]:
    """What a meeting of a kind answers for, a column each."""
    if kind == MeetingKind.DIRECTORS:
        return [_("Policy"), _("Content"), _("Wording")]
    return [_("Political direction"), _("Guidance of opinion")]


def _facts(meeting: Meeting) -> Iterator[Row]:
    people = "、".join(person.display_name for person in meeting.members.order_by("unit__position", "pk"))
    yield row(
        [label(_("Time")), box(to_the_minute(meeting.held_at)), label(_("Place")), box(meeting.place or "　")]
    )
    yield row(
        [
            label(_("Chaired by")),
            box(meeting.chair.display_name),
            label(_("Recorded by")),
            box(meeting.recorder.display_name),
        ]
    )
    yield row([label(_("Members called")), box(people, span=3)])


def _to_fill_in(entries: Sequence[Entry], points: Sequence[str]) -> Table:
    """A column for each point, and one for what the meeting resolves."""
    each = 36.0 if len(points) == 3 else 44.0
    widths = (NUMBER, 261 - NUMBER - each * len(points) - 41, *(each for _point in points), 41.0)
    head = row([label(text) for text in (_("No."), _("Item"), *points, _("Resolution"))], head=True)
    rows = [
        row([label(str(place)), _about(entry), *(box() for _point in points), box()], ROOM)
        for place, entry in enumerate(entries, start=1)
    ]
    return Table(widths, (head, *rows))


def _recorded(entries: Sequence[Entry]) -> Table:
    head = row([label(text) for text in (_("No."), _("Item"), _("Opinions"), _("Resolution"))], head=True)
    rows = []
    for place, entry in enumerate(entries, start=1):
        said, resolved = Box(tuple(_said(entry))), box(outcome(entry.row))
        long = sum(len(line.text) for line in (*said.lines, *resolved.lines)) > WHOLE
        rows.append(
            row([label(str(place)), _about(entry, SHORT_ABSTRACT), said, resolved], ROOM, whole=not long)
        )
    return Table((NUMBER, 102.0, 85.0, 60.0), (head, *rows))


def _about(entry: Entry, length: int = ABSTRACT) -> Box:
    content = entry.row.version.content
    number = _("version %(number)s") % {"number": entry.row.version.number}
    facts = [
        content["unit"],
        authors_in_words(content["authors"]),
        str(Genre(content["genre"]).label),
        f"{entry.row.item.number} {number}",
    ]
    said = "".join(content["body"].split("\n"))
    abstract = said if len(said) <= length else f"{said[:length]}……"
    return Box(
        (
            Line(content["title"], Tone.STRONG),
            Line("　".join(facts), Tone.SMALL),
            Line(_("Abstract: %(text)s") % {"text": abstract}, Tone.SMALL),
        )
    )


def _said(entry: Entry) -> Iterator[Line]:
    for speaker in entry.speakers:
        yield Line(speaker.words, Tone.SMALL)
    if entry.writers:
        names = "、".join(person.display_name for person in entry.writers)
        yield Line(_("No say, as its writers: %(names)s") % {"names": names}, Tone.SMALL)


def _signatures(meeting: Meeting) -> Iterator[Row]:
    chair = box(Line("\u3000"), *lines(_("Year      month      day"), Tone.SIGNED))
    yield row([label(_("Members sign")), box(), label(_("The chair signs")), chair], 24)
