"""Figures and bulletins as files: workbooks, Word, PDF."""

from stats.exports.pdf import bulletin_pdf
from stats.exports.word import bulletin_docx
from stats.exports.workbooks import bulletin_workbook, figures_workbook

__all__ = ["bulletin_docx", "bulletin_pdf", "bulletin_workbook", "figures_workbook"]
