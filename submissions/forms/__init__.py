"""Forms of items, their authors, rounds and wrong words."""
