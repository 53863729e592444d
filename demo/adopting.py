"""Which issued items the media take up, and how the office registers it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import partial
from random import Random

from accounts.models import Unit, User
from adoptions.entries.services import edit_entry, revoke_entry
from adoptions.enums import Carrier, Mode, OutletLevel, Position
from adoptions.models import Adoption
from adoptions.services import AdoptionFacts, Share, register_adoption
from demo import cast, files
from demo.city import City
from demo.plan import Story
from demo.window import ZONE, months_after, working_day
from submissions.models import Item
from submissions.uploads import CheckedUpload, check_upload

UPWARDS = (OutletLevel.COUNTY, OutletLevel.CITY, OutletLevel.PROVINCE, OutletLevel.CENTRAL)
#: How often a unit's issued item is taken up, when it is not the ordinary half.
CHANCES = {"150502": 0.65, "150526": 0.35, cast.ZERO_ADOPTION: 0.0}
#: What the two tied units achieve in the last full quarter, each item once: 20 + 10 + 5 points.
TIED_LEVELS = (OutletLevel.PROVINCE, OutletLevel.CITY, OutletLevel.COUNTY)
ONLINE = frozenset({Carrier.WEBSITE, Carrier.APP, Carrier.SOCIAL})
PRINTED = frozenset({Carrier.NEWSPAPER, Carrier.JOURNAL})
FRONT_PAGE = "第1版"
PAGES = {
    Carrier.NEWSPAPER: (FRONT_PAGE, "第2版", "第3版", "第5版"),
    Carrier.JOURNAL: ("第3期", "第5期", "第8期"),
    Carrier.BROADCAST: ("早间新闻", "晚间新闻"),
    Carrier.INTERNAL: ("第6期", "第11期", "第14期"),
}


class Desk:
    """The administrators who keep the ledger of adoptions."""

    def __init__(self, city: City) -> None:
        self.city, self.rng = city, city.rng
        # What is drawn here leaves the draws above, and so the rest of the demo, as they are.
        self.layout = Random(150505)  # noqa: S311 the demo is the same every time
        self.tied: Counter[str] = Counter()
        self.late: set[date] = set()  # quarters that have had their late comer
        self.registered = 0

    def item_issued(self, city: City, story: Story, item: Item, now: datetime) -> None:
        """Decide who takes the item up, and enter the registrations."""
        ranked = story.unit.code if story.unit.parent == cast.OFFICE else story.unit.parent
        if ranked in cast.TIED and self._in_last_quarter(now.date()):
            self._tie(ranked, item, now)
            return
        if self.rng.random() >= CHANCES.get(ranked, 0.5):
            return
        step = self.rng.choices(range(4), weights=[34, 36, 22, 8])[0]
        day = now.date()
        for level in UPWARDS[step:]:
            day += timedelta(days=self.rng.randint(1, 8))
            # A tie is only one when nothing spills over into its quarter.
            if ranked in cast.TIED and day >= self._last_quarter():
                return
            self._plan(item, level, day)
            if self.rng.random() > 0.3:
                return

    def _tie(self, code: str, item: Item, now: datetime) -> None:
        place, day = self.tied[code], now.date() + timedelta(days=2)
        if place < len(TIED_LEVELS) and self._in_last_quarter(day):
            self.tied[code] += 1
            self._plan(item, TIED_LEVELS[place], day, plain=True)

    def _plan(self, item: Item, level: OutletLevel, day: date, plain: bool = False) -> None:
        rng = self.rng
        mode = Mode.SINGLE if plain else Mode(rng.choices(Mode.values, weights=[60, 18, 12, 10])[0])
        choices = [(demo, outlet) for demo, outlet in self.city.outlets if demo.level == level]
        _demo, outlet = rng.choices(choices, weights=[demo.weight for demo, _outlet in choices])[0]
        shares = [Share(item.unit)]
        if mode == Mode.MERGED:
            shares = [Share(item.unit, rng.choice([1, 1, 2])), Share(self._partner(item.unit, day))]
        title = item.title.split("：")[-1] if rng.random() < 0.3 else ""
        page = rng.choice(PAGES[Carrier(outlet.carrier)]) if outlet.carrier in PAGES else ""
        page, position, length = self._laid_out(outlet.carrier, page, plain)
        facts = AdoptionFacts(
            outlet=outlet,
            date=day,
            credits=shares,
            mode=mode,
            title=title,
            page=page,
            position=position,
            length=length,
        )
        proven = plain or rng.random() > 0.08
        at = self._registered_on(day, plain)
        self.city.agenda.enter(at, partial(self._register, item, facts, proven, plain))

    def _laid_out(self, carrier: str, page: str, plain: bool) -> tuple[str, str, int | None]:
        """Page, place on it and length; a plain adoption never stands on the front page."""
        length = self.layout.randrange(400, 2600, 50) if carrier in {*PRINTED, *ONLINE} else None
        lead = self.layout.random() < 0.4
        if page != FRONT_PAGE:
            return page, "", length
        if plain:
            return "第2版", "", length
        return page, Position.FRONT_LEAD if lead else Position.FRONT, length

    def _partner(self, unit: Unit, day: date) -> Unit:
        """Another county that shares in a merged adoption."""
        left_out = {cast.ZERO_FILING, cast.ZERO_ADOPTION, unit.code.split("-")[0]}
        if day >= self._last_quarter():
            left_out |= set(cast.TIED)
        codes = [each.code for each in cast.UNITS if each.region_code and each.code not in left_out]
        return self.city.units[self.rng.choice(codes)]

    def _registered_on(self, day: date, plain: bool) -> datetime:
        """A few days after; the first of a quarter's last fortnight comes too late for its bulletin."""
        at = day + timedelta(days=self.rng.randint(1, 5))
        quarter = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
        quarter_end = months_after(quarter, 3)
        if not plain and (quarter_end - day).days <= 14 and quarter not in self.late:
            self.late.add(quarter)
            at = quarter_end + timedelta(days=20)
        return datetime.combine(working_day(at), time(self.rng.randint(9, 16), self.rng.randrange(60)), ZONE)

    def _register(self, item: Item, facts: AdoptionFacts, proven: bool, plain: bool, now: datetime) -> None:
        by = self._by()
        self.registered += 1
        number = self.registered
        proof: CheckedUpload | None = None
        if proven and facts.outlet.carrier in ONLINE:
            facts = replace(facts, link=f"https://media.example/{facts.date:%Y/%m/%d}/{1000 + number}.html")
        elif proven:
            proof = check_upload(files.make(self.rng.choice(["pdf", "png"]), number))
        adoption = register_adoption(item=item, facts=facts, proof=proof, by=by, now=now)
        later = now + timedelta(days=3)
        if number % 45 == 20 and not plain:
            self.city.agenda.enter(later, partial(self._revoke, adoption))
        elif number % 30 == 14:
            self.city.agenda.enter(later, partial(self._edit, adoption, facts))

    def _revoke(self, adoption: Adoption, now: datetime) -> None:
        reason = "经核对，与此前登记的转载为同一篇，撤销本条。"
        revoke_entry(entry=adoption, reason=reason, revision=adoption.revision, by=self._by(), now=now)

    def _edit(self, adoption: Adoption, facts: AdoptionFacts, now: datetime) -> None:
        edit_entry(
            entry=adoption,
            facts=replace(facts, note="刊发标题以样报为准"),
            reason="核对样报后补充备注。",
            revision=adoption.revision,
            by=self._by(),
            now=now,
        )

    def _by(self) -> User:
        return self.city.people[self.rng.choice(["guanli", "guanli", "guanli", "guanli2"])]

    def _last_quarter(self) -> date:
        return months_after(self.city.window.quarter_start, -3)

    def _in_last_quarter(self, day: date) -> bool:
        return self._last_quarter() <= day < self.city.window.quarter_start
