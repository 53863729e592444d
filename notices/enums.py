"""What people are told of."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    ARRIVED = "arrived", _("Waiting for my review")
    RETURNED = "returned", _("Came back to me")
    MOVED = "moved", _("My item went on")
    ISSUED = "issued", _("My item was issued")
    CHANGED = "changed", _("What I signed was changed or sent back")
    DUE = "due", _("A review is due")
    URGED = "urged", _("Somebody asks me to hurry")
    ESCALATED = "escalated", _("A review below me is late")
    MEETING = "meeting", _("Meetings and agendas")
    STAND_IN = "stand_in", _("Stand-ins and re-assignments")
    DIGEST = "digest", _("Monday digest")
