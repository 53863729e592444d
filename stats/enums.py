"""The life of an adjustment."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AdjustmentStatus(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Not approved")
    WITHDRAWN = "withdrawn", _("Proposal withdrawn")
