"""Two items about the same thing become one, with the credit of both."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from notices.enums import Kind
from notices.services import tell
from reviews.chain import road_of, step_for
from reviews.enums import Action
from reviews.handling.editing import tell_of_edit
from reviews.models import Decision, Writer
from reviews.people import writers_of
from reviews.rules import acting_for, may_decide
from reviews.steps.moving import lock_as_seen, move
from submissions.models import Item
from submissions.services.checking import findings_of
from submissions.services.filing import file_version
from submissions.services.revising import add_authors_of


@transaction.atomic
def merge(
    *, item: Item, into: Item, by: User, seen: tuple[str, int], seen_into: tuple[str, int], now: datetime
) -> Decision:
    """Put `item` into `into`, which waits at the same level; `by` decides on both. `seen` and `seen_into` are
    state and version as they were read.

    `item` ends as merged and counts as filed. `into` gets a version in the name of `by`, which names the
    authors of both with their parts; its text stays. The writers of both are told.
    Raises Overtaken or TextChanged, PermissionDenied, ValidationError when the two do not fit.
    """
    # Both rows in one order: two merges the other way round must not wait for each other.
    list(Item.objects.select_for_update(of=["self"]).filter(pk__in=[item.pk, into.pk]).order_by("pk"))
    part, whole = lock_as_seen(item, *seen), lock_as_seen(into, *seen_into)
    if part.pk == whole.pk or part.status != whole.status or part.office_id != whole.office_id:
        raise ValidationError(_("Only two items that wait at the same level are merged."))
    if not (may_decide(by, part, now) and may_decide(by, whole, now)):
        raise PermissionDenied(_("This step is not yours to take."))
    _check_signers(part, whole)
    part.merged_into = whole
    ending, editing = (
        step_for(road_of(one), one.status, action)
        for one, action in ((part, Action.MERGE), (whole, Action.EDIT))
    )
    read = part.versions.get(number=part.version)
    target = {"title": whole, "number": whole.number}
    done = move(
        part,
        ending,
        by,
        read,
        _("Merged into “%(title)s” (%(number)s).") % target,
        acting_for=acting_for(by, part, now),
        read=part.version,
        now=now,
    )
    _take_in(part, whole, now)
    source = {"title": part, "number": part.number, "unit": part.unit}
    absent = acting_for(by, whole, now)
    version = file_version(item=whole, findings=findings_of(whole), by=by, now=now)
    note = _("Took in “%(title)s” of %(unit)s (%(number)s) with its authors.") % source
    edited = move(whole, editing, by, version, note, acting_for=absent, read=seen_into[1], now=now)
    _tell_writers(part, whole, done, now)
    tell_of_edit(whole, edited, now)
    return done


def _check_signers(part: Item, whole: Item) -> None:
    """Nobody becomes an author of what they have signed."""
    writers = {part.submitter_id, *part.writers.values_list("user_id", flat=True)}
    signed = whole.decisions.signed()
    signers = {*signed.values_list("by", flat=True), *signed.values_list("acting_for", flat=True)}
    both = User.objects.filter(pk__in=writers & signers)
    if both:
        names = "、".join(sorted(person.display_name for person in both))
        problem = _("%(names)s wrote one of the two and has signed the other: they cannot be merged.")
        raise ValidationError(problem % {"names": names})


def _take_in(part: Item, whole: Item, now: datetime) -> None:
    add_authors_of(item=whole, other=part, now=now)
    Writer.objects.bulk_create(
        (Writer(item=whole, user_id=pk) for pk in part.writers.values_list("user_id", flat=True)),
        ignore_conflicts=True,
    )


def _tell_writers(part: Item, whole: Item, done: Decision, now: datetime) -> None:
    text = _("%(name)s merged your item “%(part)s” into “%(whole)s”; you share the credit.")
    tell(
        [person for person in writers_of(part, now) if person.pk != done.by_id],
        kind=Kind.MOVED,
        subject=f"item:{part.pk}",
        text=text % {"name": done.by, "part": part, "whole": whole},
        about=part.number or "",
        link=reverse("submissions:item-detail", args=[whole.pk]),
        key=f"merge:{done.pk}",
        now=now,
    )
