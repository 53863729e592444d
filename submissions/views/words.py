"""Pages of the dictionary of wrong words."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.reader import reader_who
from submissions.dictionary import listed
from submissions.forms.keeping import WordForm
from submissions.models import OfficeWord
from submissions.rules import may_keep_words
from submissions.services.checking import remove_word, save_word


@require_http_methods(["GET", "HEAD", "POST"])
def word_edit(request: HttpRequest) -> HttpResponse:
    """A new entry, or the one of ?wrong=; saving an entry of a shipped word takes its place."""
    user = reader_who(may_keep_words, request)
    known = {line.wrong: line for line in listed(user.office)}
    line = known.get(request.GET.get("wrong", ""))
    form = WordForm(request.POST or None, initial=line.as_form() if line else {})
    if request.method == "POST" and form.is_valid():
        save_word(office=user.office, by=user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("“%(wrong)s” is on the list.") % form.cleaned_data)
        return redirect("submissions:word-list")
    status = 422 if request.method == "POST" else 200
    return render(request, "submissions/words/form.html", {"form": form, "line": line}, status=status)


@require_POST
def word_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an own entry off the list."""
    user = reader_who(may_keep_words, request)
    word = get_object_or_404(OfficeWord, office=user.office, pk=pk)
    remove_word(word=word, by=user, now=timezone.now())
    messages.success(request, _("“%(wrong)s” was taken off your office's list.") % {"wrong": word.wrong})
    return redirect("submissions:word-list")
