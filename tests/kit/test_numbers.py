"""Numbers as addresses and fields bring them."""

from __future__ import annotations

import pytest

from kit.numbers import whole, wholes


@pytest.mark.parametrize(
    "text", ["", " 1", "-1", "1.0", "1e3", "²", "٣", "一", "9" * 19, "9" * 5000, "1\n", "0x1"]
)
def test_what_is_no_key_is_none(text: str) -> None:
    assert whole(text) is None


def test_what_is_a_key_is_read() -> None:
    assert [whole("0"), whole("007"), whole("9" * 18)] == [0, 7, 10**18 - 1]
    assert wholes(["1", "²", "2"]) == [1, 2]
