"""One writer of an office's figures at a time."""

from __future__ import annotations

from accounts.models import Unit


def one_at_a_time(office: Unit) -> None:
    """Hold the office's lock until the transaction ends.

    Two beats, a ring and a person then never meet half-way, and a running number is given once. It
    does not hinder people who file or register: their foreign keys go together with this lock.
    """
    Unit.objects.select_for_update(no_key=True).get(pk=office.pk)
