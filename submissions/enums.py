"""The words that describe an item."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """Where an item stands. Which step leads where is written in `reviews.chain`."""

    DRAFT = "draft", _("Draft")
    UNIT_REVIEW = "unit_review", _("With the head of its unit")
    SECTION_REVIEW = "section_review", _("With the section head")
    SUPERVISING_REVIEW = "supervising_review", _("With the supervising leader")
    PRINCIPAL_REVIEW = "principal_review", _("With the principal leader")
    GROUP_REVIEW = "group_review", _("With the leading group")
    MEETING_REVIEW = "meeting_review", _("For the director's meeting")
    UNIT_RETURN = "unit_return", _("Returned by the head of its unit")
    SECTION_RETURN = "section_return", _("Returned by the section head")
    SUPERVISING_RETURN = "supervising_return", _("Returned by the supervising leader")
    PRINCIPAL_RETURN = "principal_return", _("Returned by the principal leader")
    GROUP_RETURN = "group_return", _("Returned by the leading group")
    MEETING_RETURN = "meeting_return", _("Returned by the director's meeting")
    MERGED = "merged", _("Merged into another item")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    ISSUED = "issued", _("Issued")


IN_REVIEW = frozenset(
    {
        Status.UNIT_REVIEW,
        Status.SECTION_REVIEW,
        Status.SUPERVISING_REVIEW,
        Status.PRINCIPAL_REVIEW,
        Status.GROUP_REVIEW,
        Status.MEETING_REVIEW,
    }
)
RETURNED = frozenset(
    {
        Status.UNIT_RETURN,
        Status.SECTION_RETURN,
        Status.SUPERVISING_RETURN,
        Status.PRINCIPAL_RETURN,
        Status.GROUP_RETURN,
        Status.MEETING_RETURN,
    }
)
#: The author's to change; the text in the other states belongs to the reviewers.
EDITABLE = frozenset({Status.DRAFT, Status.WITHDRAWN, *RETURNED})
#: Neither counts as filed.
NOT_FILED = frozenset({Status.DRAFT, Status.WITHDRAWN})


class ReviewLevel(models.TextChoices):
    """Whose desk an item is on, or came back from."""

    UNIT = "unit", _("Unit head")
    SECTION = "section", _("Section head")
    SUPERVISING = "supervising", _("Supervising leader")
    PRINCIPAL = "principal", _("Principal leader")
    GROUP = "group", _("Leading group")
    MEETING = "meeting", _("Director's meeting")

    @property
    def statuses(self) -> frozenset[Status]:
        """Waiting at this level, or returned by it."""
        return frozenset({Status(f"{self.value}_review"), Status(f"{self.value}_return")})


class Route(models.TextChoices):
    ORDINARY = "ordinary", _("Ordinary item")
    IMPORTANT = "important", _("Important item")


class Chain(models.TextChoices):
    """Which levels an item passes; settled when it is filed, see `reviews.chain`."""

    THREE_LEVELS = "three", _("Three levels")
    UNIT_FIRST = "unit_three", _("The unit's own check, then three levels")
    COUNTY = "county", _("County rule")
    UNIT_FIRST_COUNTY = "unit_county", _("The unit's own check, then the county rule")


class Genre(models.TextChoices):
    NEWS = "news", _("News")
    INFORMATION = "information", _("Information brief")
    EXPERIENCE = "experience", _("Experience report")
    RESEARCH = "research", _("Research article")
    ANALYSIS = "analysis", _("Problem analysis")
    COMMENTARY = "commentary", _("Commentary")
    FEATURE = "feature", _("Feature")
    PICTURE = "picture", _("Picture or video")


class Stage(models.TextChoices):
    BEFORE = "before", _("Before the inspection")
    DURING = "during", _("During the inspection")
    AFTER = "after", _("After the inspection")


class TopicKind(models.TextChoices):
    KEY = "key", _("Key work")
    HIGHLIGHT = "highlight", _("Highlight")
    HOT = "hot", _("Hot topic")


class Origin(models.TextChoices):
    FILED = "filed", _("Filed here")
    LEDGER = "ledger", _("From the old ledger")


class WordSeverity(models.TextChoices):
    """What a wrong word asks of the writer; OFF silences a shipped entry."""

    HINT = "hint", _("Hint")
    BLOCK = "block", _("Must be corrected")
    OFF = "off", _("Not looked for")
