"""The page of help (帮助): the five things people ask for, each in five lines with the page to do it on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.reader import reader_of
from adoptions.rules import may_register
from reviews.rules import is_reviewer
from submissions.rules import may_file


@dataclass(frozen=True, slots=True)
class Topic:
    """A question and its answer; `url` is the page where it is done, empty for whoever may not do it."""

    key: str
    question: str
    lines: tuple[str, ...]
    url: str
    label: str


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """The same answers for everybody, so that people can tell each other; links only for those they serve."""
    return render(request, "help.html", {"topics": list(_topics(reader_of(request)))})


def _topics(user: User) -> Iterator[Topic]:
    yield Topic(
        "file",
        _("How do I file an item?"),
        (
            _(
                "Press “Write an item” on the desk. Drop the Word file in: title, authors and text"
                " fill themselves."
            ),
            _("Name the authors with their parts, and who in your unit has checked the item."),
            _("Follow what the checks say below the text; whatever looks like a secret must be taken out."),
            _("Choose genre and stage. When in doubt whether it is important, choose important."),
            _("Tick the declaration of secrecy and press “File”. Drafts are saved by themselves."),
        ),
        reverse("submissions:item-create") if may_file(user) else "",
        _("Write an item"),
    )
    yield Topic(
        "returned",
        _("Why did my item come back?"),
        (
            _("Open it on the desk: above the form stand the reviewer’s words and every point to be mended."),
            _("Mend the text, and say at each point what you have done."),
            _("Press “File again”: it goes on from the level that returned it."),
            _("If a point is wrong, say why in your answer to it; the reviewer decides."),
            _("Nothing is lost: the page of the item shows every version beside the one before."),
        ),
        reverse("submissions:item-list") if may_file(user) else "",
        _("Items"),
    )
    yield Topic(
        "approve",
        _("How do I approve an item on a phone?"),
        (
            _("Press “To review” at the bottom: what is urgent or overdue stands first."),
            _("Read the text; what has changed since you last signed is marked, and files open in the page."),
            _("Tick what your level answers for."),
            _("Press “Pass”, at the last level “Sign and issue”; or return it with the points to be mended."),
            _("Before you are away, name a stand-in with day and hour: it begins and ends by itself."),
        ),
        reverse("reviews:inbox") if is_reviewer(user) else "",
        _("To review"),
    )
    yield Topic(
        "adoption",
        _("How do I register an adoption?"),
        (
            _("Administrators press “Register an adoption” and find the item by its title or number."),
            _("Choose outlet, day and mode; write the page as it is printed, such as 第3版."),
            _("Give the link or upload the page: without a proof it does not count."),
            _("Give every unit that wrote it a line of its own with its parts."),
            _("The month is counted anew by itself. What is wrong is corrected or revoked, with the reason."),
        ),
        reverse("adoptions:adoption-find") if may_register(user) else "",
        _("Register an adoption"),
    )
    yield Topic(
        "bulletin",
        _("How is a bulletin made?"),
        (
            _("When a quarter is over its draft writes itself; other periods are drafted by hand."),
            _("Read and word the text; paragraphs marked “needs a look” come first."),
            _("Open it for objections: units object to their own lines, an administrator answers each."),
            _("A second person checks it, the principal leader signs, and issuing gives it its number."),
            _(
                "Export Word, PDF and Excel. What was wrong is put right by a new issue,"
                " never in the old one."
            ),
        ),
        reverse("bulletins:bulletin-list"),
        _("Bulletins"),
    )
