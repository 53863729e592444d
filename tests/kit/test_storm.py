"""Four who write and two who count, at once."""

from __future__ import annotations

import pytest

from adoptions.models import Outlet
from tests.conftest import Cast, City
from tests.storm import storm


@pytest.mark.django_db(transaction=True)
def test_writers_and_counts_at_once_lose_and_double_nothing(
    city: City, cast: Cast, outlets: dict[str, Outlet]
) -> None:
    """For ten minutes: `storm(…, seconds=600)`."""
    seen = storm(city, cast, outlets["city"], seconds=20)
    assert seen.errors == []
    assert set(seen.answers) <= {200, 302, 409, 503}
    assert (seen.lost, seen.doubled) == (0, 0)
    assert len(seen.kept) > 5
    assert len(seen.links) > 5
    assert seen.counts > 1
