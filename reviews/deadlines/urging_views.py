"""The button that asks a reviewer to hurry."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.reader import reader_of
from reviews.deadlines.urging import NobodyToUrge, UrgedAlready, urge
from reviews.reader import visible_item


@require_POST
def item_urge(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask those the item waits for to hurry (催办), and say who was told."""
    item = visible_item(request, pk)
    try:
        people = urge(item=item, by=reader_of(request), now=timezone.now())
    except UrgedAlready:
        messages.info(request, _("You have asked for this item today already. You can do so again tomorrow."))
    except NobodyToUrge:
        messages.warning(
            request, _("Nobody may decide on this item at present: ask the office administrator.")
        )
    else:
        names = "、".join(person.display_name for person in people)
        messages.success(request, _("%(names)s has been asked to hurry.") % {"names": names})
    return redirect("submissions:item-detail", item.pk)
