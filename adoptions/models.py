"""What figures are counted from beside filing: outlets, adoptions with their proof and credits, events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from adoptions.entries.models import REVOKED_WITH_REASON, Change, Entry
from adoptions.enums import (
    LEVEL_KINDS,
    MAY_HAVE_LEVEL,
    PENALTIES,
    UNIT_KINDS,
    EventKind,
    Mode,
    OutletLevel,
    Position,
)
from adoptions.outlets.models import Outlet, OutletAlias
from adoptions.querysets import AdoptionQuerySet, EventQuerySet
from kit.states import State
from submissions.enums import Genre

if TYPE_CHECKING:
    from accounts.models import Unit
    from submissions.models import Item

__all__ = [
    "Adoption", "AdoptionChange", "Credit", "Event", "EventChange", "LedgerImport", "Outlet", "OutletAlias"
]  # fmt: skip


class LedgerImport(models.Model):
    """One import of an old ledger: the file itself, and every row's fate."""

    office = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    file = models.FileField(max_length=200)
    name = models.CharField(_("file name"), max_length=150)
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("time"))
    confirmed_at = models.DateTimeField(null=True)
    accepted = models.PositiveIntegerField(_("accepted"), default=0)
    duplicate = models.PositiveIntegerField(_("duplicates"), default=0)
    refused = models.PositiveIntegerField(_("refused"), default=0)
    skipped = models.PositiveIntegerField(_("set aside"), default=0)
    #: What somebody said of the file that it does not say itself (`adoptions.importing.told`).
    told: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    fates: models.JSONField[list[Any], list[Any]] = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.name


