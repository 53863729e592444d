"""The person behind a request that only those who keep the ledger may make."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from accounts.models import User
from accounts.reader import reader_of
from adoptions.rules import may_register


def registrar_of(request: HttpRequest) -> User:
    """Raises PermissionDenied for everybody else."""
    user = reader_of(request)
    if not may_register(user):
        raise PermissionDenied
    return user
