"""Looking at a page as a critic does: what it says to the console, to a screen reader, to the eye, and to
somebody who has only a keyboard."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response
from playwright.sync_api import TimeoutError as TookTooLong

from accounts.models import User
from tests.browser import keyboard

WIDE, NARROW, HEIGHT = 1366, 390, 800
#: Words that stay as they are in Chinese text: names of formats and programs, and what is typed as it is.
LEFT_AS_THEY_ARE = re.compile(
    r"(?i:excel|word|pdf|wps|csv|json|xlsx|docx|png|jpe?g|mp4|https?|sha)|Backspace|Ctrl|Shift|Enter|Esc|Tab"
)
#: What axe cannot judge: its rule, a piece of its message or of the element → what a person saw there.
REVIEWED: dict[tuple[str, str], str] = {
    ("color-contrast", "due to a background image"): "the arrow of a list to choose from, drawn on its white",
    ("color-contrast", "overlapped by another element"): "what lies below an opened menu",
    ("color-contrast", "contains only non-text characters"): "arrows and circles in the ink of their line",
    ("color-contrast", "is too short to determine"): "one character of a label, in the ink of all labels",
    (
        "color-contrast",
        '<th scope="col" rowspan="2"',
    ): "heads of a wide table, below columns that stay in sight",
    (
        "color-contrast",
        "partially obscured",
    ): "figures of a wide table, half below columns that stay in sight",
    (
        "th-has-data-cells",
        "missing or empty",
    ): "the cells are there; axe loses them below rows that name a kind",
    ("color-contrast", "due to a pseudo element"): "the line between two stages passes beside the words",
}
#: The library of charts marks what it draws on.
MARK_OF_CHARTS = re.compile(r' _echarts_instance_="[^"]*"')
#: What axe leaves out: drawings, coloured by js/charts.js, whose numbers stand in a table below.
DRAWN = [".chart-ready svg", ".zero-map td"]

#: Text, and what is read out in its place, of everything that is shown.
READ_OUT = """() => {
  const kept = [...document.querySelectorAll("[translate=no]")].map((element) => element.innerText);
  const shown = kept.reduce((text, part) => text.replace(part, " "), document.body.innerText);
  const words = [document.title, shown];
  for (const name of ["aria-label", "title", "placeholder", "alt"])
    for (const element of document.querySelectorAll(`[${name}]`)) words.push(element.getAttribute(name));
  return words.join("\\n");
}"""
#: To read a style sheet that another imports, as layers.css does, axe writes it into the page as an inline
#: style, which the page's policy refuses and the console tells. No rule needs it: hence no `preload`.
AXE = """async () => {
  const kinds = ["violations", "incomplete"];
  const exclude = %s.filter((drawn) => document.querySelector(drawn)).map((drawn) => [drawn]);
  const asked = {resultTypes: kinds, selectors: false, iframes: false, preload: false};
  const found = await axe.run({exclude}, asked);
  const told = (kind, rule) => rule.nodes.map((node) => ({
    kind, rule: rule.id, impact: rule.impact, html: node.html.slice(0, 160),
    why: [...node.any, ...node.all, ...node.none].map((check) => check.message).join("; "),
  }));
  return kinds.flatMap((kind) => found[kind].flatMap((rule) => told(kind, rule)));
}""".replace("%s", json.dumps(DRAWN))
#: Measured once the page has heard of its new width, on which charts are drawn anew.
WIDER = """async () => {
  const frame = () => new Promise(requestAnimationFrame);
  await frame().then(frame);
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return "";
  const out = [...document.querySelectorAll("body *")]
    .filter((e) => e.getBoundingClientRect().right > room + 1);
  return `wider than ${room} px: ` + out.slice(-1).map((e) => e.outerHTML.slice(0, 160));
}"""

#: What stays in sight while a page is scrolled.
BARS = ".form-actions, .decision-bar"

type Act = Callable[[Page], None]


@dataclass(frozen=True, slots=True)
class Sight:
    """A page that one person opens: its name and the arguments of its address, found in the data.

    `acts` bring it into further states, each of which is looked at as well.
    """

    name: str
    who: str | Callable[[], str] = ""
    args: Callable[[], Sequence[object]] = tuple
    query: str | Callable[[], str] = ""
    status: int = 200
    acts: Sequence[tuple[str, Act]] = ()


@dataclass(slots=True)
class Findings:
    """What was found, by kind; every line names the page and its state."""

    faults: dict[str, list[str]] = field(default_factory=dict)

    def note(self, kind: str, where: str, what: object) -> None:
        self.faults.setdefault(kind, []).append(f"{where}: {what}")

    def of(self, *kinds: str) -> list[str]:
        return [line for kind in kinds for line in self.faults.get(kind, [])]


@dataclass
class Looker:
    """Opens pages of one server, and keeps their HTML in `folder` for the validator."""

    browser: Browser
    origin: str
    folder: Path
    findings: Findings = field(default_factory=Findings)
    shots: Path | None = None
    _pages: dict[str, Page] = field(default_factory=dict)
    _folds: set[str] = field(default_factory=set)
    _walked: set[str] = field(default_factory=set)
    _where: str = ""

    def look(self, number: int, sight: Sight) -> None:
        """Open the page and note everything that is wrong with it, in every one of its states."""
        try:
            who = sight.who() if callable(sight.who) else sight.who
            address = reverse(sight.name, args=sight.args())
        except IndexError:
            self.findings.note("status", f"{number} {sight.name}", "there is nothing to show on it")
            return
        self._open(f"{number} {sight.name} {who}", who, address, sight)

    def _open(self, name: str, who: str, address: str, sight: Sight) -> None:
        page = self._page_of(who)
        page.set_viewport_size({"width": WIDE, "height": HEIGHT})
        self._where = name
        query = sight.query() if callable(sight.query) else sight.query
        response = page.goto(self.origin + address + query)
        assert isinstance(response, Response)
        if response.status != sight.status:
            self.findings.note("status", name, response.status)
            return
        self._keep(name, response.text())
        self._examine(page, name)
        for state, act in sight.acts:
            self._where = f"{name}, {state}"
            try:
                act(page)
            except TookTooLong as error:
                self.findings.note("status", self._where, error)
                return
            self._keep(self._where, page.content())
            self._examine(page, self._where)
        self._walk(page, sight.name)

    def close(self) -> None:
        for page in self._pages.values():
            page.context.close()

    def _examine(self, page: Page, where: str) -> None:
        note = self.findings.note
        if (count := page.locator("h1").count()) != 1:
            note("h1", where, f"{count} first headings")
        for word in untranslated(page.evaluate(READ_OUT)):
            note("english", where, word)
        page.evaluate(AXE_SCRIPT)
        for found in page.evaluate(AXE):
            if found["kind"] == "violations" or not reviewed(found):
                note(
                    found["kind"],
                    where,
                    f"{found['rule']} ({found['impact']}) {found['html']} – {found['why']}",
                )
        for width in (WIDE, NARROW):
            page.set_viewport_size({"width": width, "height": HEIGHT})
            if wider := page.evaluate(WIDER):
                note("overflow", where, wider)
            if self.shots:
                page.screenshot(path=self.shots / f"{safe(where)}-{width}.png", full_page=True)
        page.set_viewport_size({"width": WIDE, "height": HEIGHT})

    def _walk(self, page: Page, name: str) -> None:
        """Without a mouse, in the last state of the page, in which most is open; on a narrow screen as well
        where a bar stays in sight, behind which the focus could be lost; there once for each address."""
        for width in (WIDE, NARROW):
            page.set_viewport_size({"width": width, "height": HEIGHT})
            if width == WIDE or (name not in self._walked and page.locator(BARS).count()):
                for fault in keyboard.walk(page):
                    self.findings.note("keyboard", f"{self._where}, {width} px", fault)
            for fault in keyboard.fold(page, self._folds):
                self.findings.note("keyboard", f"{self._where}, {width} px", fault)
        self._walked.add(name)

    def _keep(self, where: str, html: str) -> None:
        (self.folder / f"{safe(where)}.html").write_text(MARK_OF_CHARTS.sub("", html), encoding="utf-8")

    def _page_of(self, who: str) -> Page:
        """One window a person; a visitor's is empty of cookies."""
        if who not in self._pages:
            context = self.browser.new_context(locale="zh-CN", reduced_motion="reduce")
            context.add_init_script(keyboard.HEARD)
            if who:
                _sign_in(context, who, self.origin)
            page = self._pages[who] = context.new_page()
            page.set_default_timeout(10_000)
            page.on("console", self._said)
            page.on("pageerror", lambda error: self.findings.note("console", self._where, error))
        return self._pages[who]

    def _said(self, message: ConsoleMessage) -> None:
        # The browser also complains of answers that are meant: a refused form, a page that is not there.
        if message.type == "error" and not re.search(r"status of 4\d\d", message.text):
            self.findings.note("console", self._where, message.text)


def reviewed(found: dict[str, Any]) -> bool:
    told = found["html"] + found["why"]
    return any(found["rule"] == rule and piece in told for rule, piece in REVIEWED)


def untranslated(text: str) -> Iterator[str]:
    """English words of three letters and more that are no names of formats, accounts or files."""
    names = "-".join(User.objects.values_list("username", flat=True))
    accounts = set(re.findall(r"[A-Za-z]+", names))
    plain = re.sub(r"\S*[@/_]\S*|\S+\.[a-z0-9]{2,5}\b|\b[0-9a-f]{16,}\b", " ", text)
    for word in re.findall(r"[A-Za-z]{3,}", plain):
        if word not in accounts and not LEFT_AS_THEY_ARE.fullmatch(word):
            yield word


def safe(where: str) -> str:
    return re.sub(r"[^\w-]+", "_", where)


def _sign_in(context: BrowserContext, who: str, origin: str) -> None:
    client = Client()
    client.force_login(User.objects.get(username=who))
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": origin}])
