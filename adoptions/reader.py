"""The person behind a request that only those who keep the ledger may make."""

from __future__ import annotations

from django.http import HttpRequest

from accounts.models import User
from accounts.reader import reader_who
from adoptions.rules import may_register


def registrar_of(request: HttpRequest) -> User:
    """Raises PermissionDenied for everybody else."""
    return reader_who(may_register, request)
