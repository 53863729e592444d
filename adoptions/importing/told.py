"""What somebody said of a ledger that the file does not say itself, as it is stored with the import."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from adoptions.ledger.tables import Told


def told_of(stored: Mapping[str, Any]) -> Told:
    return Told(
        year=stored.get("year"),
        hidden=stored.get("hidden"),
        cells={int(row): values for row, values in stored.get("cells", {}).items()},
        left_out=frozenset(stored.get("left_out", [])),
        apart=frozenset(stored.get("apart", [])),
    )


def as_json(told: Told) -> dict[str, Any]:
    return {
        "year": told.year,
        "hidden": told.hidden,
        "cells": {str(row): dict(values) for row, values in told.cells.items()},
        "left_out": sorted(told.left_out),
        "apart": sorted(told.apart),
    }


def with_rows(
    told: Told,
    *,
    cells: Mapping[int, Mapping[str, str]],
    left_out: Iterable[int] = (),
    taken_back: Iterable[int] = (),
    apart: Iterable[int] = (),
) -> Told:
    """The same with more said of single rows: what cells shall say, and which rows are no entries."""
    mended = {row: {**told.cells.get(row, {}), **values} for row, values in cells.items()}
    rows = (told.left_out | frozenset(left_out)) - frozenset(taken_back)
    return replace(told, cells={**told.cells, **mended}, left_out=rows, apart=told.apart.union(apart))
