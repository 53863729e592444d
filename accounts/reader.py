"""The person behind a request; every page but the login page is for people who are signed in."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.rules import may_manage_people


def reader_of(request: HttpRequest) -> User:
    assert isinstance(request.user, User), "LoginRequiredMiddleware lets nobody else through"
    return request.user


def administrator_of(request: HttpRequest) -> User:
    """The reader, who must be one that keeps people and units."""
    reader = reader_of(request)
    if not may_manage_people(reader):
        raise PermissionDenied(_("People and units are kept by administrators."))
    return reader
