"""Everything a count reads, in one list. Whoever writes to one of these marks the months that it moves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.db.models import Model

from accounts.models import Unit
from adoptions.models import Adoption, Credit, Event, Outlet
from scoring.models import SchemeVersion
from stats.models import Adjustment
from submissions.models import Authorship, Item, Version

READ: Final[Mapping[type[Model], str]] = {
    Unit: "which units are listed and assessed, on which days, under which names and in which order",
    SchemeVersion: "what everything is worth from which day on",
    Item: "who filed it and when, and when it was issued",
    Version: "under which title it was filed, of which genre and length, and by whom while it is returned",
    Authorship: "who wrote it, and in which parts",
    Adoption: "that it was adopted, when and how",
    Credit: "whose success that is",
    Outlet: "where it was adopted, and at which level",
    Event: "what else earns or costs points",
    Adjustment: "what a person's judgement gives or takes",
}
