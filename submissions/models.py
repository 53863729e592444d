"""Items as filed: text, authors, attachments, versions, and the months whose figures they move."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from submissions.enums import NOT_FILED, Chain, Genre, Origin, Route, Stage, Status, TopicKind, WordSeverity
from submissions.querysets import ItemQuerySet
from submissions.search import document_bigrams


class Round(models.Model):
    """An inspection round (巡察轮次) of an office."""

    office = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="rounds")
    name = models.CharField(_("round"), max_length=60)
    starts = models.DateField(_("starts"))
    ends = models.DateField(_("ends"))

    class Meta:
        constraints = [
            models.UniqueConstraint("office", "name", name="round_name_once_in_office"),
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="round_in_order"),
        ]

    def __str__(self) -> str:
        return self.name


class Item(models.Model):
    """A publicity item (稿件).

    The columns hold the text its author works on; `Version` holds what was filed.
    `reviews.steps.services.take_step` alone changes `status`.
    """

    office = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+", editable=False)
    unit = models.ForeignKey(
        "accounts.Unit", on_delete=models.PROTECT, related_name="items", verbose_name=_("unit")
    )
    # Null until filed: any number of drafts, but every number once.
    number = models.CharField(  # noqa: DJ001 unique, so none is NULL
        _("item number"), max_length=40, unique=True, null=True, editable=False
    )
    title = models.CharField(_("title"), max_length=120, blank=True)
    #: The title that was filed last, which the item is called by; blank until it is filed.
    filed_title = models.CharField(max_length=120, blank=True, editable=False)
    #: The body as cleaned HTML (`submissions.markup`); `body` holds its words alone, to search, check,
    #: compare and export. Whoever writes one writes both.
    html = models.TextField(blank=True, editable=False)
    body = models.TextField(_("body"), blank=True)
    genre = models.CharField(_("genre"), max_length=12, choices=Genre, default=Genre.NEWS)
    #: How long the old ledger says it was, in characters: its text is not here.
    told_length = models.PositiveIntegerField(null=True, editable=False)
    stage = models.CharField(_("stage"), max_length=8, choices=Stage, default=Stage.DURING)
    round = models.ForeignKey(
        Round, on_delete=models.PROTECT, null=True, blank=True, related_name="items", verbose_name=_("round")
    )
    topic_kind = models.CharField(_("topic kind"), max_length=10, choices=TopicKind, default=TopicKind.KEY)
    route = models.CharField(_("importance"), max_length=10, choices=Route, default=Route.ORDINARY)
    route_reason = models.CharField(_("why it is important"), max_length=200, blank=True)
    urgent = models.BooleanField(_("urgent"), default=False)
    checker = models.CharField(_("checker of the filing unit"), max_length=40, blank=True)
    declared_unclassified = models.BooleanField(_("declared free of secrets"), default=False)
    # Who answers for the places that the checks take for secrets, why they are none, and which places these
    # were (`submissions.services.checking.digest_of_secrets`): a place found later is not answered for.
    secrecy_stated_by = models.CharField(_("who answers for it"), max_length=40, blank=True)
    secrecy_statement = models.CharField(_("why these are no secrets"), max_length=200, blank=True)
    secrecy_stated_for = models.CharField(max_length=64, blank=True)
    submitter = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="items", verbose_name=_("submitter")
    )
    chain = models.CharField(max_length=12, choices=Chain, default=Chain.THREE_LEVELS, editable=False)
    #: The item that took this one in; set exactly when the status is `merged`.
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, editable=False, related_name="merged"
    )
    status = models.CharField(
        _("status"), max_length=20, choices=Status, default=Status.DRAFT, editable=False
    )
    status_since = models.DateTimeField(editable=False)
    version = models.PositiveIntegerField(_("version"), default=0, editable=False)
    origin = models.CharField(max_length=8, choices=Origin, default=Origin.FILED, editable=False)
    created_at = models.DateTimeField(editable=False)
    changed_at = models.DateTimeField(editable=False)
    submitted_at = models.DateTimeField(_("filed at"), null=True, editable=False)
    issued_at = models.DateTimeField(_("issued at"), null=True, editable=False)
    #: `submissions.similarity.fingerprints` of title and body, kept by whoever writes these.
    fingerprints: ArrayField[list[int], list[int]] = ArrayField(
        models.IntegerField(), default=list, editable=False
    )
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    objects = ItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status=Status.DRAFT) | Q(number__isnull=False, submitted_at__isnull=False),
                name="filed_item_has_number_and_time",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.ISSUED, issued_at__isnull=False)
                | Q(~Q(status=Status.ISSUED), issued_at__isnull=True),
                name="issued_item_has_time",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.MERGED, merged_into__isnull=False)
                | Q(~Q(status=Status.MERGED), merged_into__isnull=True),
                name="merged_item_has_its_whole",
            ),
        ]
        indexes = [
            GinIndex(document_bigrams(), name="item_text_bigrams"),
            GinIndex(fields=["fingerprints"], name="item_fingerprints"),
            models.Index(fields=["office", "status", "status_since"], name="item_waiting"),
            models.Index(
                fields=["office", "submitted_at"],
                name="item_filed",
                condition=~Q(status__in=sorted(NOT_FILED)),
            ),
            models.Index(
                fields=["office", "issued_at"], name="item_issued", condition=Q(status=Status.ISSUED)
            ),
            models.Index(fields=["unit", "submitted_at"], name="item_of_unit"),
        ]

    def __str__(self) -> str:
        return self.filed_title or self.title or str(_("(no title yet)"))


class Authorship(models.Model):
    """One author's part of an item; `share` is in parts, 1:1 is half each."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="authorships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="authorships"
    )
    name = models.CharField(_("author"), max_length=40)
    share = models.PositiveSmallIntegerField(
        _("share"), default=1, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint("item", "name", "user", name="author_once_per_item", nulls_distinct=False)
        ]
        indexes = [models.Index(fields=["name"], condition=Q(user__isnull=True), name="author_by_name_alone")]

    def __str__(self) -> str:
        return self.name


