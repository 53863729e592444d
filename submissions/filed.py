"""What an item said when it was filed last: its writers may be at another text, which nobody else sees."""

from __future__ import annotations

from django.db.models import F, OuterRef, Subquery, TextField
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce

from submissions.models import Version


def as_filed(key: str, item: str = "") -> Coalesce:
    """The title, genre or body of the last version, for a query; `item` leads there from another record.

    An item of the old ledger was never filed here and has no version: what it says itself stands.
    """
    at = f"{item}__" if item else ""
    last = Version.objects.filter(item=OuterRef(f"{at}pk"), number=OuterRef(f"{at}version"))
    return Coalesce(
        Subquery(last.values(said=KT(f"content__{key}"))), F(f"{at}{key}"), output_field=TextField()
    )
