"""Bulletins as Word files."""
