"""What an adoption is worth: scoring schemes as data, and which of them is in force on a day.

Rules R10–R19 of docs/scoring.md, which also describes the JSON. The shipped schemes lie in this folder.
"""
