"""The person behind a request; every page but the login page is for people who are signed in."""

from django.http import HttpRequest

from accounts.models import User


def reader_of(request: HttpRequest) -> User:
    assert isinstance(request.user, User), "LoginRequiredMiddleware lets nobody else through"
    return request.user
