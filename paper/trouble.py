"""What to tell whoever asked for a document that could not be printed, or not whole."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.utils.translation import gettext as _

from paper.typesetting import NoFonts, TookTooLong, TypesettingError


def trouble(error: TypesettingError) -> str:
    """What is wrong and what to do."""
    folder = {"folder": settings.FONTS_DIR}
    if isinstance(error, NoFonts):
        return (
            _(
                "There is no Chinese font to print with. Copy fonts (.ttf, .otf, .ttc) into %(folder)s, "
                "or install the packages of requirements.txt again; then export once more."
            )
            % folder
        )
    if isinstance(error, TookTooLong):
        return _("Setting the pages took too long and was stopped. Wait a moment and export once more.")
    return _(
        "The pages could not be set. Look whether a font file in %(folder)s is damaged, take it out, "
        "and export once more; if it stays so, send this to whoever looks after the system: %(detail)s"
    ) % (folder | {"detail": str(error)[-300:]})


def missing_signs(signs: Sequence[str]) -> str:
    """Which characters were printed as their codes, for want of a font, and how to get them printed."""
    shown = "、".join(f"{sign}（U+{ord(sign):04X}）" for sign in signs[:20])
    return _(
        "No font here has these characters, so the PDF shows their codes: %(signs)s. "
        "Copy a font that has them into %(folder)s and export once more."
    ) % {"signs": shown, "folder": settings.FONTS_DIR}
