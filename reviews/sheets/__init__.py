"""Papers of review to print: what each says, as a form of boxes."""

from reviews.sheets.approval import approval_sheet
from reviews.sheets.meeting import agenda_sheet

__all__ = ["agenda_sheet", "approval_sheet"]
