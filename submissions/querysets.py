"""Questions about items."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value

from accounts.querysets import below, scope_of
from submissions.enums import EDITABLE, IN_REVIEW, NOT_FILED, Status
from submissions.search import Bigrams, document_bigrams, searchable

if TYPE_CHECKING:
    from accounts.models import Unit, User
    from submissions.models import Item


def _own(user: User) -> Q:
    return Q(submitter=user) | Q(pk__in=user.authorships.values("item"))


class ItemQuerySet(models.QuerySet["Item"]):
    def visible_to(self, user: User) -> ItemQuerySet:
        """Filed items of the subtrees a person sees, everything the person wrote, and what that was merged
        into.

        A draft is its submitter's and its authors' alone.
        """
        in_scope = Q(office=user.office) & below(scope_of(user), "unit__path") & ~Q(status=Status.DRAFT)
        items = apps.get_model("submissions", "Item").objects
        merged = items.written_by(user).filter(merged_into__isnull=False)
        return self.filter(in_scope | _own(user) | Q(pk__in=merged.values("merged_into")))

    def written_by(self, user: User) -> ItemQuerySet:
        """Items the person filed or is an author of."""
        return self.filter(_own(user))

    def filed(self) -> ItemQuerySet:
        """Items that count as filed: neither drafts nor withdrawn."""
        return self.exclude(status__in=NOT_FILED)

    def filed_between(self, start: datetime, end: datetime) -> ItemQuerySet:
        return self.filed().filter(submitted_at__gte=start, submitted_at__lt=end)

    def issued_between(self, start: datetime, end: datetime) -> ItemQuerySet:
        return self.filter(status=Status.ISSUED, issued_at__gte=start, issued_at__lt=end)

    def in_review(self) -> ItemQuerySet:
        return self.filter(status__in=IN_REVIEW)

    def of_unit(self, unit: Unit) -> ItemQuerySet:
        """Items of the unit and of everything below it."""
        return self.filter(unit__path__startswith=unit.path)

    def containing(self, text: str, reader: User | None = None) -> ItemQuerySet:
        """Items whose title or body contains every white-space separated word of `text`; of an item in its
        writers' hands the text filed last, unless `reader` is one of them.

        A word of two characters or more goes through the bigram index; the exact comparison
        behind it removes words whose bigrams occur apart.
        """
        items, own = self, _own(reader) if reader else Q(pk__in=())
        elsewhere = Q(status__in=EDITABLE, version__gt=0) & ~own
        last = apps.get_model("submissions", "Version").objects.filter(
            item=OuterRef("pk"), number=OuterRef("version")
        )
        for word in searchable(text).split():
            here = Q(title__icontains=word) | Q(body__icontains=word)
            if len(word) > 1:
                items = items.alias(grams=document_bigrams())
                here &= Q(grams__contains=Bigrams(Value(word)))
            said = last.filter(Q(content__title__icontains=word) | Q(content__body__icontains=word))
            items = items.filter((here & ~elsewhere) | (elsewhere & Q(Exists(said))))
        return items

    def sharing_passages(self, item: Item) -> ItemQuerySet:
        """Other filed items that have a passage in common with this one's working text."""
        return self.filed().filter(fingerprints__overlap=item.fingerprints).exclude(pk=item.pk)

    def with_people(self) -> ItemQuerySet:
        """Everything a row of a list shows, in a fixed number of queries."""
        authors = apps.get_model("submissions", "Authorship").objects.order_by("position")
        filed = apps.get_model("submissions", "Version").objects.filter(
            number=F("item__version"), item__status__in=EDITABLE
        )
        return self.select_related("unit", "submitter", "round").prefetch_related(
            models.Prefetch("authorships", queryset=authors),
            models.Prefetch("versions", queryset=filed, to_attr="filed_last"),
        )
