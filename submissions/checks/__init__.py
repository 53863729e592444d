"""Checks of a text before it is filed: wrong words, secrets, gaps. Pure: no database, no clock, no settings.

`item` reads all texts of an item; which words are wrong is the office's dictionary, passed in.
"""
