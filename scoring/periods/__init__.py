"""Which days a figure covers. Rules R01–R09 of docs/scoring.md."""
