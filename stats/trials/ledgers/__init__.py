"""Scoring a ledger file with a scheme, without touching any data: facts are taken from the file alone.

docs/scoring.md describes the columns and sheets.
"""
