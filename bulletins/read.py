"""What a bulletin prints beside what is counted (`stats.facts.read`); its writers have drafts made again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.db.models import Model

from bulletins.models import Bulletin, BulletinSettings, TextTemplate
from stats.models import Tally, TallyRow

READ: Final[Mapping[type[Model], str]] = {
    Bulletin: "what earlier issues printed, and which one is corrected",
    BulletinSettings: "the letterhead",
    TextTemplate: "the office's wording",
    Tally: "which months were counted; counting one outdates the drafts over it by itself",
    TallyRow: "the figures of earlier months, for charts and for zeros in a row",
}
