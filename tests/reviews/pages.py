"""Buttons of the pages of review, pressed as their forms press them, and what the answers say."""

from __future__ import annotations

import html
from typing import Any

from django.test import Client
from django.urls import reverse

from reviews.checklists import CHECKLISTS
from submissions.models import Item


def decide(client: Client, item: Item, action: str, comment: str = "", **seen: Any):
    """Press a button of the decision page as it was when `item` was read."""
    data = {"source": item.status, "version": item.version, "action": action, "comment": comment}
    data |= {"checked": list(CHECKLISTS.get(item.status, ()))} | seen
    return client.post(reverse("reviews:item-decide", args=[item.pk]), data)


def withdraw(client: Client, item: Item):
    data = {"source": item.status, "version": item.version}
    return client.post(reverse("reviews:item-withdraw", args=[item.pk]), data)


def text_of(response: Any) -> str:
    return html.unescape(response.content.decode())


def said(response: Any) -> list[str]:
    """The messages on the page a redirect leads to."""
    return [str(message) for message in response.wsgi_request._messages]
