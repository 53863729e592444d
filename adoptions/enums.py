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
