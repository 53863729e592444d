"""A Word file read as an item: title, authors, text and pictures. Pure: no database, no clock.

`read_word` opens a checked upload; what it cannot take over it names in `WordText.missed`.
"""
