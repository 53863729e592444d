"""Whatever stands in an address, a form, a header or a cookie: no 500. And what its writer has not filed
again is read by nobody else, wherever they look."""

from __future__ import annotations

import io
import os
import random
import zipfile
from collections.abc import Iterator
from itertools import cycle
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import NoReverseMatch, Resolver404, reverse

from accounts.enums import Role
from accounts.models import RoleGrant, User
from submissions.enums import RETURNED, Status
from submissions.models import Item
from submissions.services.drafts import Author, save_draft
from tests import addresses
from tests.addresses import Form, Page
from tests.browser import rich_city

#: What no form sends, and people, scanners and broken programs do.
ODD = (
    "", "²", "٣", "-1", "0", "00", "1e9", "9" * 30, "9" * 5000, "1;2", "null", "[]", "[[1]]", '{"a":', "{}",
    "nan", "Infinity", "1E+999999", "0001-01-01", "9999-12-31", "2026-02-30", "0000-00", "2026-13", "9999-12",
    "a:b:c", "1:section_review:99999999999999999999", "\u202e\u2028", "%", "_", "\\", "'\"<>", "字" * 3000,
    "\ufeff", "-o", "2026-01-01T25:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00",
    "00000000-0000-0000-0000-000000000000",
)  # fmt: skip
#: How thorough it is; `FUZZ=40` takes an hour or two.
ROUNDS = int(os.environ.get("FUZZ", "1"))
#: The same as bytes: no UTF-8, a half of a pair, NUL.
ODD_BYTES = ("%FF%FE", "%ED%A0%80", "%00", "a%00b", "%C0%80")


@pytest.fixture(scope="module")
def world(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: Any
) -> Iterator[None]:
    """The rich city, once for this module; whatever a test does to it is undone by `asked`."""
    middleware = [*settings.MIDDLEWARE, "tests.addresses.listen"]
    media = tmp_path_factory.mktemp("media")
    with override_settings(MEDIA_ROOT=media, MIDDLEWARE=middleware), django_db_blocker.unblock():
        rich_city.build()
        yield
        call_command("flush", interactive=False, verbosity=0)


def people() -> dict[str, User]:
    """One person for each role."""
    grants = RoleGrant.objects.filter(user__is_active=True).select_related("user").order_by("pk")
    return {role: next(grant.user for grant in grants if grant.role == role) for role in Role}


class Fuzz:
    """Asks, undoes what it did, and keeps what failed."""

    def __init__(self) -> None:
        self.asked, self.failed = 0, dict[str, str]()

    def ask(
        self, client: Client, method: str, address: str, data: Any = None, **more: Any
    ) -> HttpResponse | None:
        self.asked += 1
        try:
            with transaction.atomic():
                answer = getattr(client, method)(address, data, **more)
                if answer.streaming:
                    answer = HttpResponse(b"".join(answer.streaming_content), status=answer.status_code)
                transaction.set_rollback(True)
        except Exception as error:  # whatever it is, it would be a 500
            self._note(address, data, f"{type(error).__name__}: {str(error)[:200]}")
            return None
        if answer.status_code >= 500:
            self._note(address, data, str(answer.status_code))
            return None
        return answer  # type: ignore[no-any-return]

    def send(self, client: Client, address: str, body: bytes, kind: str, **more: Any) -> None:
        """A body as it is."""
        client.raw = lambda url, data, **rest: client.generic("POST", url, data, kind, **rest)  # type: ignore[attr-defined]
        self.ask(client, "raw", address, body, **more)

    def _note(self, address: str, data: Any, what: str) -> None:
        place = urlsplit(address).path.translate({ord(digit): "#" for digit in "0123456789"})
        self.failed.setdefault(f"{place[:80]} {what}", f"{address[:200]} {str(data)[:300]}")

    def told(self) -> str:
        return "\n".join(f"{what}\n    {how}" for what, how in self.failed.items())


def with_odd(where: str, query: dict[str, Any], names: list[str]) -> Iterator[dict[str, Any]]:
    """The parameters with odd texts in all of `names` at once, then in each of them alone."""
    rnd = random.Random(where)  # noqa: S311 (the same ones each time)
    for text in rnd.sample(ODD, min(5 * ROUNDS, len(ODD))):
        yield query | dict.fromkeys(names, text)
    for name in names:
        for text in rnd.sample(ODD, min(ROUNDS, len(ODD))):
            yield query | {name: text}
    yield query | {name: rnd.sample(ODD, 3) for name in names}


