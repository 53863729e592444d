"""Who there is: units, people, the roles they hold, and the audit trail of what they did."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role, UnitKind
from accounts.querysets import (
    AuditEntryQuerySet,
    RoleGrantQuerySet,
    StandInQuerySet,
    UnitQuerySet,
    UserManager,
)


class Unit(models.Model):
    """An office, or a section, team, county or department below one.

    `path` lists the ids from the root down, ``/1/5/``: a subtree is a prefix.
    """

    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("parent unit"),
    )
    office = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="office_units",
        verbose_name=_("office"),
    )
    kind = models.CharField(_("kind"), max_length=12, choices=UnitKind)
    code = models.SlugField(_("unit code"), max_length=20, unique=True)
    name = models.CharField(_("unit name"), max_length=60)
    short_name = models.CharField(_("short name"), max_length=20)
    region_code = models.CharField(_("region code (GB/T 2260)"), max_length=6, blank=True)
    active_from = models.DateField(_("active from"))
    active_to = models.DateField(_("active to"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    path = models.CharField(max_length=120, editable=False, db_index=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(active_to__isnull=True) | Q(active_to__gte=F("active_from")),
                name="unit_active_in_order",
            ),
            models.CheckConstraint(
                condition=Q(kind=UnitKind.OFFICE, parent__isnull=True)
                | Q(~Q(kind=UnitKind.OFFICE), parent__isnull=False),
                name="only_an_office_stands_at_the_top",
            ),
            models.UniqueConstraint(
                "parent",
                "name",
                name="unit_name_once_below_parent",
                violation_error_message=_("A unit of this name exists there already: choose another name."),
            ),
        ]

    def __str__(self) -> str:
        return self.short_name or self.name

    @property
    def spellings(self) -> tuple[str, ...]:
        """By what it is named: name, short name or code."""
        return (self.name, self.short_name, self.code)

    @property
    def line(self) -> list[int]:
        """Ids from the top down to the unit itself."""
        return [int(pk) for pk in self.path.strip("/").split("/")]

    def contains(self, other: Unit) -> bool:
        """Whether `other` is this unit or stands below it."""
        return other.path.startswith(self.path)


class Alias(models.Model):
    """A name (曾用名、简称) by which something is understood beside its present one.

    It holds from `since` through `until`; empty days: as long as the thing itself exists. `renamed_on` is the
    day on which it ceased to be the present name; an alias without one was entered by hand.
    """

    name = models.CharField(_("former or other name"), max_length=60)
    since = models.DateField(_("first day"), null=True, blank=True)
    until = models.DateField(_("last day"), null=True, blank=True)
    renamed_on = models.DateField(null=True, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(until__gte=F("since")),
                name="%(class)s_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class UnitAlias(Alias):
    holder = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="aliases", editable=False)


class User(AbstractBaseUser):
    """A person with an account. Rights come from `RoleGrant` alone; there is no superuser."""

    username = models.CharField(
        _("account name"), max_length=40, unique=True, validators=[UnicodeUsernameValidator()]
    )
    display_name = models.CharField(_("name"), max_length=40)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="people", verbose_name=_("unit"))
    post = models.CharField(_("post"), max_length=60, blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    must_change_password = models.BooleanField(_("must change password"), default=False)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["display_name"]

    objects = UserManager()

    def __str__(self) -> str:
        return self.display_name

    @classmethod
    def normalize_username(cls, username: str) -> str:
        """Account names differ by more than case and width, so that nobody can pass for another."""
        return super().normalize_username(username).strip().lower()

    @property
    def office(self) -> Unit:
        """The office this person works in; another office does not exist for them."""
        office = self.unit.office
        assert office is not None, "units are created by accounts.services.create_unit, which sets the office"
        return office


class RoleGrant(models.Model):
    """A role held by a person for a unit and everything below it, from `since` through `until`."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="grants", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=20, choices=Role)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="grants", verbose_name=_("unit"))
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "user", "role", "unit", condition=Q(until__isnull=True), name="role_held_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="grant_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.get_role_display()}"


class StandIn(models.Model):
    """Somebody acts for a person who is away (代签): in all of that person's reviewer roles, from the moment
    `since` up to but not including `until`."""

    absent = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="absences", verbose_name=_("person away")
    )
    stand_in = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="stand_ins", verbose_name=_("stand-in")
    )
    since = models.DateTimeField(_("from"))
    until = models.DateTimeField(_("until"))
    reason = models.CharField(_("reason"), max_length=60, blank=True)
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    objects = StandInQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="stand_in_in_order"),
            models.CheckConstraint(
                condition=~Q(absent=F("stand_in")), name="nobody_stands_in_for_themselves"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stand_in} → {self.absent}"


class SavedList(models.Model):
    """How a person wants to see a list page: its filters, order and columns, under a name of their own."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="saved_lists")
    page = models.CharField(
        max_length=60, help_text="name of the page's address, such as submissions:item-list"
    )
    name = models.CharField(_("name"), max_length=30)
    query = models.CharField(max_length=1000, blank=True, help_text="query string: filters, order, columns")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint("user", "page", "name", name="saved_list_once_per_name")]

    def __str__(self) -> str:
        return self.name


class AuditEntry(models.Model):
    """One thing somebody did or was refused. Rows are only ever added."""

    at = models.DateTimeField(_("time"))
    actor = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="audit_entries", verbose_name=_("person")
    )
    office = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("office"))
    action = models.CharField(_("action"), max_length=40)
    target_type = models.CharField(_("object"), max_length=40)
    target_id = models.CharField(max_length=40)
    target_label = models.CharField(_("object name"), max_length=200)
    detail: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(_("detail"), default=dict)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["office", "at"], name="audit_by_time"),
            models.Index(fields=["target_type", "target_id"], name="audit_by_target"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action}"
