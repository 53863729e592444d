"""The person behind a request; every page but the login page is for people who are signed in."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.rules import may_manage_people


def reader_of(request: HttpRequest) -> User:
    assert isinstance(request.user, User), "LoginRequiredMiddleware lets nobody else through"
    return request.user


def reader_who(may: Callable[[User], bool], request: HttpRequest, refusal: str = "") -> User:
    """The reader, who must be somebody that a rule allows. Raises PermissionDenied."""
    reader = reader_of(request)
    if not may(reader):
        raise PermissionDenied(refusal)
    return reader


def administrator_of(request: HttpRequest) -> User:
    """The reader, who must be one that keeps people and units."""
    return reader_who(may_manage_people, request, _("People and units are kept by administrators."))
