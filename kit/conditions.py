"""Conditions of questions to the database."""

from __future__ import annotations

from functools import reduce
from operator import or_

from django.db.models import Q


def having(words: str, *fields: str) -> Q:
    """Each of these words stands in one of the fields."""
    found = Q()
    for word in words.split():
        found &= reduce(or_, (Q(**{f"{field}__icontains": word}) for field in fields))
    return found