class Attachment(models.Model):
    """A file of an item. Removing one that was filed only hides it from later versions."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="attachments")
    file = models.FileField(max_length=200)
    name = models.CharField(_("file name"), max_length=150)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    #: What the checks found in its words when it was uploaded, as `Finding.to_json`.
    findings: models.JSONField[list[Any], list[Any]] = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.name


class Version(models.Model):
    """A text as it was filed, with everything a signature stands for. Never changed.

    `content` has the keys title, html (not before 0.3), body, genre, stage, topic_kind, route, route_reason,
    round, checker, authors ``[[name, share], …]``, attachments ``[[name, sha256], …]``, secrecy_stated_by
    and secrecy_statement; `sha256` is taken over it. `accounts` are the ids of the authors' accounts, null
    for a name alone; `findings` are what the checks said of it when it was filed.
    """

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    content: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    sha256 = models.CharField(max_length=64)
    accounts: models.JSONField[list[int | None], list[int | None]] = models.JSONField(default=list)
    findings: models.JSONField[list[Any], list[Any]] = models.JSONField(default=list)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("item", "number", name="version_number_once_per_item")]

    def __str__(self) -> str:
        return f"{self.item} v{self.number}"


class OfficeWord(models.Model):
    """An office's own entry of the dictionary of wrong words (错敏词).

    It adds to the shipped list, or takes the place of the shipped entry of the same wrong word.
    """

    office = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+", editable=False)
    wrong = models.CharField(_("wrong word"), max_length=40)
    right = models.CharField(_("right word"), max_length=40, blank=True)
    severity = models.CharField(_("severity"), max_length=8, choices=WordSeverity, default=WordSeverity.HINT)
    note = models.CharField(_("note"), max_length=100, blank=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(_("changed at"))

    class Meta:
        constraints = [models.UniqueConstraint("office", "wrong", name="wrong_word_once_per_office")]

    def __str__(self) -> str:
        return f"{self.wrong} → {self.right}"


class NumberSeries(models.Model):
    """The last running number given to a unit's items in a year."""

    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint("unit", "year", name="one_series_per_unit_and_year")]

    def __str__(self) -> str:
        return f"{self.unit} {self.year}: {self.last}"


class StaleMonth(models.Model):
    """A month of an office whose stored figures no longer match the facts.

    Written in the transaction that changes a fact; whoever counts the month deletes the row if its
    `generation` is still the one read before counting.
    """

    office = models.ForeignKey("accounts.Unit", on_delete=models.CASCADE, related_name="+")
    month = models.DateField(help_text="first day")
    generation = models.PositiveIntegerField(default=1)
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("office", "month", name="month_stale_once")]

    def __str__(self) -> str:
        return f"{self.office} {self.month:%Y-%m}"
