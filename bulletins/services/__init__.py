"""Writes to bulletins, their text, and the objections to them."""
