"""What an item said when it was filed last: its writers may be at another text, which nobody else sees."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from django.db.models import Case, F, OuterRef, Q, Subquery, TextField, When
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce

from submissions.enums import EDITABLE
from submissions.models import Authorship, Item, Version


def as_filed(key: str, item: str = "") -> Case:
    """The title, genre or body of the last version, for a query; `item` leads there from another record.

    Only items in their writers' hands can differ from it, so no other's version is read. One that was never
    filed has none: what it says itself stands.
    """
    at = f"{item}__" if item else ""
    last = Version.objects.filter(item=OuterRef(f"{at}pk"), number=OuterRef(f"{at}version"))
    said = Subquery(last.values(said=KT(f"content__{key}")))
    return Case(
        When(
            Q((f"{at}status__in", EDITABLE)), then=Coalesce(said, F(f"{at}{key}"), output_field=TextField())
        ),
        default=F(f"{at}{key}"),
        output_field=TextField(),
    )


class Signed(NamedTuple):
    """One author of an item as it was filed; `user_id` is the account behind the name, if there is one."""

    item_id: int
    user_id: int | None
    name: str
    share: int


def authors_as_filed(items: Collection[int]) -> list[Signed]:
    """Who signed these items when they were filed last, in the order in which they sign; three queries."""
    wanted = Item.objects.filter(pk__in=items)
    at_work = wanted.filter(status__in=EDITABLE, version__gt=0)
    rows = Authorship.objects.filter(item__in=items).exclude(item__in=at_work)
    signed = rows.order_by("item_id", "position", "pk").values_list("item_id", "user_id", "name", "share")
    last = Version.objects.filter(item__in=at_work, number=F("item__version")).order_by("item_id")
    return [
        *map(Signed._make, signed),
        *(
            Signed(item_id, account, name, share)
            for item_id, authors, accounts in last.values_list("item_id", "content__authors", "accounts")
            for (name, share), account in zip(authors, accounts, strict=True)
        ),
    ]
