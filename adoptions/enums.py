"""The words that describe outlets and adoptions."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OutletLevel(models.TextChoices):
    CENTRAL = "central", _("Central")
    PROVINCE = "province", _("Autonomous region or province")
    CITY = "city", _("City")
    COUNTY = "county", _("County level")


class Carrier(models.TextChoices):
    NEWSPAPER = "newspaper", _("Newspaper")
    JOURNAL = "journal", _("Journal")
    WEBSITE = "website", _("Website")
    APP = "app", _("App")
    SOCIAL = "social", _("Social media account")
    BROADCAST = "broadcast", _("Broadcast")
    INTERNAL = "internal", _("Internal bulletin")


class Mode(models.TextChoices):
    SINGLE = "single", _("Single item")
    MERGED = "merged", _("Merged with others")
    BRIEF = "brief", _("Brief")
    REPOST = "repost", _("Repost")


class Position(models.TextChoices):
    """Where on the page an outlet printed it; anywhere else is blank."""

    FRONT_LEAD = "front_lead", _("Front page headline")
    FRONT = "front", _("Front page")


class EventKind(models.TextChoices):
    """What earns or costs points beside filing and adoption."""

    INSTRUCTION = "instruction", _("Instruction")
    COMMISSION_FILED = "commission_filed", _("Commission filed")
    COMMISSION_ADOPTED = "commission_adopted", _("Commission adopted")
    FORWARDED = "forwarded", _("Forwarded up")
    TASK = "task", _("Task organised")
    LATE = "late", _("Filed late")
    MISSING = "missing", _("Filings missing")
    COMMISSION_MISSED = "commission_missed", _("Commission missed")
    UNTRUE = "untrue", _("Untrue report")
    NEGATIVE = "negative", _("Negative report")


#: What happens to a unit and never to one item of it.
UNIT_KINDS = frozenset({EventKind.TASK, EventKind.MISSING, EventKind.COMMISSION_MISSED, EventKind.NEGATIVE})
#: Kinds that say how high up it happened: whose instruction, forwarded to whom.
LEVEL_KINDS = frozenset({EventKind.INSTRUCTION, EventKind.FORWARDED})
#: Kinds that may say it: who commissioned, who gave the task. The others have no level.
MAY_HAVE_LEVEL = LEVEL_KINDS | {EventKind.COMMISSION_FILED, EventKind.COMMISSION_ADOPTED, EventKind.TASK}
#: Kinds that cost points.
PENALTIES = frozenset(
    {
        EventKind.LATE,
        EventKind.MISSING,
        EventKind.COMMISSION_MISSED,
        EventKind.UNTRUE,
        EventKind.NEGATIVE,
    }
)
