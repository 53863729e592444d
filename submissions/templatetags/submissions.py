"""Template tags for items."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import PurePosixPath
from typing import Any, Final

from django import template
from django.utils.safestring import SafeString, mark_safe

from submissions.checks.documents import READ
from submissions.markup import downwards, from_words
from submissions.models import Attachment, Item
from submissions.previews import Kind, kind_of
from submissions.wording import status_in_words

_DOWNWARDS: Final = re.compile(r'<(p|h2|h3)( lang="mn-Mong")')

register = template.Library()


@register.inclusion_tag("components/status.html")
def item_status(item: Item, today: date) -> dict[str, str]:
    """The badge of an item's state in plain words: {% item_status item today %}."""
    return {"code": item.status, "label": status_in_words(item, today)}


@register.filter
def text_as_html(content: Item | Mapping[str, Any]) -> SafeString:
    """The text of an item or of a version's content; what was filed before there was HTML has words alone.

    Safe because whoever stores HTML stores what `submissions.markup.clean` gave.
    """
    html, body = (
        (content.html, content.body)
        if isinstance(content, Item)
        else (content.get("html", ""), content.get("body", ""))
    )
    html = html or from_words(body) or "<p>—</p>"
    # What may be wider or higher than the page scrolls by itself, for the keyboard too.
    html = html.replace("<table>", '<div class="item-table" tabindex="0"><table>').replace(
        "</table>", "</table></div>"
    )
    return mark_safe(_DOWNWARDS.sub(r'<\1 tabindex="0"\2', html))  # noqa: S308 cleaned when it was kept


@register.filter
def preview_kind(attachment: Attachment) -> Kind:
    """How a file is shown in the page: picture, pages, video, words, tables or none."""
    return kind_of(attachment)


@register.filter
def words_are_checked(attachment: Attachment) -> bool:
    """Whether the checks read the words in a file; those in PDF, pictures and videos only people do."""
    return PurePosixPath(attachment.file.name or "").suffix.lstrip(".") in READ


@register.filter
def upright(line: object) -> SafeString:
    """A title or name in which words of Traditional Mongolian run downwards: {{ item|upright }}."""
    return mark_safe(downwards(str(line)))  # noqa: S308 escaped by `downwards`
