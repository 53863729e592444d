"""Attached files: downloaded, or looked at in the page; all of it for whoever may read the file."""

from __future__ import annotations

from collections.abc import Callable

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.reader import reader_of
from kit.answers import download, opened
from kit.ranges import ranged
from paper import previewing
from paper.previewing import NoPreview
from submissions.models import Attachment, Item
from submissions.previews import (
    LARGE,
    MOST_PAGES,
    PAGE,
    PROBLEMS,
    THUMB,
    Kind,
    kind_of,
    path_of,
    preview_of,
)
from submissions.reading import may_read_file

#: Part of every ETag: raise it when previews are drawn differently.
DRAWN = "1"


def readable_file(user: User, pk: int) -> Attachment:
    """A file this person may read, or 404."""
    files = Attachment.objects.filter(item__in=Item.objects.visible_to(user)).select_related("item")
    attachment = get_object_or_404(files, pk=pk)
    if not may_read_file(user, attachment):
        raise Http404
    return attachment


@require_safe
def attachment_download(request: HttpRequest, pk: int) -> FileResponse:
    """A file of an item the person may see."""
    attachment = readable_file(reader_of(request), pk)
    return download(attachment.file, attachment.name)


@require_safe
def attachment_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """A file as a page; for htmx, which loads it into the page of the item, only what is shown of it."""
    attachment = readable_file(reader_of(request), pk)
    context = {"file": attachment, "preview": preview_of(attachment)}
    within = getattr(request, "htmx", False)
    name = "submissions/_preview.html" if within else "submissions/attachment_preview.html"
    return render(request, name, context)


@require_safe
def attachment_thumb(request: HttpRequest, pk: int) -> HttpResponse:
    """A picture, small."""
    return _picture(request, pk, THUMB)


@require_safe
def attachment_picture(request: HttpRequest, pk: int) -> HttpResponse:
    """A picture, as large as a screen."""
    return _picture(request, pk, LARGE)


def _picture(request: HttpRequest, pk: int, side: int) -> HttpResponse:
    attachment = _of_kind(request, pk, Kind.PICTURE)
    return _drawn(request, attachment, str(side), lambda: previewing.picture(path_of(attachment), side=side))


@require_safe
def attachment_page(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A page of a PDF as a picture."""
    attachment = _of_kind(request, pk, Kind.PAGES)
    if not 1 <= number <= MOST_PAGES:
        raise Http404
    path = path_of(attachment)
    return _drawn(
        request, attachment, f"page-{number}", lambda: previewing.pdf_page(path, number=number, side=PAGE)
    )


@require_safe
def attachment_video(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A video, in the parts that the player asks for.

    Nothing of it is kept: a browser that has kept parts asks for all between them in one long answer.
    """
    attachment = _of_kind(request, pk, Kind.VIDEO)
    file = opened(attachment.file)
    response = ranged(request, file, size=file.size, content_type="video/mp4", etag=f'"{attachment.sha256}"')
    response = _guarded(response)
    response["Cache-Control"] = "private, no-store"
    return response


def _of_kind(request: HttpRequest, pk: int, kind: Kind) -> Attachment:
    attachment = readable_file(reader_of(request), pk)
    if kind_of(attachment) != kind:
        raise Http404
    return attachment


def _drawn(
    request: HttpRequest, attachment: Attachment, what: str, draw: Callable[[], bytes]
) -> HttpResponse:
    """The drawing, or 304 when the browser has it; instead of one that cannot be made, its reason in words.

    A browser keeps it, but asks every time: whoever may not read the file any more gets 404.
    """
    etag = f'"{attachment.sha256}-{what}-{DRAWN}"'
    known = get_conditional_response(request, etag=etag)
    if known is not None:
        return _guarded(known)
    try:
        response = HttpResponse(draw(), content_type="image/webp", headers={"ETag": etag})
    except NoPreview as error:
        words = {"words": PROBLEMS[error.reason]}
        response = render(request, "submissions/no_picture.svg", words, "image/svg+xml", status=422)
    return _guarded(response)


def _guarded[Answer: HttpResponseBase](response: Answer) -> Answer:
    """Headers of everything that is drawn from a file: it is shown, and can do nothing."""
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-cache"
    return response
