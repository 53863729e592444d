"""Bulletins from before the system: tables as they were printed."""
