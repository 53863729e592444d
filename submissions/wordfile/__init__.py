"""A Word file read as an item: title, authors, text and pictures. Pure: no database, no clock.

`read_word` opens a checked upload; what it cannot take over it names in `WordText.left_out`.
"""

from submissions.wordfile.package import UnreadableWord
from submissions.wordfile.reading import Missed, Picture, WordText, read_word

__all__ = ["Missed", "Picture", "UnreadableWord", "WordText", "read_word"]
