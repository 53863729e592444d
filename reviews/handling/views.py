"""What a reviewer does with an item beside deciding: changing the text, handing it on, merging it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.reader import reader_of
from kit.answers import form_page
from reviews import wording
from reviews.chain import LEVELS, IllegalStep
from reviews.enums import Action
from reviews.handling.assigning import assign
from reviews.handling.editing import edit_text
from reviews.handling.forms import AssignForm, EditForm, MergeForm
from reviews.handling.merging import merge
from reviews.querysets import deciders, inbox
from reviews.reader import reviewer, visible_item
from reviews.rules import may_assign, may_decide
from reviews.steps import refusals
from reviews.steps.moving import Overtaken, TextChanged
from submissions.enums import Status
from submissions.models import Item

#: Items offered to be merged with.
OFFERED = 50


@require_http_methods(["GET", "HEAD", "POST"])
def item_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the text of an item that waits for this person; the answer shows what is different now."""
    item, user, now = visible_item(request, pk), reviewer(request), timezone.now()
    start = {"source": item.status, "version": item.version, "title": item.title, "body": item.body}
    form = EditForm(request.POST or None, initial=start | {"html": item.html})
    if form.is_bound and form.is_valid():
        return _edit(request, item, form)
    if not may_decide(user, item, now):
        return refusals.refused(request, item, wording.refusal(user, item))
    context = {"item": item, "form": form}
    return form_page(request, "reviews/handling/edit.html", context)


def _edit(request: HttpRequest, item: Item, form: EditForm) -> HttpResponse:
    said = form.cleaned_data
    seen = (said["source"], said["version"])
    try:
        decision = edit_text(
            item=item,
            by=reader_of(request),
            source=seen[0],
            version=seen[1],
            title=said["title"],
            html=said["html"] or "",
            body=None if said["html"] else said["body"],
            comment=said["comment"],
            now=timezone.now(),
        )
    except Overtaken:
        return refusals.overtaken(request, item, Action.EDIT, seen=seen, comment=said["body"])
    except TextChanged as error:
        return refusals.text_changed(request, item, error, comment=said["body"])
    except IllegalStep:
        return refusals.refused(request, item, _("This step does not exist where the item stands."))
    if decision is None:
        messages.info(request, _("Nothing was changed, so nothing was saved; every signature stands."))
        return redirect("reviews:item-decide", item.pk)
    messages.success(
        request,
        _("Saved as version %(number)s in your name; below is what is different.")
        % {"number": decision.version.number},
    )
    number = decision.version.number
    return redirect("reviews:version-compare", item.pk, number - 1, number)


@require_http_methods(["GET", "HEAD", "POST"])
def item_assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand the item to somebody else who may decide on it."""
    item, user, now = visible_item(request, pk), reader_of(request), timezone.now()
    if not may_assign(user, item, now):
        raise PermissionDenied(_("Who decides on the item hands it on, or the office administrator."))
    people = deciders(item, LEVELS[Status(item.status)], now).exclude(pk=user.pk)
    start = {"source": item.status, "version": item.version}
    form = AssignForm(request.POST or None, initial=start, people=people)
    if form.is_bound and form.is_valid():
        return _assign(request, item, user, form)
    context = {"item": item, "form": form, "anybody": people.exists()}
    return form_page(request, "reviews/handling/assign.html", context)


def _assign(request: HttpRequest, item: Item, user: User, form: AssignForm) -> HttpResponse:
    said = form.cleaned_data
    seen = {"source": said["source"], "version": said["version"]}
    person, comment = said["person"], said["comment"]
    try:
        assign(item=item, person=person, by=user, comment=comment, now=timezone.now(), **seen)
    except Overtaken:
        return refusals.overtaken(request, item, Action.PASS, seen=(said["source"], said["version"]))
    except TextChanged as error:
        return refusals.text_changed(request, item, error, comment=comment)
    except ValidationError as error:
        return refusals.refused(request, item, error.messages[0])
    shown = {"title": item, "name": person.display_name}
    messages.success(request, _("“%(title)s” is handed on to %(name)s, who is told.") % shown)
    return redirect("submissions:item-detail", item.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def item_merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Put this item into another one that waits for the same person at the same level."""
    item, user, now = visible_item(request, pk), reviewer(request), timezone.now()
    if not may_decide(user, item, now):
        return refusals.refused(request, item, wording.refusal(user, item))
    others = inbox(user).filter(status=item.status).exclude(pk=item.pk).select_related("unit", "office")
    start = {"source": item.status, "version": item.version}
    form = MergeForm(request.POST or None, initial=start, others=list(others[:OFFERED]))
    if form.is_bound and form.is_valid():
        return _merge(request, item, user, form)
    context = {"item": item, "form": form}
    return form_page(request, "reviews/handling/merge.html", context)


def _merge(request: HttpRequest, item: Item, user: User, form: MergeForm) -> HttpResponse:
    said, (into, version) = form.cleaned_data, form.chosen
    seen = (said["source"], said["version"])
    try:
        now = timezone.now()
        merge(item=item, into=into, by=user, seen=seen, seen_into=(said["source"], version), now=now)
    except Overtaken:
        return refusals.overtaken(request, item, Action.MERGE, seen=seen)
    except TextChanged as error:
        changed = item if error.read == seen[1] and item.version != error.read else into
        return refusals.text_changed(request, changed, error, comment="")
    except ValidationError as error:
        return refusals.refused(request, item, error.messages[0])
    shown = {"part": item, "whole": into}
    messages.success(
        request, _("“%(part)s” is merged into “%(whole)s”. Work its text in here, then decide on it.") % shown
    )
    return redirect("reviews:item-edit", into.pk)
