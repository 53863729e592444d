"""Reading an old ledger (台账): an Excel or CSV file in, checked rows out. Knows no database."""

from adoptions.ledger.entries import LedgerRow
from adoptions.ledger.reader import Ledger, read_ledger
from adoptions.ledger.tables import Problem
from adoptions.ledger.upload import LEDGER_KINDS, check_ledger
from adoptions.ledger.workbook import LedgerUnreadable

__all__ = [
    "LEDGER_KINDS",
    "Ledger",
    "LedgerRow",
    "LedgerUnreadable",
    "Problem",
    "check_ledger",
    "read_ledger",
]
