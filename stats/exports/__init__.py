"""Workbooks of figures and bulletins."""

from stats.exports.workbooks import bulletin_workbook, figures_workbook

__all__ = ["bulletin_workbook", "figures_workbook"]