class Adoption(Entry):
    """An outlet's use of an issued item. Revoked rows stay; only proven, unrevoked ones count."""

    item = models.ForeignKey("submissions.Item", on_delete=models.PROTECT, related_name="adoptions")
    outlet = models.ForeignKey(
        Outlet, on_delete=models.PROTECT, related_name="adoptions", verbose_name=_("outlet")
    )
    date = models.DateField(_("date of adoption"))
    title = models.CharField(_("published title"), max_length=200, blank=True)
    page = models.CharField(_("page"), max_length=40, blank=True)
    position = models.CharField(_("place on the page"), max_length=10, choices=Position, blank=True)
    length = models.PositiveIntegerField(
        _("length in characters"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    #: What the old ledger says of this adoption, "" when it says nothing; null: it is as the item was filed.
    genre = models.CharField(  # noqa: DJ001 NULL and "" differ, see above
        _("genre"), max_length=12, choices=Genre, null=True, editable=False
    )
    mode = models.CharField(_("mode"), max_length=8, choices=Mode, default=Mode.SINGLE)
    ledger = models.ForeignKey(LedgerImport, on_delete=models.PROTECT, null=True, related_name="adoptions")
    ledger_row = models.PositiveIntegerField(null=True)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = AdoptionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(length__isnull=True) | Q(length__gte=1), name="adoption_of_some_length"
            ),
            models.UniqueConstraint(
                "item",
                "outlet",
                "date",
                condition=Q(revoked_at__isnull=True),
                name="adoption_once_per_outlet_and_day",
            ),
            models.CheckConstraint(
                condition=REVOKED_WITH_REASON,
                name="revoked_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["date", "outlet"], name="adoption_by_day")]

    def __str__(self) -> str:
        return self.title or str(self.item)

    @property
    def proven(self) -> bool:
        """Whether there is evidence: a link, a file, or the office's own ledger it was imported from."""
        return bool(self.link or self.proof_file or self.ledger_id)

    @property
    def state(self) -> State:
        """Whether it counts."""
        if self.revoked_at:
            return State(gettext("Revoked"), "refused")
        proven = self.proven
        return State(gettext("Counted"), "done") if proven else State(gettext("Waiting for proof"), "waiting")

    @property
    def office(self) -> Unit:
        return self.item.office

    @property
    def subject(self) -> Item:
        """What it is an entry of."""
        return self.item


class Credit(models.Model):
    """A unit's share of an adoption, in parts: 1 and 1 is half each."""

    adoption = models.ForeignKey(Adoption, on_delete=models.CASCADE, related_name="credits")
    unit = models.ForeignKey(
        "accounts.Unit", on_delete=models.PROTECT, related_name="credits", verbose_name=_("unit")
    )
    share = models.PositiveSmallIntegerField(
        _("share"), default=1, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )

    class Meta:
        constraints = [models.UniqueConstraint("adoption", "unit", name="unit_credited_once")]

    def __str__(self) -> str:
        return f"{self.unit} {self.share}"


class AdoptionChange(Change):
    adoption = models.ForeignKey(Adoption, on_delete=models.PROTECT, related_name="changes")

    def __str__(self) -> str:
        return f"{self.adoption} {self.at:%Y-%m-%d}"


class Event(Entry):
    """What earns or costs points beside filing and adoption, of an item or of a unit.

    Of an instruction (批示) only level and date are kept, never its words: hence no note and no file.
    """

    office = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=18, choices=EventKind)
    date = models.DateField(_("date"))
    item = models.ForeignKey(
        "submissions.Item",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
        verbose_name=_("item"),
    )
    unit = models.ForeignKey(
        "accounts.Unit",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
        verbose_name=_("unit"),
    )
    level = models.CharField(_("level"), max_length=10, choices=OutletLevel, blank=True)
    count = models.PositiveSmallIntegerField(
        _("occurrences"), default=1, validators=[MinValueValidator(1), MaxValueValidator(1000)]
    )
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = EventQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(item__isnull=True, unit__isnull=False) | Q(item__isnull=False, unit__isnull=True),
                name="event_of_item_or_unit",
            ),
            models.CheckConstraint(
                condition=Q(item__isnull=True) | ~Q(kind__in=sorted(UNIT_KINDS)),
                name="event_of_unit_has_no_item",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=sorted(LEVEL_KINDS)) | ~Q(level=""), name="event_with_its_level"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=sorted(MAY_HAVE_LEVEL)) | Q(level=""), name="event_without_level"
            ),
            models.CheckConstraint(condition=Q(count__gte=1), name="event_at_least_once"),
            models.CheckConstraint(
                condition=~Q(kind=EventKind.INSTRUCTION) | Q(note="", link="", proof_file=""),
                name="instruction_without_its_words",
            ),
            models.CheckConstraint(
                condition=REVOKED_WITH_REASON,
                name="event_revoked_with_reason",
            ),
            models.UniqueConstraint(
                "kind",
                "item",
                "date",
                "level",
                condition=Q(revoked_at__isnull=True, item__isnull=False),
                name="event_once_per_item_and_day",
            ),
            models.UniqueConstraint(
                "kind",
                "unit",
                "date",
                "level",
                condition=Q(revoked_at__isnull=True, unit__isnull=False),
                name="event_once_per_unit_and_day",
            ),
        ]
        indexes = [models.Index(fields=["office", "date"], name="event_by_day")]

    def __str__(self) -> str:
        return f"{EventKind(self.kind).label} {self.date:%Y-%m-%d}"

    @property
    def concerns(self) -> Unit:
        """The unit it concerns: the item's filing unit where it is of an item."""
        unit = self.item.unit if self.item else self.unit
        assert unit is not None, "a constraint says so"
        return unit

    @property
    def subject(self) -> Item | Unit:
        """What it is an entry of."""
        subject = self.item or self.unit
        assert subject is not None, "a constraint says so"
        return subject

    @property
    def costs(self) -> bool:
        return self.kind in PENALTIES

    @property
    def proven(self) -> bool:
        return bool(self.link or self.proof_file)

    @property
    def state(self) -> State:
        """Whether it counts, and on which side."""
        if self.revoked_at:
            return State(gettext("Revoked"), "refused")
        costs = self.costs
        return State(gettext("Costs points"), "returned") if costs else State(gettext("Earns points"), "done")


class EventChange(Change):
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="changes")

    def __str__(self) -> str:
        return f"{self.event} {self.at:%Y-%m-%d}"
