"""A guard for work that ends in a moment, or, done the naive way, not before the week is over."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

#: Far above what any of it takes on the slowest machine, far below a run that multiplies.
SECONDS = 60


@contextmanager
def ends() -> Iterator[None]:
    """Stop the block, and the test with it, if it has not ended after a minute."""

    def stop(*_: object) -> None:
        raise AssertionError(f"not ended after {SECONDS} seconds")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
