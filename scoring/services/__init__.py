"""Writes to schemes and their drafts."""
