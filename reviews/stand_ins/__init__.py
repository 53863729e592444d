"""Who decides for a reviewer who is away (代签)."""
