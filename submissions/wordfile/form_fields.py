"""Old form fields that have what they show in themselves."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from submissions.wordfile.styles import on


def shown_value(field_sign: Element) -> str:
    """What an old form field shows that has its value in itself: a drop-down list, a box to tick."""
    form = field_sign.find("ffData")
    if form is None:
        return ""
    if (choices := form.find("ddList")) is not None:
        entries = [entry.get("val", "") for entry in choices.findall("listEntry")]
        said = choices.find("result")
        said = choices.find("default") if said is None else said
        place = said.get("val", "0") if said is not None else "0"
        return entries[int(place)] if place.isdecimal() and int(place) < len(entries) else ""
    if (box := form.find("checkBox")) is not None:
        said = box.find("checked")
        said = box.find("default") if said is None else said
        return "☑" if said is not None and on(said.get("val"), "1") else "☐"
    return ""