def test_no_parameter_of_any_page_makes_an_error(world: None) -> None:
    fuzz, done = Fuzz(), set[str]()
    for who, address in addresses.known_pages():
        client = addresses.signed_in(who)
        addresses.ASKED.clear()
        answer = fuzz.ask(client, "get", address)
        page = Page(answer.content.decode(errors="replace") if answer else "", address)
        here = addresses.name_of(address)
        if here not in done:
            done.add(here)
            _fuzz_query(fuzz, client, address, sorted(addresses.ASKED))
        for link in page.links:
            try:
                there = addresses.name_of(link)
            except Resolver404:
                continue
            if there not in done:
                done.add(there)
                addresses.ASKED.clear()
                fuzz.ask(client, "get", link)
                _fuzz_query(fuzz, client, link, sorted(addresses.ASKED))
        for form in page.forms:
            sent = f"{form.method} {addresses.name_of(form.action)}"
            if sent not in done:
                done.add(sent)
                _fuzz_form(fuzz, client, form)
    assert not fuzz.failed, fuzz.told()
    assert fuzz.asked > 2000


def _fuzz_query(fuzz: Fuzz, client: Client, address: str, names: list[str]) -> None:
    path = urlsplit(address).path
    for query in with_odd(path, {}, names):
        fuzz.ask(client, "get", f"{path}?{urlencode(query, doseq=True)}")
    for text in ODD_BYTES:
        fuzz.ask(client, "get", f"{path}?{'&'.join(f'{quote(name)}={text}' for name in names)}")
    fuzz.ask(
        client, "get", f"{path}?{'&'.join(f'{quote(name)}[]=1&{quote(name)}[a][b]=1' for name in names)}"
    )


def _fuzz_form(fuzz: Fuzz, client: Client, form: Form) -> None:
    if form.method == "get":
        return
    addresses.ASKED.clear()
    fuzz.ask(client, "post", form.action, form.fields)
    names = sorted((addresses.ASKED | form.fields.keys()) - {"csrfmiddlewaretoken", ""})
    for data in with_odd(form.action, form.fields, names):
        fuzz.ask(client, "post", form.action, data)
    fuzz.ask(client, "post", form.action, {})
    fuzz.ask(client, "post", form.action, "a=%00&b=%FF", content_type="application/x-www-form-urlencoded")
    fuzz.ask(
        client, "post", form.action, form.fields | {"action": [*form.fields.get("action", []), "no such"]}
    )


def test_no_place_in_a_path_makes_an_error(world: None) -> None:
    """For a person of each role; what is asked for may not be theirs, or may not be there."""
    fuzz, clients = Fuzz(), [addresses.signed_in(person.username) for person in people().values()]
    texts = [*filter(None, ODD), "1", "2026", "2026-03", "2026-01..2026-99", "2026Q9", "0000Q1"]
    numbers = ["0", "1", "2", "9" * 18, "9" * 19, "9" * 30, "9" * 5000, "²", "-1"]
    turn = cycle(clients)
    for name, kinds in addresses.routes():
        offered = [numbers if kind == "IntConverter" else texts for kind in kinds.values()]
        for place in range(max(map(len, offered), default=len(clients))):
            chosen = {key: some[place % len(some)] for key, some in zip(kinds, offered, strict=True)}
            client, address = next(turn), path_to(name, chosen)
            fuzz.ask(client, "get", address)
            fuzz.ask(client, "post", address, {"q": "1"})
    assert not fuzz.failed, fuzz.told()


def path_to(name: str, chosen: dict[str, str]) -> str:
    """The address, also with what its own kind would not take."""
    try:
        return reverse(name, kwargs=chosen)
    except NoReverseMatch:
        known = {
            key: {"month": "2026-03", "section": "x", "kind": "x", "text": "x"}.get(key, "1")
            for key in chosen
        }
        address = reverse(name, kwargs=known)
        for key, text in chosen.items():
            address = address.replace(f"/{known[key]}/", f"/{quote(text, safe='')}/", 1)
        return address


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": "application/x-www-form-urlencoded; charset=no-such"},
        {"Content-Type": "application/x-www-form-urlencoded; charset=unicode_escape"},
        {"Content-Type": "multipart/form-data; boundary=x; charset=base64"},
        {"Content-Type": "multipart/form-data"},
        {"Content-Type": "multipart/form-data; boundary=" + "x" * 500},
        {"Content-Type": ";;;=;"},
        {"Content-Type": "\xff\xfe"},
        {"Cookie": "sessionid=\x00; csrftoken=\x00"},
        {"Cookie": "sessionid=" + "²" * 60},
        {"Cookie": "csrftoken=" + "x" * 5000},
        {"Cookie": "messages=\xff"},
        {"Cookie": 'messages=[["__json_message",0,99,"x"]]'},
        {"Accept-Language": "x" * 9000},
        {"Accept-Language": "\xff;q=nan"},
        {"HX-Current-URL": "http://[::1"},
        {"HX-Request": "\xff"},
        {"Referer": "http://[::1"},
        {"Origin": "http://[::1"},
        {"Range": "bytes=²-"},
        {"Range": "bytes=" + "9" * 5000 + "-"},
        {"If-Modified-Since": "Thu, 99 Foo 99999 99:99:99 GMT"},
        {"If-None-Match": "\xff"},
        {"Host": "²:x"},
    ],
)
def test_no_header_makes_an_error(world: None, headers: dict[str, str]) -> None:
    fuzz = Fuzz()
    client = addresses.signed_in("keerqin")
    meta = {
        f"HTTP_{name.upper().replace('-', '_')}": text
        for name, text in headers.items()
        if name != "Content-Type"
    }
    kind = headers.get("Content-Type", "application/x-www-form-urlencoded")
    for address in (reverse("desk"), reverse("submissions:item-list"), reverse("accounts:login")):
        fuzz.ask(client, "get", address, **meta)
        fuzz.send(client, address, b"", kind, **meta)
    item = Item.objects.filter(submitter__username="keerqin", status=Status.DRAFT).order_by("pk")[0]
    body = b"--x\r\nContent-Disposition: form-data; name=title; filename*=no-such''%FF\r\n\r\n1\r\n--x--\r\n"
    if "multipart" in kind:
        url = reverse("submissions:item-edit", args=[item.pk])
        fuzz.send(client, url, body, kind)
    assert not fuzz.failed, fuzz.told()


