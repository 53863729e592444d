"""Bulletins as files: workbook, Word, PDF."""
