"""Sheets to print: what each says, as a form of boxes (审签单、议题单)."""
