"""Every address of the site, as people walk it: what stands on a page, where it leads, what it sends."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, QueryDict
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse

from accounts.models import User
from tests.browser.sights import SIGHTS

#: Names of parameters that views have looked for since it was emptied.
ASKED: set[str] = set()


class Listening(QueryDict):
    """Parameters that note in `ASKED` which of them a view looks for."""

    def __getitem__(self, key: str) -> Any:
        ASKED.add(key)
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        ASKED.add(str(key))
        return super().__contains__(key)

    def get(self, key: str, default: Any = None) -> Any:
        ASKED.add(key)
        return super().get(key, default)

    def getlist(self, key: str, default: Any = None) -> list[Any]:
        ASKED.add(key)
        return super().getlist(key, default)


def listen(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware, innermost: the view's parameters are `Listening`."""

    class Listener:
        def __call__(self, request: HttpRequest) -> HttpResponse:
            return get_response(request)

        def process_view(self, request: HttpRequest, *_view: Any) -> None:
            vars(request)["GET"] = Listening(request.META.get("QUERY_STRING", ""))
            if request.method == "POST":
                heard = Listening(mutable=True)
                for name, values in request.POST.lists():
                    heard.setlist(name, values)
                vars(request)["_post"] = heard

    return Listener()


@dataclass
class Form:
    """A form as its page offers it."""

    method: str
    action: str
    fields: dict[str, list[str]] = field(default_factory=dict)


class Page(HTMLParser):
    """The links and forms of a page."""

    def __init__(self, html: str, url: str) -> None:
        super().__init__()
        self.url, self.links, self.forms = url, list[str](), list[Form]()
        self._form: Form | None = None
        self._select = self._box = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        if tag == "a" and named.get("href", "").startswith(("/", "?")):
            self.links.append(self._full(named["href"]))
        elif tag == "form":
            self._form = Form(named.get("method", "get").lower(), self._full(named.get("action", "")))
            self.forms.append(self._form)
        elif self._form is not None:
            self._field(tag, named)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = ""

    def handle_data(self, data: str) -> None:
        if self._box and self._form is not None:
            self._form.fields[self._box] = [data.removeprefix("\n")]
            self._box = ""

    def _field(self, tag: str, named: dict[str, str]) -> None:
        assert self._form is not None
        fields, name = self._form.fields, named.get("name", "")
        if tag == "select":
            self._select = name
            fields.setdefault(name, [])
        elif tag == "option" and self._select and ("selected" in named or not fields[self._select]):
            fields[self._select] = [named.get("value", "")]
        elif tag == "textarea":
            self._box = name
            fields.setdefault(name, [""])
        elif tag in {"input", "button"} and name:
            boxes = named.get("type") in {"checkbox", "radio"}
            if named.get("type") == "submit" or tag == "button" or (boxes and name in fields):
                fields.setdefault(name, [named.get("value", "")])
            elif named.get("type") != "file":
                fields.setdefault(name, []).append(named.get("value", "on" if boxes else ""))
        if "formaction" in named:
            self._form.fields.setdefault("", [])

    def _full(self, address: str) -> str:
        return address if address.startswith("/") else urlsplit(self.url).path + address


def routes(patterns: list[Any] | None = None, space: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """The full name of every address, and of each of its parameters the kind."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else space)
        else:
            assert isinstance(pattern, URLPattern)
            kinds = {name: type(kind).__name__ for name, kind in pattern.pattern.converters.items()}
            yield f"{space}{pattern.name}", kinds


def known_pages() -> Iterator[tuple[str, str]]:
    """(person, address) of every page that `tests.browser.sights` looks at."""
    for sight in SIGHTS:
        who = sight.who() if callable(sight.who) else sight.who
        query = sight.query() if callable(sight.query) else sight.query
        yield who or "", reverse(sight.name, args=list(sight.args())) + query


def name_of(address: str) -> str:
    """The route of an address."""
    return resolve(urlsplit(address).path).view_name


def signed_in(username: str) -> Client:
    client = Client()
    if username:
        client.force_login(User.objects.get(username=username))
    return client
