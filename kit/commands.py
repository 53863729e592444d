"""What commands have alike."""

from __future__ import annotations

from collections.abc import Callable

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from kit.faults import LONG_PATIENCE, Busy, patiently


def insist[T](work: Callable[[], T]) -> T:
    """What `work` gives, done again for a minute while others hold what it needs; CommandError after that."""
    try:
        return patiently(work, seconds=LONG_PATIENCE)
    except Busy as error:
        raise CommandError(
            _("Others were working on the same data all the time. Run the command again in a few minutes.")
        ) from error
