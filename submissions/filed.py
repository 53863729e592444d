"""What an item said when it was filed last: its writers may be at another text, which nobody else sees."""

from __future__ import annotations

from django.db.models import Case, F, OuterRef, Q, Subquery, TextField, When
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce

from submissions.enums import EDITABLE
from submissions.models import Version


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
