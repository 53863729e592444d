"""Bringing an old ledger into the system: every row is accepted, a duplicate, or refused with its reason.

The rules, in the words of the template's notes, stand in `adoptions.importing.workbooks.LEDGER_NOTES`.
"""

from adoptions.importing.fates import Fate, FateKind
from adoptions.importing.planning import Plan, plan_import
from adoptions.importing.previews import (
    ImportSettled,
    PreviewOutdated,
    confirm_preview,
    discard_preview,
    fates_of,
    recheck_preview,
    store_preview,
)
from adoptions.importing.writing import Outcome, import_rows

__all__ = [
    "Fate",
    "FateKind",
    "ImportSettled",
    "Outcome",
    "Plan",
    "PreviewOutdated",
    "confirm_preview",
    "discard_preview",
    "fates_of",
    "import_rows",
    "plan_import",
    "recheck_preview",
    "store_preview",
]
