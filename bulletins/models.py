"""Bulletins, what offices print on them and how they word them, and objections to their lines."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import fields
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bulletins.document.building import title
from bulletins.document.codec import read
from bulletins.document.document import BulletinDocument
from bulletins.document.rows import Letterhead, LineRow
from bulletins.enums import BulletinStatus, ObjectionStatus
from bulletins.historic.printed import PrintedTable
from bulletins.querysets import (
    FOLLOWING,
    BulletinQuerySet,
    HistoricBulletinQuerySet,
    ObjectionQuerySet,
    TextTemplateQuerySet,
)
from kit.numbers import points_text, rates_written
from kit.states import State
from scoring.periods.period import Period


def _person() -> models.ForeignKey[Any, Any]:
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")


class Bulletin(models.Model):
    """A ranking bulletin (通报): draft → objections → checked → signed → issued.

    `document` holds what it says (see `BulletinDocument`); `sha256` is taken over it and names what a person
    read. `looks_from` is the first month that it was made from, `counted` how often its months had been
    counted then: once one is counted again a draft is out of date, as it is when it was found `outdated` for
    another reason, until it is drafted again. From the check on the figures stand still, from the issue on
    everything does: `year` and `number` are given then (第N期). A correction names the issue that it
    `corrects`.
    """

    office = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="bulletins")
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    status = models.CharField(
        _("status"), max_length=10, choices=BulletinStatus, default=BulletinStatus.DRAFT
    )
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="corrected_by")
    correction = models.CharField(_("what is corrected"), max_length=300, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True)
    number = models.PositiveSmallIntegerField(_("number"), null=True)
    cutoff = models.DateTimeField(_("cut-off"))
    document: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    sha256 = models.CharField(max_length=64)
    outdated = models.BooleanField(default=False)
    looks_from = models.DateField()
    counted = models.PositiveIntegerField(default=0)
    editors = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    edited_by = _person()
    edited_at = models.DateTimeField(_("text edited at"), null=True)
    objections_until = models.DateField(_("last day for objections"), null=True)
    opened_by = _person()
    opened_at = models.DateTimeField(_("opened for objections at"), null=True)
    checked_by = _person()
    checked_at = models.DateTimeField(_("checked at"), null=True)
    signed_by = _person()
    signed_at = models.DateTimeField(_("signed at"), null=True)
    issued_by = _person()
    issued_at = models.DateTimeField(_("issued at"), null=True)

    objects = BulletinQuerySet.as_manager()

    #: Figures still follow the facts and the text may be edited.
    FOLLOWING: ClassVar = FOLLOWING
    REOPENABLE: ClassVar = (BulletinStatus.CHECKED, BulletinStatus.SIGNED)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "office",
                "first_day",
                "last_day",
                condition=Q(corrects__isnull=True),
                name="one_bulletin_a_period",
            ),
            models.UniqueConstraint("office", "year", "number", name="bulletin_number_once_a_year"),
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="bulletin_days_in_order"),
            models.CheckConstraint(
                condition=Q(
                    status=BulletinStatus.ISSUED,
                    number__isnull=False,
                    year__isnull=False,
                    issued_at__isnull=False,
                )
                | (~Q(status=BulletinStatus.ISSUED) & Q(number__isnull=True, issued_at__isnull=True)),
                name="issued_bulletin_is_numbered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office} {self.period}"

    def rates(self) -> AbstractContextManager[None]:
        """Where it is shown: rates have the decimals with which they are printed."""
        return rates_written(lambda: int(self.document["letterhead"]["rate_places"]))

    @property
    def period(self) -> Period:
        """The days it covers."""
        return Period.days(self.first_day, self.last_day)

    @property
    def title(self) -> str:
        """The heading, without reading the document."""
        return title(self.period)

    @property
    def state(self) -> State:
        tones = {BulletinStatus.CHECKED: "waiting", BulletinStatus.ISSUED: "done"}
        return State(self.get_status_display(), tones.get(BulletinStatus(self.status), "neutral"))

    @property
    def content(self) -> BulletinDocument:
        """The stored document."""
        return BulletinDocument.from_json(self.document)


class FrozenFacts(models.Model):
    """Everything that the document of a bulletin was computed from, kept so that it can be computed again."""

    bulletin = models.OneToOneField(Bulletin, on_delete=models.CASCADE, related_name="facts")
    data: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()

    def __str__(self) -> str:
        return str(self.bulletin)


class BulletinSettings(models.Model):
    """What an office prints on its bulletins beside figures and text."""

    office = models.OneToOneField("accounts.Unit", on_delete=models.PROTECT, related_name="bulletin_settings")
    red_head = models.CharField(_("red head"), max_length=60, blank=True)
    code = models.CharField(_("number code"), max_length=20, blank=True)
    addressees = models.CharField(_("addressees"), max_length=300, blank=True)
    copies_to = models.CharField(_("copies to"), max_length=300, blank=True)
    signature = models.CharField(_("signature"), max_length=60, blank=True)
    printed_by = models.CharField(_("printed by"), max_length=60, blank=True)
    contact = models.CharField(_("contact"), max_length=100, blank=True)
    rate_places = models.PositiveSmallIntegerField(_("decimals of rates"), default=1)
    revision = models.PositiveIntegerField(default=0)
    changed_by = _person()
    changed_at = models.DateTimeField(_("changed at"), null=True)

    def __str__(self) -> str:
        return str(self.office)

    @property
    def letterhead(self) -> Letterhead:
        """As a document keeps it."""
        return Letterhead(**{field.name: getattr(self, field.name) for field in fields(Letterhead)})


class TextTemplate(models.Model):
    """How an office words one section of its bulletins. Versions are added; the latest holds."""

    office = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="text_templates")
    section = models.CharField(max_length=20)
    version = models.PositiveIntegerField()
    wording = models.TextField(_("wording"))
    created_by = _person()
    created_at = models.DateTimeField()

    objects = TextTemplateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("office", "section", "version", name="text_template_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.section} v{self.version}"


class Objection(models.Model):
    """What a unit holds against one of its own lines (异议), and the administrator's answer. Both stay.

    `line` is the line as it stood then, a `LineRow` as JSON.
    """

    bulletin = models.ForeignKey(Bulletin, on_delete=models.PROTECT, related_name="objections")
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="objections")
    line_key = models.CharField(max_length=200)
    line: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    status = models.CharField(
        _("status"), max_length=10, choices=ObjectionStatus, default=ObjectionStatus.OPEN
    )
    reason = models.CharField(_("reason"), max_length=500)
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField(_("raised at"))
    answer = models.CharField(_("answer"), max_length=500, blank=True)
    answered_by = _person()
    answered_at = models.DateTimeField(_("answered at"), null=True)

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "bulletin",
                "unit",
                "line_key",
                condition=Q(status=ObjectionStatus.OPEN),
                name="one_open_objection_a_line",
            ),
            models.CheckConstraint(
                condition=Q(status=ObjectionStatus.OPEN, answered_at__isnull=True, answered_by__isnull=True)
                | (~Q(status=ObjectionStatus.OPEN) & Q(answered_at__isnull=False, answered_by__isnull=False)),
                name="answered_objection_has_its_answer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bulletin} {self.unit} {self.line_key}"

    @property
    def row(self) -> LineRow | None:
        """The line as it stood; None when something is missing."""
        return read(LineRow, self.line) if self.line else None

    @property
    def about(self) -> str:
        """The line in words; where and when, and what it was worth."""
        if (line := self.row) is None:
            return gettext("Something is missing")
        where = f"（{line.outlet}）" if line.outlet else ""
        worth = gettext("%(points)s points") % {"points": points_text(line.points)}
        return f"{line.item_title or line.remark}{where}，{line.date:%Y-%m-%d}，{worth}"

    @property
    def state(self) -> State:
        tones = {ObjectionStatus.OPEN: "waiting", ObjectionStatus.ACCEPTED: "done"}
        return State(self.get_status_display(), tones.get(ObjectionStatus(self.status), "neutral"))


class HistoricBulletin(models.Model):
    """A bulletin (历史通报) of which only the printed table is known: no items, no adoptions, no rules.

    `table` holds every cell as printed (see `PrintedTable`) and is never corrected. Until
    `confirmed_at` is set it is a preview that nobody but the administrators sees.
    """

    office = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="historic_bulletins")
    title = models.CharField(_("title"), max_length=200)
    number = models.CharField(_("number as printed"), max_length=40, blank=True)
    period_text = models.CharField(_("period"), max_length=40, help_text="as Period writes it")
    start = models.DateField(_("first day"))
    end = models.DateField(help_text="the first day after the period")
    table: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    notes = models.TextField(_("notes"), blank=True, max_length=2000)
    file = models.FileField(max_length=200)
    name = models.CharField(_("file name"), max_length=150)
    sha256 = models.CharField(max_length=64)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    entered_at = models.DateTimeField(_("entered at"))
    confirmed_at = models.DateTimeField(null=True)

    objects = HistoricBulletinQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="historic_bulletin_days_in_order"),
            models.UniqueConstraint(
                "office",
                "title",
                "period_text",
                condition=Q(confirmed_at__isnull=False),
                name="historic_bulletin_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def period(self) -> Period:
        return Period.parse(self.period_text)

    @property
    def content(self) -> PrintedTable:
        """The table as printed."""
        return PrintedTable.from_json(self.table)