# What is not filed again


#: In the title, the text and every other field of the text that its writers are at.
CANARY = "金丝雀"
#: Found in the text filed last.
FILED = "百灵鸟"


@pytest.fixture
def working_copy(world: None) -> Iterator[list[Item]]:
    """Items that came back, or were withdrawn, and that their writers have changed since."""
    with transaction.atomic():
        items = []
        for status in sorted({*RETURNED, Status.WITHDRAWN}):
            item = Item.objects.filter(status=status, version__gt=0).order_by("pk").first()
            if item is None:
                continue
            last = item.versions.get(number=item.version)
            last.content |= {"title": f"{FILED}{item.pk}", "body": f"{FILED}的正文"}
            last.save(update_fields=["content"])
            Item.objects.filter(pk=item.pk).update(filed_title=f"{FILED}{item.pk}")
            save_draft(
                item=item,
                by=item.submitter,
                fields={
                    name: f"{CANARY}{name}"
                    for name in ("title", "body", "checker", "route_reason", "secrecy_statement")
                },
                authors=[Author(f"{CANARY}作者", 1)],
                now=item.changed_at,
            )
            items.append(item)
        assert len(items) >= 2
        yield items
        transaction.set_rollback(True)


def readers(items: list[Item]) -> list[User]:
    """A person of each role who has written none of them, and a colleague of each writer."""
    writers = {
        person
        for item in items
        for person in [item.submitter_id, *item.authorships.values_list("user", flat=True)]
    }
    colleagues = [
        User.objects.filter(unit=item.unit, is_active=True).exclude(pk__in=writers).first() for item in items
    ]
    return [person for person in {*people().values(), *colleagues} if person and person.pk not in writers]


def words_in(answer: HttpResponse) -> str:
    """What an answer says; of a workbook or a Word file its parts."""
    content = answer.content
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return content.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return "".join(packed.read(name).decode(errors="replace") for name in packed.namelist())


def about(items: list[Item]) -> list[str]:
    """Where these items may stand: pages about one of them, and lists and exports, also asked for words."""
    known = {"month": "2026-03", "section": "x", "kind": "x", "text": "x", "number": "1"}
    found = []
    for name, kinds in addresses.routes():
        for item in items[:2] if kinds else ():
            found.append(path_to(name, {each: known.get(each, str(item.pk)) for each in kinds}))
        if not kinds:
            asked = [{"c": "all"}, {"q": "正文"}] if name.endswith(("-list", "-export")) else [{}]
            found += [f"{reverse(name)}?{urlencode(query)}" for query in asked]
    return found


def test_what_is_not_filed_again_is_read_by_nobody_else(working_copy: list[Item]) -> None:
    fuzz, told, seen = Fuzz(), list[str](), 0
    others = readers(working_copy)
    walks = {person: about(working_copy) for person in others}
    for (_who, address), person in zip(addresses.known_pages(), cycle(others), strict=False):
        walks[person].append(address)
    for person, walk in walks.items():
        client = addresses.signed_in(person.username)
        for address in walk:
            answer = fuzz.ask(client, "get", address)
            text = words_in(answer) if answer else ""
            seen += FILED in text
            if CANARY in text:
                told.append(f"{person.username} {address}")
    assert not told, "\n".join(told)
    assert seen > 20, "they do see what was filed"
    assert not fuzz.failed, fuzz.told()


def test_what_is_not_filed_again_is_found_by_its_writers_alone(working_copy: list[Item]) -> None:
    for item in working_copy:
        for person in (item.submitter, *readers([item])):
            if not Item.objects.visible_to(person).filter(pk=item.pk).exists():
                continue
            found = Item.objects.visible_to(person)
            mine = person == item.submitter
            assert found.containing(f"{CANARY}body", person).filter(pk=item.pk).exists() == mine
            assert found.containing(f"{FILED}的正文", person).filter(pk=item.pk).exists() != mine
