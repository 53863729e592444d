"""Bulletins as documents: their rows, how they are built, stored and hashed, and their text. Pure."""

from stats.bulletins.building import attachments, build, line_row, title
from stats.bulletins.codec import canonical, digest, plain, read
from stats.bulletins.document import FORMAT, BulletinDocument, Matrix, MatrixRow
from stats.bulletins.rows import (
    Attachment,
    BodyLine,
    Corrected,
    LateRow,
    Letterhead,
    LineRow,
    Link,
    MonthRow,
    OfficeFigures,
    OutletRow,
    Paragraph,
    SchemeUsed,
    ZeroRow,
    heading,
)
from stats.bulletins.text import carried_over, edited, problems, written

__all__ = [
    "FORMAT",
    "Attachment",
    "BodyLine",
    "BulletinDocument",
    "Corrected",
    "LateRow",
    "Letterhead",
    "LineRow",
    "Link",
    "Matrix",
    "MatrixRow",
    "MonthRow",
    "OfficeFigures",
    "OutletRow",
    "Paragraph",
    "SchemeUsed",
    "ZeroRow",
    "attachments",
    "build",
    "canonical",
    "carried_over",
    "digest",
    "edited",
    "heading",
    "line_row",
    "plain",
    "problems",
    "read",
    "title",
    "written",
]
