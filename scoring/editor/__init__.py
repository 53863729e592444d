"""The form of a scoring scheme: tables for an administrator, over the JSON that `scoring.schemes` reads."""
