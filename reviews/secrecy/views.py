"""Pages of the separate secrecy review (保密审查)."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.reader import reader_of, reader_who
from kit.answers import form_page
from kit.paging import SHORT, page_of
from reviews.reader import visible_item
from reviews.secrecy.forms import SecrecyForm
from reviews.secrecy.rules import is_secrecy_reviewer, last_secrecy_review, may_review_secrecy, secrecy_inbox
from reviews.secrecy.services import review_secrecy
from reviews.steps import refusals
from reviews.steps.moving import Overtaken, TextChanged
from submissions.enums import IN_REVIEW
from submissions.models import Item
from submissions.reading import as_filed


@require_safe
def secrecy_inbox_page(request: HttpRequest) -> HttpResponse:
    """The items whose current text waits for this person's verdict."""
    user = reader_who(is_secrecy_reviewer, request, _("Only secrecy reviewers see this page."))
    now = timezone.now()
    items = secrecy_inbox(user, now).with_people()
    context = {"page": page_of(request, items, SHORT), "today": timezone.localdate(now)}
    return render(request, "reviews/secrecy/inbox.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def secrecy_review(request: HttpRequest, pk: int) -> HttpResponse:
    """The text and its files, the questions, the verdict."""
    item, user, now = visible_item(request, pk), reader_of(request), timezone.now()
    if not is_secrecy_reviewer(user):
        raise PermissionDenied(_("Only secrecy reviewers see this page."))
    form = SecrecyForm(request.POST or None, initial={"version": item.version})
    if form.is_bound and form.is_valid():
        return _judge(request, item, form)
    if not may_review_secrecy(user, item, now):
        why = _("The secrecy review is for somebody who neither wrote nor decides on the item.")
        if item.status not in IN_REVIEW:
            why = _("The item is no longer in review.")
        return refusals.refused(request, item, why)
    version = item.versions.select_related("made_by").get(number=item.version)
    context = {
        **as_filed(item, version),
        "verdict": last_secrecy_review(item),
        "form": form,
        "today": timezone.localdate(now),
    }
    return form_page(request, "reviews/secrecy/review.html", context)


def _judge(request: HttpRequest, item: Item, form: SecrecyForm) -> HttpResponse:
    said, clear = form.cleaned_data, form.cleaned_data["clear"] == "yes"
    try:
        review_secrecy(
            item=item,
            version=said["version"],
            answers=form.answers,
            clear=clear,
            comment=said["comment"],
            by=reader_of(request),
            now=timezone.now(),
        )
    except Overtaken:
        return refusals.refused(request, item, _("The item is no longer in review."))
    except TextChanged as error:
        return refusals.text_changed(request, item, error, comment=said["comment"])
    shown = {"title": item}
    if clear:
        messages.success(request, _("“%(title)s” may be published: recorded.") % shown)
    else:
        told = _("“%(title)s” is not to be published as it is: its writers and reviewers are told.")
        messages.success(request, told % shown)
    return redirect("reviews:secrecy-inbox")
