"""The tour of the demo city (五分钟导览). It is there where the demo city is, and nowhere else."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import User
from demo import cast
from demo.tour import STOPS, sample_item

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@login_not_required
@require_safe
def tour(request: HttpRequest) -> HttpResponse:
    """Five stops, each with its account, its page and what to notice."""
    people = _demo_people()
    stops = [(stop, people.get(stop.account), reverse(stop.page)) for stop in STOPS]
    return render(request, "tour.html", {"stops": stops, "password": cast.PASSWORD})


@login_not_required
@require_safe
def tour_sample(request: HttpRequest) -> FileResponse:
    """The Word file of the first stop."""
    _demo_people()
    name = _("Sample item.docx")
    return FileResponse(sample_item(), as_attachment=True, filename=name, content_type=DOCX)


def _demo_people() -> dict[str, User]:
    """The demo accounts of the tour by name. Http404 where there is no demo city."""
    wanted = {stop.account for stop in STOPS}
    demo = User.objects.filter(unit__office__code=cast.OFFICE, username__in=wanted, is_active=True)
    found = {person.username: person for person in demo.select_related("unit") if _is_demo(person)}
    if not found:
        raise Http404
    return found


def _is_demo(person: User) -> bool:
    """Whether this is the invented person, not somebody of a real office with the same account name."""
    return any(person.display_name == each.name for each in cast.PEOPLE if each.username == person.username)
