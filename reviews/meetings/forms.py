"""Forms of meetings: when and with whom, what is on the agenda, what was said and resolved."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, User
from reviews.checklists import choices
from reviews.enums import MeetingKind, Stance
from reviews.meetings.agenda import Entry
from reviews.meetings.rules import LEVEL_OF, arrangers, callable_to, may_chair
from reviews.meetings.services import MeetingFacts
from reviews.models import AgendaItem, Meeting, Opinion
from submissions.models import Item


class Person(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, person: User) -> str:
        return _named(person)


class People(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, person: User) -> str:
        return _named(person)


def _named(person: User) -> str:
    return f"{person.display_name}（{person.post}）" if person.post else person.display_name


class MeetingForm(forms.Form):
    """A meeting of one kind; everybody who can be called is called unless the name is taken off."""

    held_at = forms.DateTimeField(
        label=_("Time"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    place = forms.CharField(
        label=_("Place"), max_length=Meeting._meta.get_field("place").max_length, required=False
    )
    chair = Person(label=_("Chaired by"), queryset=None)
    recorder = Person(label=_("Recorded by"), queryset=None)
    members = People(label=_("Members called"), queryset=None, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, kind: str, office: Unit, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.office = kind, office
        people = callable_to(kind, office, now)
        self.fields["members"].queryset = people  # type: ignore[attr-defined]
        self.fields["chair"].queryset = people  # type: ignore[attr-defined]
        self.fields["recorder"].queryset = arrangers(office, now)  # type: ignore[attr-defined]

    @classmethod
    def of(cls, meeting: Meeting, now: datetime, data: Any = None) -> MeetingForm:
        initial = {
            "held_at": meeting.held_at,
            "place": meeting.place,
            "chair": meeting.chair_id,
            "recorder": meeting.recorder_id,
            "members": list(meeting.members.values_list("pk", flat=True)),
        }
        form = cls(data, kind=meeting.kind, office=meeting.office, now=now, initial=initial)
        # Whoever was called stays, though the role may have ended meanwhile.
        for name, people in (
            ("members", meeting.members.all()),
            ("chair", User.objects.filter(pk=meeting.chair_id)),
        ):
            field = form.fields[name]
            kept = User.objects.filter(pk__in=people.values("pk"))
            field.queryset = (field.queryset | kept).order_by("unit__position", "pk")  # type: ignore[attr-defined]
        return form

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        chair, held_at = cleaned.get("chair"), cleaned.get("held_at")
        if chair and held_at and not may_chair(chair, self.kind, self.office, held_at):
            role = LEVEL_OF[self.kind].role.label
            self.add_error("chair", _("The chair signs what is resolved: name a %(role)s.") % {"role": role})
        return cleaned

    @property
    def facts(self) -> MeetingFacts:
        given = self.cleaned_data
        return MeetingFacts(
            given["held_at"], given["place"].strip(), given["chair"], given["recorder"], given["members"]
        )


class AgendaForm(forms.Form):
    """Items to put on an agenda."""

    items = forms.ModelMultipleChoiceField(label=_("Items"), queryset=Item.objects.none())

    def __init__(self, *args: Any, waiting: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["items"].queryset = waiting  # type: ignore[attr-defined]


class OpinionForm(forms.Form):
    """One member's opinion of one item; nothing chosen is no opinion yet.

    What the page showed travels with it: an opinion that was not touched here is left as it is meanwhile.
    """

    stance = forms.ChoiceField(
        label=_("Opinion"),
        choices=[("", _("no opinion yet")), *Stance.choices],
        required=False,
        show_hidden_initial=True,
    )
    text = forms.CharField(
        label=_("Remark"),
        max_length=Opinion._meta.get_field("text").max_length,
        required=False,
        show_hidden_initial=True,
    )

    def __init__(self, *args: Any, member: User, opinion: Opinion | None, **kwargs: Any) -> None:
        initial = {"stance": opinion.stance, "text": opinion.text} if opinion else {}
        super().__init__(*args, **{"initial": initial, **kwargs})
        self.member = member

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("stance") and self.has_changed():
            self.add_error("stance", _("Choose an opinion."))
        return cleaned


class ResolutionForm(forms.Form):
    """What was resolved on an item."""

    VERDICTS = (
        ("", _("not resolved, goes on waiting")),
        ("yes", _("approve")),
        ("no", _("return for revision")),
    )

    approved = forms.ChoiceField(
        label=_("Resolution"), choices=VERDICTS, required=False, widget=forms.RadioSelect
    )
    resolution = forms.CharField(
        label=_("What is to be observed or revised, a line each"),
        max_length=AgendaItem._meta.get_field("resolution").max_length,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, entry: Entry, **kwargs: Any) -> None:
        verdict = {True: "yes", False: "no", None: ""}[entry.row.approved]
        initial = {"approved": verdict, "resolution": entry.row.resolution}
        super().__init__(*args, **{"initial": initial, **kwargs})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("approved") == "no" and not cleaned.get("resolution", "").strip():
            self.add_error(
                "resolution", _("Say what has to be revised, so that the writers know what to do.")
            )
        return cleaned

    @property
    def verdict(self) -> bool | None:
        return {"yes": True, "no": False}.get(self.cleaned_data["approved"])


class ConcludeForm(forms.Form):
    """The chair's confirmation: the points of the level, when something is to be approved."""

    checked = forms.MultipleChoiceField(
        label=_("We have looked at"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, kind: str, approving: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.points = choices(LEVEL_OF[MeetingKind(kind)].waiting) if approving else []
        self.fields["checked"].choices = self.points  # type: ignore[attr-defined]

    def clean_checked(self) -> list[str]:
        ticked: list[str] = self.cleaned_data["checked"]
        missing = [words for code, words in self.points if code not in ticked]
        if missing:
            raise ValidationError(
                _("Look at this too, and tick it: %(points)s.") % {"points": "；".join(missing)}
            )
        return ticked
