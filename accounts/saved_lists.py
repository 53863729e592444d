"""The lists a person has saved: under a name, or as what a page opens with."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from django.db import transaction
from django.http import HttpRequest

from accounts.models import SavedList, User

#: Name of the list that a page opens with.
DEFAULT = ""
#: Saved lists of one page that a person may have; more are a list of their own to search through.
MOST = 12
#: Parts of an address that say where one is in a list, not what the list is.
PASSING = frozenset({"page", "csrfmiddlewaretoken"})


class TooMany(Exception):
    """The person has `MOST` lists of this page already."""


def tidy(query: str) -> str:
    """The part of a query string that says what a list is: filters that say something, order, columns."""
    pairs = [(name, value) for name, value in parse_qsl(query) if value and name not in PASSING]
    return urlencode(pairs)


@transaction.atomic
def save_list(*, user: User, page: str, name: str, query: str) -> SavedList:
    """Keep how a list page is seen now; the same name is kept anew. Raises TooMany."""
    own = SavedList.objects.filter(user=user, page=page)
    if name != DEFAULT and own.exclude(name__in=[DEFAULT, name]).count() >= MOST:
        raise TooMany
    kept, _created = SavedList.objects.update_or_create(
        user=user, page=page, name=name, defaults={"query": tidy(query)[:1000]}
    )
    return kept


def opening_of(request: HttpRequest) -> SavedList | None:
    """What a list page that is asked for without any condition opens with, if its reader has saved that."""
    match = request.resolver_match
    if request.GET or match is None or not isinstance(request.user, User):
        return None
    kept = SavedList.objects.filter(user=request.user, page=match.view_name, name=DEFAULT)
    return kept.exclude(query="").first()
