"""What was decided on an item, and who may not decide on it. Rows are only ever added."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from reviews.enums import SIGNING, Action
from reviews.querysets import DecisionQuerySet
from submissions.enums import Status


class Decision(models.Model):
    """One step an item took (审核意见): who, as what, on which version, from where to where.

    `by` is empty for a recusal, which the system records when nobody may decide at a level.
    """

    item = models.ForeignKey("submissions.Item", on_delete=models.PROTECT, related_name="decisions")
    version = models.ForeignKey("submissions.Version", on_delete=models.PROTECT, related_name="decisions")
    action = models.CharField(_("decision"), max_length=10, choices=Action)
    source = models.CharField(max_length=20, choices=Status)
    target = models.CharField(max_length=20, choices=Status)
    role = models.CharField(_("role"), max_length=20, choices=Role)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="decisions",
        verbose_name=_("by"),
    )
    comment = models.TextField(_("comment"), max_length=2000, blank=True)
    #: Codes of the points of `reviews.checklists` that the person ticked; part of what is signed.
    checked: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    at = models.DateTimeField(_("time"))

    objects = DecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(action=Action.RECUSE, by__isnull=True)
                | Q(~Q(action=Action.RECUSE), by__isnull=False),
                name="decision_has_its_person",
            ),
            models.CheckConstraint(
                condition=~Q(action=Action.RETURN, comment=""), name="return_has_a_reason"
            ),
        ]
        indexes = [
            models.Index(
                fields=["by", "at"], name="decision_of_person", condition=Q(action__in=sorted(SIGNING))
            )
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.get_action_display()}"


class Writer(models.Model):
    """Somebody who filed a version of an item or was an author of it when it was filed.

    They never decide on that item, not even when a later version no longer names them.
    """

    item = models.ForeignKey("submissions.Item", on_delete=models.PROTECT, related_name="writers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="writings")

    class Meta:
        constraints = [models.UniqueConstraint("item", "user", name="writer_once_per_item")]

    def __str__(self) -> str:
        return f"{self.item} {self.user}"


class CalendarDay(models.Model):
    """A day on which an office works though it is a weekend, or rests though it is none (节假日和调休)."""

    office = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+", editable=False)
    date = models.DateField(_("date"))
    works = models.BooleanField(_("that day"), default=False)
    name = models.CharField(_("holiday"), max_length=30, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("office", "date", name="calendar_day_once_in_office")]

    def __str__(self) -> str:
        return f"{self.date} {self.name}"


class ReviewTerm(models.Model):
    """How many working days an office gives a level of review; see `reviews.clocks` for the default."""

    office = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+", editable=False)
    level = models.CharField(_("level"), max_length=20, choices=Status)
    days = models.PositiveSmallIntegerField(_("working days"))
    urgent_days = models.PositiveSmallIntegerField(_("working days when urgent"))

    class Meta:
        constraints = [
            models.UniqueConstraint("office", "level", name="term_once_for_level_of_office"),
            models.CheckConstraint(condition=Q(days__gte=1, urgent_days__gte=1), name="term_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.get_level_display()} {self.days}"
