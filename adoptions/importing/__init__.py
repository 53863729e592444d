"""Bringing an old ledger into the system: every row is accepted, a duplicate, or refused with its reason.

The rules, in the words of the template's notes, stand in `adoptions.importing.workbooks.LEDGER_NOTES`.
"""
