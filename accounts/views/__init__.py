"""Pages of accounts: signing in, people and roles, units, the audit trail."""
