"""Dataclasses to JSON and back, and the hash over it. Pure: what a field is, its annotation says."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

from scoring.periods.period import Period


def plain(value: Any) -> Any:
    """JSON data: dataclasses are objects, decimals, dates and periods are texts."""
    if isinstance(value, Period):
        return str(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


def read[Row](kind: type[Row], data: Mapping[str, Any]) -> Row:
    """A dataclass from the JSON of `plain`. KeyError for a missing field; unknown ones are refused too."""
    hints = _hints(cast(Any, kind))
    if unknown := set(data) - set(hints):
        raise KeyError(f"{kind.__name__} has no {', '.join(sorted(unknown))}")
    return kind(**{name: _value(hint, data[name]) for name, hint in hints.items()})


def canonical(data: Any) -> str:
    """JSON in the one form that is hashed: sorted keys, no spaces, nothing escaped."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(data: Any) -> str:
    """The SHA-256 of JSON data, as built or as read back from the database."""
    return hashlib.sha256(canonical(data).encode()).hexdigest()


@cache
def _hints(kind: type[Any]) -> dict[str, Any]:
    found = get_type_hints(kind)
    return {field.name: found[field.name] for field in fields(cast(Any, kind))}


def _value(hint: Any, stored: Any) -> Any:
    origin, parts = get_origin(hint), get_args(hint)
    if origin in {Union, UnionType}:
        known = next(part for part in parts if part is not NoneType)
        return None if stored is None else _value(known, stored)
    if origin is tuple:
        if len(parts) == 2 and parts[1] is Ellipsis:
            return tuple(_value(parts[0], part) for part in stored)
        return tuple(_value(part, one) for part, one in zip(parts, stored, strict=True))
    if origin is not None and issubclass(origin, Mapping):
        return {_value(parts[0], key): _value(parts[1], part) for key, part in stored.items()}
    return _simple(hint, stored)


def _simple(hint: Any, stored: Any) -> Any:
    if not isinstance(hint, type):
        return stored
    if hint is Period:
        return Period.parse(stored)
    if is_dataclass(hint):
        return read(hint, stored)
    if hint in {datetime, date}:
        return hint.fromisoformat(stored)
    if hint in {Decimal, int} or issubclass(hint, Enum):
        return hint(stored)
    return stored
