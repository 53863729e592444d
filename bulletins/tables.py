"""A bulletin's list of adoptions as a page shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from bulletins.columns import ADOPTIONS
from bulletins.document.rows import LineRow
from kit.columns import leaves
from stats.tables import Table, cell_of, head_rows


def adoption_table(rows: Sequence[LineRow], items: Mapping[int, str]) -> Table:
    """A stretch of a bulletin's list of adoptions; `items` holds the addresses that its items have."""
    return Table(
        label=_("Adoptions in detail"),
        head=head_rows(ADOPTIONS),
        body=[
            [
                cell_of(column, row, items.get(row.item_id or 0, "") if column.key == "item_title" else "")
                for column in leaves(ADOPTIONS)
            ]
            for row in rows
        ],
        foot=[],
    )
