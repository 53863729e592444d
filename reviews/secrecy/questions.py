"""The questions of the separate secrecy review."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

#: The separate secrecy review asks these of a text and its files; yes means that it is in there.
SECRECY_QUESTIONS: Final[dict[str, Promise]] = {
    "state_secret": _("state secrets, work secrets or sensitive inner matters"),
    "progress": _("the progress of matters that are secret or not yet public"),
    "pictures": _("plans, photographs or recordings that must not be shown"),
    "major": _("other important matters that are not to be made public"),
    "findings": _("problems found by an inspection of which the unit has not been told"),
    "clues": _("clues to misconduct, or who reported them"),
    "schedule": _("units to be inspected or times of entry that are not yet public"),
    "talks": _("what was said in talks during an inspection"),
    "rectification": _("how problems are being put right, before that is public"),
}
