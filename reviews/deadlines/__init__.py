"""The clock of review: working days, terms, what is late, reminders, asking to hurry (时限、提醒、催办)."""
