"""Bulletins as documents: their rows, how they are built, stored and hashed. Pure."""
