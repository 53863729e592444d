"""Writes to units, people, roles and the audit trail.

`create_unit` and `grant_role` are the bare facts, for setting an office up; everything else is done by
somebody, who must be allowed to (`accounts.rules`), and leaves a row in the audit trail.
"""
