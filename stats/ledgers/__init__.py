"""Scoring a ledger file with a scheme, without touching any data: facts are taken from the file alone.

docs/scoring.md describes the columns and sheets.
"""

from stats.ledgers.facts import LedgerFacts, Unused, read_facts
from stats.ledgers.outcome import Outcome, score
from stats.ledgers.report import as_json, as_text

__all__ = ["LedgerFacts", "Outcome", "Unused", "as_json", "as_text", "read_facts", "score"]
