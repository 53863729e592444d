"""Schemes on trial: on past months, and on a ledger file."""
