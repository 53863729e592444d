"""Going through a page with Tab alone, and saying what a person without a mouse would miss."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import CDPSession, Locator, Page

SCRIPT = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
#: Notes which elements listen for clicks; must be there before the page's own scripts.
HEARD = """
  const listen = EventTarget.prototype.addEventListener;
  window.keyboardHeard = new WeakSet();
  EventTarget.prototype.addEventListener = function (kind, ...rest) {
    if (kind === "click" && this instanceof Element) window.keyboardHeard.add(this);
    return listen.call(this, kind, ...rest);
  };
"""
#: On a page with more stops than this the middle is left out: its rows are alike.
MOST, LAST = 40, 6
#: A field for date and time has so many parts at most, each of which is a press of Tab.
PARTS = 9
TAB = {"type": "rawKeyDown", "key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9}


def walk(page: Page) -> list[str]:
    """What is wrong with the way of the focus through the page, from its top until it leaves it again."""
    page.evaluate(SCRIPT)
    keys = page.context.new_cdp_session(page)
    stops = page.evaluate("keyboardWatch.begin()")
    if stops > MOST:
        _press_tab(keys, MOST - LAST)
        page.evaluate(f"keyboardWatch.leap({LAST})")
        stops = LAST
    _press_tab(keys, stops + 1)
    for _more in range(stops):
        if page.evaluate(f"keyboardWatch.done() || keyboardWatch.stays() > {PARTS}"):
            break
        _press_tab(keys, PARTS // 2)
    faults: list[str] = page.evaluate("keyboardWatch.end()")
    keys.detach()
    return faults


def fold(page: Page, known: set[str]) -> list[str]:
    """What is wrong with the folds and menus of a page that was walked through.

    Enter opens and closes them, Tab goes in, Escape closes a menu and gives the focus back. One of each kind
    is tried; its kind is added to `known`.
    """
    faults = []
    for place, kind in enumerate(page.evaluate("keyboardWatch.folds()")):
        if kind is not None and kind not in known:
            known.add(kind)
            summary = page.locator("summary").nth(place)
            faults += [f"fold “{kind}” {fault}" for fault in _fold(page, summary)]
    return faults


def _fold(page: Page, summary: Locator) -> Iterator[str]:
    is_open = "element => element.parentElement.open"
    summary.focus()
    page.keyboard.press("Enter")
    if not summary.evaluate(is_open):
        yield "is not opened by Enter"
        return
    page.keyboard.press("Tab")
    if not summary.evaluate("element => keyboardWatch.entered(element.parentElement)"):
        yield "does not let Tab go into it"
    if summary.evaluate("element => element.matches('.user-menu > *, .tabbar-more > *, .menu > *')"):
        page.keyboard.press("Escape")
        if not summary.evaluate("element => element === document.activeElement"):
            yield "does not give the focus back after Escape"
    else:
        summary.focus()
        page.keyboard.press("Enter")
    if summary.evaluate(is_open):
        yield "is not closed from the keyboard"


def _press_tab(keys: CDPSession, times: int) -> None:
    """As `page.keyboard` does, in half the time: nobody waits for the key to come up."""
    for _time in range(times):
        keys.send("Input.dispatchKeyEvent", TAB)
