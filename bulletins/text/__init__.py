"""The text of a bulletin: wordings, placeholders, and what they are filled with. Pure."""
