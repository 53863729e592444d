"""What happens to the text a writer sends: it is stored first, and shown again whatever came of it.

Saving a draft, filing and removing a file are buttons of one form; all of them begin with `bind_and_save`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.reader import reader_of
from submissions.checks.findings import Finding
from submissions.enums import RETURNED, Status
from submissions.forms.authors import AuthorFormSet, initial_authors
from submissions.forms.items import ItemForm
from submissions.models import Item
from submissions.people import offered_names
from submissions.reading import alike
from submissions.services.checking import digest_of_secrets, findings_of
from submissions.services.drafts import ItemLocked, Superseded, attach, save_draft
from submissions.taking import take_word_file, warn_of_video
from submissions.wording import in_words


class Outcome(Enum):
    """What became of the text."""

    SAVED = auto()
    #: Stored except for what the forms carry errors about.
    INVALID = auto()
    #: Nothing stored: the text was changed since the writer's page was made.
    SUPERSEDED = auto()
    #: Nothing stored: the item is with the reviewers, or issued.
    LOCKED = auto()
    #: Nothing to store: this very text is filed already, the form was sent twice.
    ALREADY_FILED = auto()

    @property
    def stored(self) -> bool:
        """Whether the item now holds what was typed, but for what the forms carry errors about."""
        return self in {Outcome.SAVED, Outcome.INVALID}


@dataclass(frozen=True, slots=True)
class BoundDraft:
    """A form with what was typed, and the item as stored; None when there was nothing to store."""

    item: Item | None
    form: ItemForm
    authors: AuthorFormSet
    outcome: Outcome


def blank_draft(user: User, item: Item | None) -> BoundDraft:
    """The form as first shown."""
    form = ItemForm(user=user, item=item, day=timezone.localdate())
    authors = AuthorFormSet(user=user, item=item, initial=initial_authors(user, item))
    return BoundDraft(item, form, authors, Outcome.SAVED)


def bind_and_save(request: HttpRequest, item: Item | None) -> BoundDraft:
    """Store what a writer has typed: text and authors first, then each file alone.

    Whether the writer may write is asked before. Nothing a person can type raises.
    """
    user, now = reader_of(request), timezone.now()
    form = ItemForm(request.POST, request.FILES, user=user, item=item, day=timezone.localdate(now))
    authors = AuthorFormSet(request.POST, user=user, item=item)
    valid = all([form.is_valid(), authors.is_valid()])
    uploads = form.cleaned_data.get("uploads", [])
    typed = form.typed()
    word = form.cleaned_data.get("word_file")
    if word and not valid:
        form.add_error(
            "word_file",
            _("The Word file is not taken over yet: correct the other points and choose it again."),
        )
        word = None
    if item is None and not (typed.get("title") or typed.get("body") or uploads or word):
        if not any(form.has_error(name) for name in ("title", "body", "uploads", "word_file")):
            form.add_error("title", _("Write a title or some text: there is nothing to save yet."))
        return BoundDraft(None, form, authors, Outcome.INVALID)
    try:
        with transaction.atomic():
            item = save_draft(
                item=item,
                by=user,
                fields=typed,
                authors=authors.authors if authors.is_valid() else None,
                form_key=_form_key(request),
                read=_read_at(request),
                now=now,
            )
            _keep_parts(item, request, now)
        for upload in uploads:
            try:
                attach(item=item, upload=upload, by=user, now=now)
                warn_of_video(request, upload)
            except OSError:
                message = _("“%(name)s” could not be stored: tell your administrator, and try again later.")
                form.add_error("uploads", message % {"name": upload.name})
                valid = False
        if word and valid:
            item = take_word_file(
                request, item=item, file=word, replace=form.cleaned_data["replace_text"], now=now
            )
    except OSError:
        assert item is not None
        form.add_error(
            "word_file", _("The Word file could not be stored: tell your administrator, and try again later.")
        )
        valid = False
    except Item.DoesNotExist:  # discarded at this very moment: the text becomes a draft of its own
        return bind_and_save(request, None)
    except ItemLocked as error:
        outcome = Outcome.ALREADY_FILED if error.same_text else Outcome.LOCKED
        return BoundDraft(error.item, form, authors, outcome)
    except Superseded as error:
        return BoundDraft(error.item, form, authors, Outcome.SUPERSEDED)
    return BoundDraft(item, form, authors, Outcome.SAVED if valid else Outcome.INVALID)


def _keep_parts(item: Item, request: HttpRequest, now: datetime) -> None:
    """Let the apps above store what they have added to the form; see `ITEM_FORM_PARTS` in the settings."""
    for path in settings.ITEM_FORM_PARTS:
        import_string(path)(item=item, posted=request.POST, read=_read_at(request), now=now)


def refusal(request: HttpRequest, bound: BoundDraft) -> HttpResponse | None:
    """The answer to every outcome but SAVED; None when everything is stored."""
    match bound.outcome:
        case Outcome.INVALID:
            return render_item_form(request, bound, status=422)
        case Outcome.SUPERSEDED:
            return render_item_form(request, bound, status=409)
        case Outcome.LOCKED:
            return render_locked(request, bound)
        case Outcome.ALREADY_FILED:
            assert bound.item is not None
            messages.success(request, _("This item is filed; nothing was sent twice."))
            return redirect("submissions:item-detail", bound.item.pk)
    return None


def render_item_form(
    request: HttpRequest, bound: BoundDraft, problems: Mapping[str, str] | None = None, status: int = 200
) -> HttpResponse:
    """The form with what was typed.

    `problems` keep the item from being filed: field name, ``authors``, the id of a control that an app above
    has added, or ``__all__`` → what to do. Like the errors of the form itself they stand at their fields and,
    linked, in a summary on top.
    """
    item, form, authors = bound.item, bound.form, bound.authors
    general = []
    for name, message in (problems or {}).items():
        if name in form.fields:
            if name not in form.errors:
                form.add_error(name, message)
        elif name == "authors":
            if authors.is_valid():
                authors.non_form_errors().append(message)
        else:
            general.append(("" if name == "__all__" else name, message))
    context = {
        "item": item,
        "form": form,
        "authors": authors,
        "files": item.attachments.filter(removed_at__isnull=True).order_by("pk") if item else [],
        "people": offered_names(reader_of(request), item),
        "form_key": _form_key(request) or uuid4(),
        "read": item.changed_at.isoformat() if item else "",
        "refused_filing": bool(problems),
        "superseded": bound.outcome == Outcome.SUPERSEDED,
        "saved": item is not None and request.method == "POST",
        "stored": bound.outcome == Outcome.SAVED,
        "general": general,
        "problems": problems or {},
        "summary": _summary(form, authors),
        "is_draft": item is None or item.status == Status.DRAFT,
        "returned": item is not None and item.status in RETURNED,
        "today": timezone.localdate(),
        "alike": alike(item, reader_of(request)) if item else [],
        **shown_findings(findings_of(item) if item else []),
    }
    return render(request, "submissions/items/form.html", context, status=status)


def shown_findings(findings: Sequence[Finding]) -> dict[str, object]:
    """Context of `submissions/_findings.html`."""
    return {"findings": in_words(findings), "secrets": digest_of_secrets(findings)}


def render_locked(request: HttpRequest, bound: BoundDraft) -> HttpResponse:
    """409: the text is out of the writer's hands; shows what was typed, so that nothing is lost."""
    assert bound.item is not None
    context = {
        "item": bound.item,
        "message": _(
            "This item is with the reviewers or already issued, so its text cannot be changed now. "
            "Take it back first, or wait until it is returned to you."
        ),
        "back_url": reverse("submissions:item-detail", args=[bound.item.pk]),
        "typed_title": bound.form["title"].value() if bound.form.is_bound else "",
        "typed": _typed_text(bound.form) if bound.form.is_bound else {},
    }
    return render(request, "submissions/items/locked.html", context, status=409)


