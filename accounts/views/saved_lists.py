"""Saving a list as it is on screen, and forgetting it."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.models import SavedList
from accounts.reader import reader_of
from accounts.saved_lists import DEFAULT, MOST, TooMany, save_list


class SaveForm(forms.Form):
    page = forms.CharField(max_length=60)
    query = forms.CharField(max_length=1000, required=False)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=30, required=False)
    opens = forms.BooleanField(required=False)

    def clean_page(self) -> str:
        """A page of this site that needs nothing but its name."""
        page: str = self.cleaned_data["page"]
        try:
            self.path = reverse(page)
        except NoReverseMatch as error:
            raise forms.ValidationError(_("There is no such page.")) from error
        return page


@require_POST
def list_save(request: HttpRequest) -> HttpResponse:
    """Keep what is on screen under a name; or, without one, as what the page opens with."""
    form = SaveForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("This list could not be saved: choose a name of at most 30 characters."))
        return redirect("desk")
    said = form.cleaned_data
    name = DEFAULT if said["opens"] else said["name"]
    if not (name or said["opens"]):
        messages.error(request, _("Write a name for the list, then save it again."))
    else:
        try:
            save_list(user=reader_of(request), page=said["page"], name=name, query=said["query"])
        except TooMany:
            messages.error(
                request, _("You have %(most)d saved lists here: remove one first.") % {"most": MOST}
            )
        else:
            messages.success(
                request,
                _("Saved: you find it above the list as “%(name)s”.") % {"name": name}
                if name
                else _("Saved: the page now opens like this."),
            )
    return redirect(f"{form.path}?{said['query']}" if said["query"] else form.path)


@require_POST
def list_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a saved list of one's own."""
    kept = get_object_or_404(SavedList, pk=pk, user=reader_of(request))
    page = kept.page
    kept.delete()
    messages.success(request, _("The saved list is removed."))
    return redirect(page)
