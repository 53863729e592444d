"""Who reads a page of review, and the item it is about."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.reader import reader_of, reader_who
from reviews.rules import is_reviewer
from submissions.models import Item


def visible_item(request: HttpRequest, pk: int) -> Item:
    items = Item.objects.visible_to(reader_of(request)).select_related("unit", "office", "submitter", "round")
    return get_object_or_404(items, pk=pk)


def reviewer(request: HttpRequest) -> User:
    return reader_who(is_reviewer, request, _("Only reviewers see this page."))
