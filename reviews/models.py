"""What was decided on an item, and who may not decide on it. Rows are only ever added."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from reviews.enums import SIGNING, Action, FitToSign, MeetingKind, Reason, Secrecy, Stance
from reviews.querysets import DecisionQuerySet
from submissions.enums import Chain, Status


class Decision(models.Model):
    """One step an item took (审核意见): who, as what, on which version, from where to where.

    `by` is empty for a recusal, which the system records when nobody may decide at a level. A return says
    what to revise in its comment or in its points.
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
    #: The person away for whom a stand-in signed (某某代).
    acting_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="decisions_by_stand_in"
    )
    #: The decision that this one takes back; what is taken back answers for nothing any more.
    undoes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="undone_by")
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
        ]
        indexes = [
            models.Index(
                fields=["by", "at"], name="decision_of_person", condition=Q(action__in=sorted(SIGNING))
            )
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.get_action_display()}"


class ReturnPoint(models.Model):
    """One thing a return asks for, and what the writers say they did about it."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="points")
    position = models.PositiveSmallIntegerField()
    reason = models.CharField(_("reason"), max_length=12, choices=Reason)
    text = models.CharField(_("what to revise"), max_length=500, blank=True)
    #: Typed with the working text; counts once `answered_in` is set, the version filed with it.
    done = models.BooleanField(_("done"), default=False)
    answer = models.CharField(_("answer"), max_length=300, blank=True)
    answered_in = models.ForeignKey(
        "submissions.Version", on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [models.UniqueConstraint("decision", "position", name="return_point_once")]

    def __str__(self) -> str:
        return self.text or str(self.get_reason_display())


class MarkedFile(models.Model):
    """A file in which a reviewer marked what they mean; part of their decision."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="marked_files")
    file = models.FileField(max_length=200)
    name = models.CharField(max_length=150)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.name


class SecrecyReview(models.Model):
    """The separate secrecy review (保密审查) of a version, by somebody who neither wrote nor signed it."""

    item = models.ForeignKey("submissions.Item", on_delete=models.PROTECT, related_name="secrecy_reviews")
    version = models.ForeignKey(
        "submissions.Version", on_delete=models.PROTECT, related_name="secrecy_reviews"
    )
    #: Code of each question → whether it applies; see `secrecy.questions`.
    answers: models.JSONField[dict[str, bool], dict[str, bool]] = models.JSONField()
    clear = models.BooleanField(_("fit to be published"))
    comment = models.CharField(_("comment"), max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    def __str__(self) -> str:
        return f"{self.item} {self.by}"


class Assignment(models.Model):
    """Who of several holders of a level's role is to decide on an item there; the latest row counts."""

    item = models.ForeignKey("submissions.Item", on_delete=models.PROTECT, related_name="assignments")
    level = models.CharField(max_length=20, choices=Status)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="assignments",
        verbose_name=_("person"),
    )
    comment = models.CharField(_("comment"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.item} {self.person}"


class Opened(models.Model):
    """When a reviewer first had a version of an item before them: only such ones are approved in a batch."""

    item = models.ForeignKey("submissions.Item", on_delete=models.CASCADE, related_name="+")
    version = models.PositiveIntegerField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("user", "item", "version", name="opened_once")]

    def __str__(self) -> str:
        return f"{self.user} {self.item_id}/{self.version}"


class OfficeRule(models.Model):
    """How an office reviews; without a row: three levels, no separate secrecy review."""

    office = models.OneToOneField("accounts.Unit", on_delete=models.PROTECT, related_name="review_rule")
    chain = models.CharField(
        _("chain of review"),
        max_length=12,
        choices=[(chain.value, chain.label) for chain in (Chain.THREE_LEVELS, Chain.COUNTY)],
        default=Chain.THREE_LEVELS,
    )
    secrecy = models.CharField(
        _("separate secrecy review"), max_length=10, choices=Secrecy, default=Secrecy.NONE
    )
    stand_ins = models.CharField(
        _("who may stand in"), max_length=10, choices=FitToSign, default=FitToSign.STAFF
    )

    def __str__(self) -> str:
        return f"{self.office} {self.get_chain_display()}"


class CheckedUnit(models.Model):
    """A unit whose own head signs its items in the system before the office's levels."""

    unit = models.OneToOneField("accounts.Unit", on_delete=models.PROTECT, related_name="own_check")
    since = models.DateTimeField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.unit)


class Meeting(models.Model):
    """A meeting that decides on items: one agenda sheet, with what every member said (会议审议)."""

    office = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+", editable=False)
    kind = models.CharField(_("meeting"), max_length=10, choices=MeetingKind)
    held_at = models.DateTimeField(_("time"))
    place = models.CharField(_("place"), max_length=60, blank=True)
    chair = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("chaired by")
    )
    recorder = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )
    #: Who was called to the meeting; whoever did not come has the opinion "absent" of its items.
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="meetings", verbose_name=_("members")
    )
    created_at = models.DateTimeField()
    concluded_at = models.DateTimeField(_("concluded at"), null=True)

    def __str__(self) -> str:
        return str(self.get_kind_display())


class AgendaItem(models.Model):
    """An item on a meeting's agenda, as the version that was on the table, and what was resolved."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="agenda")
    item = models.ForeignKey("submissions.Item", on_delete=models.PROTECT, related_name="agenda_entries")
    version = models.ForeignKey("submissions.Version", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    approved = models.BooleanField(_("resolved to approve"), null=True)
    resolution = models.CharField(_("resolution"), max_length=500, blank=True)
    #: The chair's step that carried the resolution out, or why it could not be taken.
    decision = models.OneToOneField(
        Decision, on_delete=models.PROTECT, null=True, related_name="agenda_entry"
    )
    failure = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("meeting", "item", name="item_once_on_agenda")]

    def __str__(self) -> str:
        return f"{self.meeting} {self.item}"


class Opinion(models.Model):
    """What a member said of an item at a meeting."""

    entry = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="opinions")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("member")
    )
    stance = models.CharField(_("opinion"), max_length=10, choices=Stance)
    text = models.CharField(_("remark"), max_length=300, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("entry", "member", name="opinion_once_per_member")]

    def __str__(self) -> str:
        return f"{self.member} {self.get_stance_display()}"


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
    """How many working days an office gives a level; see `reviews.deadlines.clocks` for the default."""

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
