"""The check that every page passes can fail: each page here hinders a person without a mouse."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser import keyboard

PAGE = """<!doctype html><html lang="zh-hans"><title>页</title>
<style>:focus-visible {{ outline: 3px solid blue; }} .skip-link {{ position: absolute; top: 0; }}</style>
<body><a class="skip-link" href="#content">跳到正文</a><main id="content">{content}</main></body></html>"""
type Walk = Callable[[str], list[str]]


@pytest.fixture(scope="module")
def walk(browser: Browser) -> Iterator[Walk]:
    """What is found on a page with this content, folds included."""
    context = browser.new_context(viewport={"width": 1366, "height": 800})
    context.add_init_script(keyboard.HEARD)
    page = context.new_page()

    def found(content: str) -> list[str]:
        page.goto("about:blank")
        page.set_content(content if content.startswith("<!") else PAGE.format(content=content))
        return keyboard.walk(page) + keyboard.fold(page, set())

    yield found
    context.close()


def test_a_page_on_which_everything_is_reached_has_no_fault(walk: Walk) -> None:
    content = """<h1>稿件</h1><p><a href="/a">一</a></p>
      <form><label>标题 <input></label> <label>日期 <input type="datetime-local"></label>
      <input type="radio" name="r" id="r1"><label for="r1">甲</label>
      <input type="radio" name="r" id="r2" checked><label for="r2">乙</label>
      <select><option>一</option></select><textarea></textarea><button disabled>不可用</button></form>
      <div contenteditable="true">正文</div><details><summary>更多</summary><a href="/b">二</a></details>
      <div role="toolbar"><button>加粗</button><button tabindex="-1">撤销</button></div>
      <p hidden><a href="/c">三</a></p>"""
    assert walk(content) == []


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ('<div style="cursor: pointer">保存</div>', "div “保存” can be clicked and not be reached"),
        (
            "<div id=save>保存</div><script>save.addEventListener('click', () => 1)</script>",
            "div “save” can be clicked and not be reached",
        ),
        ('<button tabindex="-1">保存</button>', "button “保存” is taken out of the order of Tab"),
        (
            '<button>一</button><button tabindex="1">二</button>',
            "button “二” is drawn forward by a tabindex above 0",
        ),
        ('<button style="outline: none">保存</button>', "button “保存” has no ring while it has the focus"),
        (
            '<button style="position: absolute; left: -999px">保存</button>',
            "button “保存” has the focus out of sight",
        ),
        (
            '<p style="height: 760px"></p><button>保存</button>'
            '<div id="bar" style="position: fixed; bottom: 0; width: 100%; height: 90px"></div>',
            "button “保存” has the focus and is covered by div “bar”",
        ),
        (
            "<input id=hold><button>保存</button><script>"
            "hold.addEventListener('keydown', (event) => event.preventDefault())</script>",
            "input “hold” does not let the focus go on",
        ),
        (
            "<button>保存</button><input id=jump><script>"
            "jump.addEventListener('focus', () => document.querySelector('button').focus())</script>",
            "is not reached",
        ),
        (
            '<details class="menu"><summary>选择列</summary><a href="/a">一</a></details>',
            "fold “menu” does not give the focus back after Escape",
        ),
        (
            "<details class=fold><summary id=more>更多</summary>一</details><script>"
            "more.addEventListener('keydown', (event) => event.key === 'Enter' && event.preventDefault())"
            "</script>",
            "fold “fold” is not opened by Enter",
        ),
    ],
)
def test_each_hindrance_is_named(walk: Walk, content: str, fault: str) -> None:
    assert fault in "\n".join(walk(content))


def test_the_first_stop_leads_to_the_content(walk: Walk) -> None:
    bare = PAGE.format(content="").replace('<a class="skip-link"', '<a href="/">首页</a><a class="skip-link"')
    assert walk(bare) == ["a “首页” is reached before the link to the content"]


def test_a_long_page_is_entered_and_left_and_no_stop_of_it_is_out_of_order(walk: Walk) -> None:
    rows = "".join(f'<p><a href="/{number}">第{number}行</a></p>' for number in range(200))
    assert walk(rows) == []
    assert walk(rows.replace(">第199行", ' style="outline: none">第199行')) == [
        "a “第199行” has no ring while it has the focus"
    ]
    assert walk(rows.replace(">第99行", ' tabindex="-1">第99行')) == [
        "a “第99行” is taken out of the order of Tab"
    ]
