"""Pages of targets: the year's table of units, that of a unit's people, and where both are set."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Unit, User
from accounts.names import bearings
from accounts.reader import reader_of, reader_who
from incentives.enums import Measure
from incentives.exports import target_workbook
from incentives.forms import Row, TargetGrid
from incentives.models import Target
from incentives.progress import amounts, year_gone
from incentives.rules import (
    may_see_targets_of_people,
    may_set_targets,
    may_set_targets_of_people,
    ranking_units,
)
from incentives.services import set_targets
from incentives.tables import people_of, people_rows, unit_rows
from kit.answers import form_page
from kit.numbers import rate_text
from paper.answers import workbook

FIRST_YEAR = 2000


@require_safe
def target_list(request: HttpRequest) -> HttpResponse:
    """What the units are to reach this year and how far they are; of those the person sees."""
    user, today = reader_of(request), timezone.localdate()
    year = _year(request, today)
    context = _shown(year, today) | {
        "rows": unit_rows(user, year),
        "may_set": may_set_targets(user),
        "people_of": {unit.pk for unit in ranking_units(user) if may_see_targets_of_people(user, unit)},
    }
    return render(request, "incentives/list.html", context)


@require_safe
def target_export(request: HttpRequest) -> HttpResponse:
    """The same table as a workbook."""
    user, now = reader_of(request), timezone.now()
    year = _year(request, timezone.localdate(now))
    title = _("Targets and what was reached, %(year)s") % {"year": year}
    return workbook(target_workbook(title, user.office.name, unit_rows(user, year), now), title)


@require_http_methods(["GET", "HEAD", "POST"])
def target_edit(request: HttpRequest) -> HttpResponse:
    """The table in which the office sets the targets of its units."""
    refusal = _("Only the office's administrators set the targets of units.")
    user, today = reader_who(may_set_targets, request, refusal), timezone.localdate()
    year = _year(request, today)
    first, last = date(year, 1, 1), date(year, 12, 31)
    units = ranking_units(user).active_between(first, last).in_order().prefetch_related("aliases")
    rows = [
        Row(unit, names=tuple(borne.name for borne in bearings(unit) if borne.overlaps(first, last)))
        for unit in units
    ]
    back = f"{reverse('incentives:target-list')}?year={year}"
    return _edit(request, year, rows, back=back, heading=_("Targets of the units"))


@require_safe
def person_target_list(request: HttpRequest, pk: int) -> HttpResponse:
    """What a unit's people are to reach and how far they are."""
    user, today = reader_of(request), timezone.localdate()
    unit = _unit(user, pk)
    year = _year(request, today)
    context = _shown(year, today) | {
        "unit": unit,
        "rows": people_rows(unit, year, today),
        "may_set": may_set_targets_of_people(user, unit),
    }
    return render(request, "incentives/people.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def person_target_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The table in which a unit's administrator sets the targets of its people."""
    user, today = reader_of(request), timezone.localdate()
    unit = _unit(user, pk)
    if not may_set_targets_of_people(user, unit):
        raise PermissionDenied(_("Only the unit's administrator sets the targets of its people."))
    year = _year(request, today)
    rows = [Row(unit, person, (person.display_name,)) for person in people_of(unit, year)]
    back = f"{reverse('incentives:person-target-list', args=[pk])}?year={year}"
    heading = _("Targets of the people of %(unit)s") % {"unit": unit.name}
    return _edit(request, year, rows, back=back, heading=heading)


def _edit(request: HttpRequest, year: int, rows: Sequence[Row], *, back: str, heading: str) -> HttpResponse:
    user = reader_of(request)
    office, copied = user.office, "copy" in request.GET
    stored = amounts(Target.objects.of_year(office, year))
    offered = amounts(Target.objects.of_year(office, year - 1)) if copied else None
    form = TargetGrid(request.POST or None, rows=rows, stored=stored, offered=offered)
    if request.method == "POST" and form.is_valid():
        changed = set_targets(office=office, year=year, cells=form.changes(), by=user, now=timezone.now())
        if changed:
            words = ngettext("%(count)s target was changed.", "%(count)s targets were changed.", changed)
            messages.success(request, words % {"count": changed})
        else:
            messages.info(request, _("No target was changed."))
        return redirect(back)
    context = {
        "heading": heading,
        "head": _("Person") if rows and rows[0].person else _("Unit"),
        "year": year,
        "form": form,
        "measures": list(Measure),
        "back": back,
        "copied": copied and not form.is_bound,
    }
    return form_page(request, "incentives/edit.html", context)


def _year(request: HttpRequest, today: date) -> int:
    """The year asked for; this one by default, and next year at the latest."""
    text = request.GET.get("year", str(today.year))
    if not (text.isascii() and text.isdecimal() and FIRST_YEAR <= int(text[:5]) <= today.year + 1):
        raise Http404
    return int(text)


def _shown(year: int, today: date) -> dict[str, object]:
    """What the tables have in common."""
    return {
        "year": year,
        "years": [year - 1, year + 1] if year <= today.year else [year - 1],
        "gone": rate_text(year_gone(year, today)) if year == today.year else "",
        "measures": list(Measure),
    }


def _unit(user: User, pk: int) -> Unit:
    """A unit whose people's targets this person may see, or 404."""
    unit = get_object_or_404(ranking_units(user), pk=pk)
    if not may_see_targets_of_people(user, unit):
        raise Http404
    return unit