def _typed_text(form: ItemForm) -> dict[str, str]:
    """The text that was typed, as `submissions/_text.html` shows it, whether it could be stored or not."""
    typed = form.typed()
    return {"html": typed.get("html", ""), "body": typed.get("body") or form["body"].value() or ""}


def _summary(form: ItemForm, authors: AuthorFormSet) -> list[tuple[str, str, str]]:
    """(anchor, field label, message) of every error, from top to bottom of the form."""
    lines = [
        (form[name].auto_id, str(form[name].label), str(message))
        for name in form.fields
        for message in form.errors.get(name, [])
    ]
    if authors.is_bound:
        label = _("Authors")
        lines += [("authors", label, str(message)) for message in authors.non_form_errors()]
        lines += [
            (row[name].auto_id, label, str(message))
            for row in authors.forms
            for name, errors in row.errors.items()
            for message in errors
        ]
    return lines


def _form_key(request: HttpRequest) -> UUID | None:
    """The key the page was made with; None for a page that carries none."""
    try:
        return UUID(request.POST.get("form_key", ""))
    except ValueError:
        return None


def _read_at(request: HttpRequest) -> datetime | None:
    """When the text the writer saw was last changed."""
    try:
        read = parse_datetime(request.POST.get("read", ""))
    except ValueError:
        return None
    return read if read and timezone.is_aware(read) else None
