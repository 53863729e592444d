"""What every page shows of a person's notices."""

from __future__ import annotations

from django.http import HttpRequest

from accounts.models import User
from notices.models import Notice


def bell(request: HttpRequest) -> dict[str, object]:
    """Context: `unread_notices`, how many the signed-in person has not read; one query."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return {}
    return {"unread_notices": Notice.objects.of(user).unread().count()}
