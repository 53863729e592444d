"""A Word file read as an item: title, authors, text and pictures. Pure: no database, no clock.

`read_word` opens a checked upload; what it cannot take over it names in `WordText.missed`.
"""

from submissions.wordfile.body import Missed
from submissions.wordfile.package import UnreadableWord
from submissions.wordfile.reading import Picture, WordText, read_word, whole_text

__all__ = ["Missed", "Picture", "UnreadableWord", "WordText", "read_word", "whole_text"]
