"""Approving several items in one go (批量通过)."""
