from django.db import models
from django.utils.translation import gettext_lazy as _


class Measure(models.TextChoices):
    FILED = "filed", _("Items filed")
    ISSUED = "issued", _("Items issued")
    ADOPTED = "adopted", _("Adoptions")
    POINTS = "points", _("Points")
