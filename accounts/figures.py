"""What moves figures tells whoever counts them, although they stand above it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.utils.module_loading import import_string

from accounts.models import Unit

#: A window that holds a day may have begun so long before it.
WIDEST_WINDOW: Final = timedelta(days=366)
#: What of a unit no figure and no table shows.
APART: Final = frozenset({"region_code"})
_DAYS: Final = frozenset({"active_from", "active_to"})


def figures_move(*, office: Unit, since: date | None, now: datetime) -> None:
    """Have counted again what was counted of an office from a day on, or all of it.

    Called in the transaction of the change. The settings name who is told, in `FIGURE_FOLLOWERS`.
    """
    for path in settings.FIGURE_FOLLOWERS:
        import_string(path)(office=office, since=since, now=now)


def names_move(*, office: Unit, now: datetime) -> None:
    """Have those who name units and outlets note whom they mean, before a name changes hands.

    Called in the transaction of the change, under the office's lock: before a name is given up, and after
    one was added. The settings name who is told, in `NAME_FOLLOWERS`.
    """
    for path in settings.NAME_FOLLOWERS:
        import_string(path)(office=office, now=now)


def unit_moves(unit: Unit, changed: Mapping[str, tuple[Any, Any]], now: datetime) -> None:
    """A unit right below the office is listed and assessed on the days it exists, under its name.

    What stands deeper is counted for the one above it, whatever it is called.

    The window that holds the day on which it begins or ends may have begun long before.
    """
    told = changed.keys() - APART
    if unit.office is None or not told or unit.parent_id not in {None, unit.office_id}:
        return
    days = [day for name in _DAYS for day in changed.get(name, ()) if day]
    since = None if told - _DAYS else min(days) - WIDEST_WINDOW
    figures_move(office=unit.office, since=since, now=now)
