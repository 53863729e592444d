"""What a list page offers beside its rows: saved lists and the choice of columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.http import HttpRequest
from django.template import RequestContext

from accounts.models import SavedList, User
from accounts.saved_lists import DEFAULT, tidy
from kit.columns import Column, chosen

register = template.Library()


@register.filter
def columns_asked_for(request: HttpRequest) -> list[str]:
    """The columns that the address names. A template that asks `request.GET` for a method is given the
    parameter of that name, if the address has one."""
    return request.GET.getlist("c")


@register.inclusion_tag("components/list_tools.html", takes_context=True)
def list_tools(context: RequestContext, columns: Sequence[Column] = ()) -> dict[str, Any]:
    """The saved lists of this page, the form that saves what is on screen, and the columns to choose from."""
    request = context["request"]
    page, now = request.resolver_match.view_name, tidy(request.GET.urlencode())
    own = SavedList.objects.filter(user=request.user, page=page) if isinstance(request.user, User) else []
    kept = sorted(own, key=lambda each: each.pk)
    on_screen = {column.key for column in chosen(columns, request.GET)}
    return {
        "csrf_token": context.get("csrf_token"),
        "path": request.path,
        "page": page,
        "now": now,
        "saved": [each for each in kept if each.name != DEFAULT],
        "opens_with": next((each.query for each in kept if each.name == DEFAULT), ""),
        "columns": [(column, column.key in on_screen) for column in columns],
        "others": [
            (name, value)
            for name, values in request.GET.lists()
            for value in values
            if name not in {"c", "page"}
        ],
    }
