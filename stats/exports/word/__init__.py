"""Bulletins as Word files."""

from stats.exports.word.building import bulletin_docx

__all__ = ["bulletin_docx"]
