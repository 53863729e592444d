"""An agenda as it is read: every item with who has said what of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from kit.days import in_words
from reviews.enums import Stance
from reviews.models import AgendaItem, Meeting, Opinion


@dataclass(frozen=True, slots=True)
class Speaker:
    """A member who has a say on an item; `opinion` is None until there is one."""

    member: User
    opinion: Opinion | None

    @property
    def words(self) -> str:
        """张三：同意。内容属实"""
        if self.opinion is None:
            return _("%(name)s: no opinion yet") % {"name": self.member.display_name}
        said = [str(self.opinion.get_stance_display()), self.opinion.text]
        return f"{self.member.display_name}：{'，'.join(part for part in said if part)}"


@dataclass(frozen=True, slots=True)
class Entry:
    """An item on the agenda; `writers` are the members who wrote it and therefore have no say."""

    row: AgendaItem
    speakers: list[Speaker]
    writers: list[User]

    @property
    def missing(self) -> list[User]:
        """Who has not said anything."""
        return [speaker.member for speaker in self.speakers if speaker.opinion is None]

    @property
    def present(self) -> list[User]:
        return [
            speaker.member
            for speaker in self.speakers
            if speaker.opinion is not None and speaker.opinion.stance != Stance.ABSENT
        ]

    @property
    def changed(self) -> bool:
        """Whether the text is no longer the one that was put on the agenda."""
        return self.row.item.version != self.row.version.number

    @property
    def counts(self) -> str:
        """How many are of which opinion: 同意3、缺席1."""
        given = [speaker.opinion.stance for speaker in self.speakers if speaker.opinion]
        return "、".join(f"{stance.label}{given.count(stance)}" for stance in Stance if stance in given)

    @property
    def undone(self) -> bool:
        return was_undone(self.row)

    @property
    def title(self) -> str:
        return str(self.row.version.content["title"])


def entries_of(meeting: Meeting) -> list[Entry]:
    """The agenda in its order, in a fixed number of queries."""
    members = list(meeting.members.order_by("unit__position", "pk"))
    return [_entry(row, members) for row in _rows(AgendaItem.objects.filter(meeting=meeting))]


def entry_of(row: AgendaItem) -> Entry:
    members = list(row.meeting.members.order_by("unit__position", "pk"))
    return _entry(next(iter(_rows([row]))), members)


def _rows(rows: Iterable[AgendaItem]) -> Iterable[AgendaItem]:
    pks = [row.pk for row in rows]
    return (
        AgendaItem.objects.filter(pk__in=pks)
        .select_related("meeting", "item__unit", "item__office", "version__made_by", "decision__undone_by")
        .prefetch_related(
            Prefetch("opinions", Opinion.objects.select_related("member", "recorded_by")),
            "item__writers",
            "item__authorships",
        )
        .order_by("position", "pk")
    )


def _entry(row: AgendaItem, members: list[User]) -> Entry:
    wrote = {row.item.submitter_id}
    wrote |= {writer.user_id for writer in row.item.writers.all()}
    wrote |= {author.user_id for author in row.item.authorships.all() if author.user_id}
    opinions = {opinion.member_id: opinion for opinion in row.opinions.all()}
    return Entry(
        row,
        [Speaker(member, opinions.get(member.pk)) for member in members if member.pk not in wrote],
        [member for member in members if member.pk in wrote],
    )


def name_of(meeting: Meeting) -> str:
    """2026年4月10日主任办公会."""
    return f"{in_words(timezone.localdate(meeting.held_at))}{meeting.get_kind_display()}"


def outcome(row: AgendaItem) -> str:
    """What was resolved on an item, and what became of it."""
    if row.approved is None:
        return _("No resolution: it goes on waiting.") if row.meeting.concluded_at else ""
    said = _("Resolved to approve") if row.approved else _("Resolved to return for revision")
    words = f"{said}：{row.resolution}" if row.resolution else said
    left = row.failure or (_("taken back afterwards") if was_undone(row) else "")
    return f"{words}（{left}）" if left else words


def was_undone(row: AgendaItem) -> bool:
    """Whether the chair took the step back that the resolution had led to."""
    return row.decision is not None and hasattr(row.decision, "undone_by")
