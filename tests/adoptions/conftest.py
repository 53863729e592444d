"""An item to adopt, an adoption, who registers them, and a folder for files that goes with the test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from adoptions.models import Adoption, Outlet
from submissions.models import Item
from tests.adoptions.builders import adopt
from tests.conftest import Cast, issued, shanghai


@pytest.fixture(autouse=True)
def _files_of_the_test(settings: Any, tmp_path: Path) -> None:
    """Proofs and ledgers are written under the test's own folder."""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def item(cast: Cast) -> Item:
    """Issued on 2 March 2026, by the author of 青山县."""
    return issued(cast.author, cast, shanghai("2026-03-02"))


@pytest.fixture
def adoption(item: Item, outlets: dict[str, Outlet], cast: Cast) -> Adoption:
    """In the city's daily, on 10 April 2026."""
    return adopt(item, outlets["city"], "2026-04-10", cast)


@pytest.fixture
def admin(as_user: Callable[[User], Client], cast: Cast) -> Client:
    return as_user(cast.admin)
