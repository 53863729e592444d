"""Faults that are nobody's mistake and pass: a lock that is held, a database that is away, a full disk."""

from __future__ import annotations

import errno
import itertools
import random
from collections.abc import Callable
from enum import StrEnum, auto
from time import monotonic, sleep
from typing import Final

from django.db import DatabaseError, InterfaceError, OperationalError

#: Seconds during which somebody's request is tried again. One try may take `lock_timeout` by itself.
PATIENCE: Final = 5.0
#: And a command's, or the worker's: nobody watches a page that does not come.
LONG_PATIENCE: Final = 60.0
#: The server has rolled the transaction back, and it may succeed when done again: lock_not_available,
#: deadlock_detected, serialization_failure.
_PASSING: Final = frozenset({"55P03", "40P01", "40001"})
#: Classes of SQLSTATE that tell of the server and not of the statement: connection, resources, intervention,
#: system error; and read_only_sql_transaction, of a server that is being replaced.
_AWAY: Final = frozenset({"08", "53", "57", "58"})
_READ_ONLY: Final = "25006"
_DISK_FULL: Final = "53100"
_NO_SPACE: Final = frozenset({errno.ENOSPC, errno.EDQUOT})


class Fault(StrEnum):
    """What a person is told of it."""

    BUSY = auto()
    AWAY = auto()
    FULL = auto()

    @property
    def status(self) -> int:
        return 507 if self is Fault.FULL else 503


class Busy(Exception):
    """Others held what was needed for longer than patience lasts; nothing was done."""


def passes(error: BaseException) -> bool:
    """Whether the same work may succeed when it is done again at once."""
    return isinstance(error, DatabaseError) and _sqlstate(error) in _PASSING


def fault_of(error: BaseException | None) -> Fault | None:
    """Which fault an exception tells of; None when it is a mistake of the program."""
    if isinstance(error, Busy) or (error and passes(error)):
        return Fault.BUSY
    if isinstance(error, OSError):
        return Fault.FULL if error.errno in _NO_SPACE else None
    if not isinstance(error, DatabaseError | InterfaceError):
        return None
    state = _sqlstate(error)
    if state == _DISK_FULL:
        return Fault.FULL
    lost = state is None and isinstance(error, OperationalError | InterfaceError)
    return Fault.AWAY if lost or state == _READ_ONLY or (state or "")[:2] in _AWAY else None


def patiently[T](work: Callable[[], T], *, seconds: float = PATIENCE) -> T:
    """What `work` gives, which is done again while others hold what it needs.

    It must leave nothing behind when it fails: one transaction, or steps that find themselves done.
    Raises Busy.
    """
    until = monotonic() + seconds
    for tries in itertools.count(1):
        try:
            return work()
        except DatabaseError as error:
            if not passes(error):
                raise
            if monotonic() >= until:
                raise Busy from error
        # Two that met in a deadlock must not meet again at the same moment.
        sleep(random.uniform(0.05, 0.2) * min(tries, 5))  # noqa: S311 (no secret)
    raise AssertionError("unreachable")


def _sqlstate(error: BaseException) -> str | None:
    state: str | None = getattr(error.__cause__, "pgcode", None)
    return state
