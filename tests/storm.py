"""Writers and counts at once, in threads with connections of their own: what is answered, lost or doubled."""

from __future__ import annotations

import itertools
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from io import StringIO
from uuid import uuid4

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from adoptions.models import Adoption, Outlet
from kit import faults
from reviews.checklists import CHECKLISTS
from submissions.enums import Status
from submissions.models import Item
from tests.adoptions.builders import form_data as adoption_data
from tests.conftest import LONG_AGO, Cast, City, issued
from tests.submissions.builders import form_data

#: Tries of one form before its writer gives up.
TRIES = 20


@dataclass
class Storm:
    """What happened. `kept` are the keys of forms that were answered with success."""

    seconds: float
    answers: Counter[int] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    retries: int = 0
    counts: int = 0

    def __post_init__(self) -> None:
        self.until = time.monotonic() + self.seconds

    @property
    def lost(self) -> int:
        items = Item.objects.filter(form_key__in=self.kept).exclude(status=Status.DRAFT).count()
        adoptions = Adoption.objects.filter(link__in=self.links).count()
        return len(self.kept) - items + len(self.links) - adoptions

    @property
    def doubled(self) -> int:
        numbers = list(Item.objects.exclude(number=None).values_list("number", flat=True))
        links = list(Adoption.objects.filter(link__in=self.links).values_list("link", flat=True))
        return len(numbers) - len(set(numbers)) + len(links) - len(set(links))

    def press(self, client: Client, url: str, data: dict[str, object]) -> int:
        """The answer to a form that is sent again for as long as it is told to try later."""
        status = 503
        for _ in range(TRIES):
            status = client.post(url, data).status_code
            self.answers[status] += 1
            if status != 503:
                break
        return status

    def over(self) -> bool:
        return time.monotonic() > self.until

    def run(self, *works: Callable[[], None]) -> None:
        """Do every work over and over, each in a thread of its own, until the time is over."""

        def repeat(work: Callable[[], None]) -> None:
            try:
                while not self.over():
                    work()
            except Exception as error:  # a page's exception is its 500
                self.errors.append(f"{type(error).__name__}: {error}")
                self.answers[500] += 1
            finally:
                connection.close()

        def counted(seconds: float) -> None:
            self.retries += 1
            time.sleep(seconds)

        vars(faults)["sleep"] = counted
        threads = [threading.Thread(target=repeat, args=[work]) for work in works]
        try:
            for thread in threads:
                thread.start()
        finally:
            for thread in threads:
                thread.join()
            vars(faults)["sleep"] = time.sleep


def storm(city: City, cast: Cast, outlet: Outlet, *, seconds: float) -> Storm:
    """Two who file, one who reviews, one who registers adoptions, and two who count everything again."""
    seen = Storm(seconds)
    item = issued(cast.author, cast, timezone.now())
    numbers = itertools.count(1)

    def signed_in(person: User) -> Client:
        client = Client()
        client.force_login(person)
        return client

    def files(person: User) -> Callable[[], None]:
        client = signed_in(person)

        def file() -> None:
            key = str(uuid4())
            data = form_data(form_key=key, authors=[(person.display_name, "1")], writer=person.pk)
            seen.press(client, reverse("submissions:item-autosave"), data)
            if seen.press(client, reverse("reviews:item-submit-new"), data) == 302:
                seen.kept.append(key)

        return file

    def reviews() -> None:
        waiting = Item.objects.filter(status=Status.SECTION_REVIEW).order_by("pk").first()
        if waiting is None:
            time.sleep(0.05)
            return
        checked = list(CHECKLISTS[Status.SECTION_REVIEW])
        data = {"source": waiting.status, "version": waiting.version, "checked": checked, "action": "pass"}
        seen.press(reviewer, reverse("reviews:item-decide", args=[waiting.pk]), data)

    def registers() -> None:
        link = f"https://news.example.cn/{next(numbers)}.html"
        one = Outlet.objects.create(
            office=city.office, name=link, level=outlet.level, carrier=outlet.carrier, active_from=LONG_AGO
        )
        data = adoption_data(one, item, date=f"{timezone.localdate()}", link=link)
        if seen.press(registrar, reverse("adoptions:adoption-create", args=[item.pk]), data) == 302:
            seen.links.append(link)

    def counts() -> None:
        call_command("recount", office=city.office.code, first="2025-09", stdout=StringIO())
        seen.counts += 1

    reviewer, registrar = signed_in(cast.section_head), signed_in(cast.admin)
    seen.run(files(cast.author), files(cast.colleague), reviews, registers, counts, counts)
    return seen
