"""An item to adopt, and a folder for files that goes with the test."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from submissions.models import Item
from tests.conftest import Cast, issued, shanghai


@pytest.fixture(autouse=True)
def _files_of_the_test(settings: Any, tmp_path: Path) -> None:
    """Proofs and ledgers are written under the test's own folder."""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def item(cast: Cast) -> Item:
    """Issued on 2 March 2026, by the author of 青山县."""
    return issued(cast.author, cast, shanghai("2026-03-02"))
