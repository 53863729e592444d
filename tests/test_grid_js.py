"""static/js/grid.js in a real browser: a table that is typed like a sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Route

STATIC = Path(__file__).resolve().parent.parent / "static"
ADDRESS = "http://pages.test/"

Show = Callable[..., Page]


def cell(row: int, column: int) -> str:
    """A cell as the page of targets has it: what it held before stands hidden beside it."""
    name = f"{row}-{column}"
    return (
        f'<td><input name="{name}" value="{name}"><input type="hidden" name="initial-{name}" value="0"></td>'
    )


GRID = (
    '<form method="post"><table data-grid><thead><tr><th>单位</th><th>报送</th><th>采用</th></tr></thead>'
    "<tbody>"
    + "".join(f"<tr><th>单位{row}</th>{cell(row, 0)}{cell(row, 1)}</tr>" for row in range(3))
    + '</tbody></table><input name="other"><button>保存</button></form>'
)


@pytest.fixture
def show(browser: Browser) -> Iterator[Show]:
    """Shows three units with two targets each, under the policy of our pages; nothing leaves the browser."""
    context = browser.new_context()
    page = context.new_page()
    faults: list[str] = []
    shown = [GRID]

    def said(message: ConsoleMessage) -> None:
        if message.type == "error":
            faults.append(message.text)

    def serve(route: Route) -> None:
        if route.request.url.endswith(".js"):
            route.fulfill(content_type="text/javascript", path=STATIC / "js/grid.js")
        elif route.request.method == "POST":
            faults.append("the form was sent")
        else:
            route.fulfill(
                content_type="text/html; charset=utf-8",
                body=f'{shown[-1]}<script type="module" src="/js/grid.js"></script>',
                headers={"Content-Security-Policy": "default-src 'self'"},
            )

    page.on("console", said)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.route("**/*", serve)

    def show(grid: str = GRID) -> Page:
        shown.append(grid)
        page.goto(ADDRESS)
        return page

    yield show
    context.close()
    assert faults == []


def paste(page: Page, name: str, text: str) -> bool:
    """Paste a text into a field; whether the page has dealt with it, instead of the browser."""
    taken: bool = page.locator(f"[name='{name}']").evaluate(
        """(field, text) => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/plain", text);
            field.focus();
            return !field.dispatchEvent(
                new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
        }""",
        text,
    )
    return taken


def values(page: Page) -> list[list[str]]:
    return [
        [page.locator(f"[name='{row}-{column}']").input_value() for column in range(2)] for row in range(3)
    ]


def focused(page: Page) -> str:
    name: str = page.evaluate("document.activeElement.name")
    return name


TOLD = '<p id="told" hidden>没有对上：<span data-names></span></p>'
NAMED = TOLD + GRID.replace("<table data-grid>", '<table data-grid data-told="told">')
for _row, _names in enumerate(("青山县&#10;旧山县", "白水县&#10;旧名", "第一巡察组&#10;旧名")):
    NAMED = NAMED.replace(f"<tr><th>单位{_row}", f'<tr data-names="{_names}"><th>单位{_row}')


def test_a_block_that_begins_with_names_goes_to_the_rows_of_these_names(show: Show) -> None:
    page = show(NAMED)
    assert paste(page, "2-0", "单位\t报送\t采用\r\n第一巡察组\t7\t8\r\n 旧山县 \t1\t2\r\n")
    assert values(page) == [["1", "2"], ["1-0", "1-1"], ["7", "8"]]
    assert page.locator("#told").is_hidden()


def test_names_that_fit_no_row_or_several_are_told_and_guessed_by_nobody(show: Show) -> None:
    page = show(NAMED)
    assert paste(page, "0-1", "旧名\t5\n远县\t6\n白水县\t9\t10")
    assert values(page) == [["0-0", "0-1"], ["1-0", "9"], ["2-0", "2-1"]]
    assert page.locator("#told").inner_text() == "没有对上：旧名、远县"


UNTOUCHED = [["0-0", "0-1"], ["1-0", "1-1"], ["2-0", "2-1"]]


def test_a_block_from_excel_fills_the_cells_to_the_right_and_below(show: Show) -> None:
    page = show()
    assert paste(page, "1-0", "12\t1,200\r\n8\t 900 \r\n")
    assert values(page) == [["0-0", "0-1"], ["12", "1200"], ["8", "900"]]


def test_empty_cells_of_a_block_are_emptied_and_what_is_hidden_stays(show: Show) -> None:
    page = show()
    assert paste(page, "0-0", "\t5\n6\t")
    assert values(page) == [["", "5"], ["6", ""], ["2-0", "2-1"]]
    hidden = page.locator("input[type=hidden]")
    assert {hidden.nth(place).input_value() for place in range(6)} == {"0"}


def test_what_reaches_beyond_the_table_is_left_out(show: Show) -> None:
    page = show()
    assert paste(page, "2-1", "7\t8\t9\n10\t11\t12")
    assert values(page) == [["0-0", "0-1"], ["1-0", "1-1"], ["2-0", "7"]]


def test_every_filled_cell_is_told_of_as_if_typed(show: Show) -> None:
    """The mark “not saved” and the question before leaving hang on it."""
    page = show()
    page.evaluate(
        "window.told = []; document.addEventListener('input', (event) => told.push(event.target.name))"
    )
    paste(page, "0-0", "1\t2\n3\t4")
    assert page.evaluate("told") == ["0-0", "0-1", "1-0", "1-1"]


@pytest.mark.parametrize("text", ["12", "12\r\n", "十二", ""])
def test_a_single_value_is_left_to_the_browser(show: Show, text: str) -> None:
    page = show()
    assert not paste(page, "0-0", text)
    assert values(page) == UNTOUCHED


def test_a_field_outside_the_table_takes_a_block_as_any_field(show: Show) -> None:
    page = show()
    assert not paste(page, "other", "1\t2\n3\t4")
    assert values(page) == UNTOUCHED


def test_enter_goes_down_and_back_up_and_never_sends_the_form(show: Show) -> None:
    page = show()
    page.locator("[name='0-1']").focus()
    seen = []
    for key in ("Enter", "Enter", "Enter", "Shift+Enter", "Shift+Enter", "Shift+Enter"):
        page.keyboard.press(key)
        seen.append(focused(page))
    assert seen == ["1-1", "2-1", "2-1", "1-1", "0-1", "0-1"]


def test_other_keys_do_as_they_always_do(show: Show) -> None:
    page = show()
    page.locator("[name='0-0']").focus()
    page.keyboard.press("Tab")
    page.keyboard.type("34")
    assert focused(page) == "0-1"
    assert values(page)[0] == ["0-0", "34"]
