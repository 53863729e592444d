"""The page on which an administrator sets how the office reviews."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.enums import UnitKind
from accounts.models import Unit, User
from accounts.querysets import UnitQuerySet
from accounts.reader import reader_who
from kit.answers import form_page
from kit.conditions import having
from kit.paging import page_of
from reviews.chain import ROADS, Road
from reviews.office_settings.forms import RuleForm
from reviews.office_settings.queries import own_checks, rule_of
from reviews.office_settings.services import set_own_check, set_rule
from reviews.rules import may_keep_office_settings
from reviews.wording import role_at
from submissions.enums import Chain, Route


@require_http_methods(["GET", "HEAD", "POST"])
def rule_settings(request: HttpRequest) -> HttpResponse:
    """The chain of the office, its secrecy review, and the units with a check of their own."""
    user = reader_who(may_keep_office_settings, request)
    posted = request.POST if request.method == "POST" else None
    form = RuleForm(posted, instance=rule_of(user.office))
    if form.is_bound and form.is_valid():
        set_rule(**form.cleaned_data, by=user, now=timezone.now())
        messages.success(request, _("Saved. Items filed from now on take this chain."))
        return redirect("reviews:rule-settings")
    words = request.GET.get("q", "").strip()
    page = page_of(request, _units(user, words))
    context = {
        "form": form,
        "roads": [(chain.label, _roads(chain)) for chain in (Chain.THREE_LEVELS, Chain.COUNTY)],
        "q": words,
        "page": page,
        "lines": own_checks(user.office, page, timezone.localdate()),
    }
    return form_page(request, "reviews/office_settings/settings.html", context)


@require_POST
def own_check(request: HttpRequest, pk: int) -> HttpResponse:
    """Turn a unit's own check on or off."""
    user, on = reader_who(may_keep_office_settings, request), request.POST.get("on") == "1"
    unit = get_object_or_404(_units(user), pk=pk)
    set_own_check(unit=unit, on=on, by=user, now=timezone.now())
    said = (
        _("Items of %(unit)s are signed by its own head first from now on.")
        if on
        else _("Items of %(unit)s go straight to the office from now on.")
    )
    messages.success(request, said % {"unit": unit.name})
    back = redirect("reviews:rule-settings")
    words = request.POST.get("q", "")
    back["Location"] += f"?{urlencode({'q': words})}#units" if words else "#units"
    return back


def _units(user: User, words: str = "") -> UnitQuerySet:
    """The units below the office, of which `words` name some."""
    units = Unit.objects.under(user.office).exclude(kind=UnitKind.OFFICE).active_on(timezone.localdate())
    return units.filter(having(words, "name", "short_name", "code")).in_order()


def _roads(chain: Chain) -> list[tuple[str, str]]:
    """Route and levels, such as (一般稿件, 综合科负责人 → 分管领导 → 主要领导)."""
    return [
        (str(route.label), " → ".join(role_at(level.waiting) for level in ROADS[Road(chain, route)]))
        for route in Route
    ]
