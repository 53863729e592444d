"""static/js/editor/ in a real browser: what a writer's keys and pastes become."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override
from playwright.sync_api import Browser, ConsoleMessage, Page, Route

from submissions.markup import clean, words

STATIC = Path(__file__).resolve().parent.parent / "static"
CLIPBOARDS = Path(__file__).resolve().parent / "clipboards"
#: A plain text editor on Windows; paragraphs indented as Chinese prose.
PLAIN = "\u3000\u3000第一段。\r\n\r\n\u3000\u3000第二段。\r\n\u3000\u3000第三段。\r\n"
ADDRESS = "http://pages.test/"
POLICY = "default-src 'self'"

Show = Callable[..., Page]


@pytest.fixture
def show(browser: Browser) -> Iterator[Show]:
    """Shows the editor with a text; nothing leaves the browser, and the page's policy is the strict one."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page_text = {"body": ""}
    faults: list[str] = []

    def said(message: ConsoleMessage) -> None:
        if message.type == "error":
            faults.append(message.text)

    def serve(route: Route) -> None:
        if route.request.url.endswith(".js"):
            route.fulfill(
                content_type="text/javascript", path=STATIC / route.request.url.removeprefix(ADDRESS)
            )
        else:
            route.fulfill(
                content_type="text/html; charset=utf-8",
                body=page_text["body"],
                headers={"Content-Security-Policy": POLICY},
            )

    page.on("console", said)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.route("**/*", serve)

    def show(html: str = "") -> Page:
        with override("zh-hans"):
            tools = render_to_string("submissions/_editor_tools.html")
        escaped = html.replace('"', "&quot;")
        page_text["body"] = (
            '<main id="content"><form><label for="id_body">正文</label>'
            f'<input type="hidden" name="html" id="id_html" data-html="{escaped}">'
            f'<textarea name="body" id="id_body">{words(clean(html))}</textarea></form>{tools}'
            '<script type="module" src="/js/editor/editor.js"></script></main>'
        )
        page.goto(ADDRESS)
        return page

    yield show
    context.close()
    assert faults == []


def html_of(page: Page) -> str:
    return page.locator("#id_html").input_value()


def body_of(page: Page) -> str:
    return page.locator("#id_body").input_value()


def paste(page: Page, html: str = "", text: str = "") -> None:
    """Paste what another program has put on the clipboard."""
    page.locator("[role=textbox]").evaluate(
        """(paper, [html, text]) => {
            const clipboardData = new DataTransfer();
            if (html) clipboardData.setData("text/html", html);
            if (text) clipboardData.setData("text/plain", text);
            paper.focus();
            const event = { clipboardData, bubbles: true, cancelable: true };
            paper.dispatchEvent(new ClipboardEvent("paste", event));
        }""",
        [html, text],
    )


def test_the_editor_takes_the_place_of_the_text_area_and_changes_nothing_by_itself(show: Show) -> None:
    text = "<h2>一、压实责任</h2><p>第一段。</p><ol><li>甲</li><li>乙</li></ol>"
    page = show(text)
    assert page.locator("textarea").is_hidden()
    assert html_of(page) == text
    assert body_of(page) == words(text)
    assert page.get_by_role("textbox", name="正文").is_visible()


def test_typing_makes_paragraphs_and_the_words_follow(show: Show) -> None:
    page = show()
    page.get_by_role("textbox").click()
    page.keyboard.type("第一段")
    page.keyboard.press("Enter")
    page.keyboard.type("第二段")
    assert clean(html_of(page)) == "<p>第一段</p><p>第二段</p>"
    assert body_of(page) == "第一段\n第二段"


def test_an_emptied_editor_says_so_to_the_server(show: Show) -> None:
    page = show("<p>旧文字</p>")
    page.get_by_role("textbox").click()
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    assert html_of(page) == "<p></p>"
    assert body_of(page) == ""


def test_the_tools_mark_what_is_selected_and_can_be_undone(show: Show) -> None:
    page = show("<p>压实责任</p><p>推动整改</p>")
    paper = page.get_by_role("textbox")
    paper.click()
    page.keyboard.press("Control+Home")
    page.get_by_role("button", name="小标题").click()
    assert html_of(page) == "<h2>压实责任</h2><p>推动整改</p>"
    assert page.get_by_role("button", name="小标题").get_attribute("aria-pressed") == "true"
    page.keyboard.press("Control+A")
    page.get_by_role("button", name="项目列表").click()
    assert html_of(page) == "<ul><li>压实责任</li><li>推动整改</li></ul>"
    page.get_by_role("button", name="编号列表").click()
    assert html_of(page) == "<ol><li>压实责任</li><li>推动整改</li></ol>"
    page.get_by_role("button", name="清除格式").click()
    assert html_of(page) == "<p>压实责任</p><p>推动整改</p>"
    for before in ("<ol><li>压实责任", "<ul><li>压实责任", "<h2>压实责任", "<p>压实责任"):
        page.get_by_role("button", name="撤销").click()
        assert html_of(page).startswith(before)
    page.get_by_role("button", name="重做").click()
    assert html_of(page) == "<h2>压实责任</h2><p>推动整改</p>"


def test_keys_alone_do_all_of_it(show: Show) -> None:
    page = show("<p>压实责任</p>")
    page.get_by_role("textbox").focus()
    page.keyboard.press("Control+A")
    page.keyboard.press("Control+B")
    assert html_of(page) == "<p><strong>压实责任</strong></p>"
    page.keyboard.press("Control+Z")
    assert html_of(page) == "<p>压实责任</p>"
    page.keyboard.press("Control+Y")
    assert "<strong>" in html_of(page)
    page.keyboard.press("Alt+F10")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.dataset.command") == "heading"
    page.keyboard.press("Enter")
    assert html_of(page) == "<h2><strong>压实责任</strong></h2>"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "textbox"


def test_blocks_are_parted_and_joined_and_take_no_looks_along(show: Show) -> None:
    page = show("<h2>小标题</h2><p>正文</p>")
    keys = page.keyboard
    page.locator("[role=textbox] p").click()
    keys.press("Home")
    keys.press("Backspace")
    assert html_of(page) == "<h2>小标题正文</h2>"
    keys.press("Control+Z")
    assert html_of(page) == "<h2>小标题</h2><p>正文</p>"
    keys.press("Control+End")
    keys.press("Enter")
    keys.type("甲")
    keys.press("Control+Shift+Digit8")
    keys.press("Enter")
    keys.press("Enter")
    keys.type("列表之后")
    assert html_of(page) == "<h2>小标题</h2><p>正文</p><ul><li>甲</li></ul><p>列表之后</p>"
    keys.press("Home")
    keys.press("Backspace")
    assert html_of(page) == "<h2>小标题</h2><p>正文</p><ul><li>甲列表之后</li></ul>"
    keys.press("Home")
    keys.press("Backspace")
    assert html_of(page) == "<h2>小标题</h2><p>正文</p><p>甲列表之后</p>"
    keys.press("Control+A")
    keys.type("全部重写")
    assert body_of(page) == "全部重写"
    keys.press("Control+A")
    keys.press("Delete")
    keys.type("再来")
    assert html_of(page) == "<p>再来</p>"


def test_a_table_grows_and_shrinks_and_tab_walks_through_it(show: Show) -> None:
    page = show("<p>如下：</p>")
    page.get_by_role("textbox").click()
    page.get_by_role("button", name="插入表格").click()
    for word in ("县区", "篇数", "得分"):
        page.keyboard.type(word)
        page.keyboard.press("Tab")
    page.keyboard.type("青山")
    page.keyboard.press("Enter")
    page.keyboard.type("县")
    assert "<td>青山<br>县</td>" in html_of(page)
    page.get_by_role("button", name="加一行").click()
    page.get_by_role("button", name="删本列").click()
    page.get_by_role("button", name="加一列").click()
    rows = page.locator("[role=textbox] tr")
    assert [row.locator("td, th").count() for row in rows.all()] == [3, 3, 3, 3]
    assert body_of(page).startswith("如下：\n篇数\t\t得分")
    for _ in range(3):
        page.get_by_role("button", name="删本行").click()
    page.get_by_role("button", name="删表格").click()
    assert "table" not in html_of(page)


@pytest.mark.parametrize("source", ["word", "wps"])
def test_what_is_pasted_from_a_word_processor_keeps_its_structure_and_nothing_else(
    show: Show, source: str
) -> None:
    page = show()
    paste(page, (CLIPBOARDS / f"{source}.html").read_text())
    html = html_of(page)
    assert clean(html) == html, "the server would store it as it is"
    for kept in (
        "<h2>一、提高站位，压实责任</h2>",
        "<strong>青山县委</strong>",
        "<p>（一）加强组织领导。",
        "<ol><li>建立台账。</li><li>逐项销号。</li></ol>",
        "<ul><li>群众满意度提升。</li></ul>",
        "<td>白水县</td>",
    ):
        assert kept in html
    assert re.findall("<tr>", html) == ["<tr>"] * 3
    for gone in (
        "style",
        "class",
        "mso",
        "Mso",
        "o:p",
        "font",
        "<!--",
        "script",
        "img",
        "span",
        "alert",
        "\u00a0",
    ):
        assert gone not in html
    assert "添加文件" in page.locator(".editor-hint").inner_text()


def test_what_is_pasted_from_a_web_page_runs_nothing_and_links_nowhere(show: Show) -> None:
    page = show()
    paste(page, (CLIPBOARDS / "web.html").read_text())
    assert html_of(page) == "<h2>通报</h2><p>正文有<strong>重点</strong>和链接。</p><p>第二段。</p>"
    assert page.evaluate("window.ran") is None


def test_plain_text_keeps_its_paragraphs(show: Show) -> None:
    page = show("<p>开头。</p>")
    page.get_by_role("textbox").click()
    page.keyboard.press("Control+End")
    paste(page, text=PLAIN)
    assert html_of(page) == "<p>开头。第一段。</p><p>第二段。</p><p>第三段。</p>"
    page.keyboard.type("接着写")
    assert body_of(page).endswith("第三段。接着写")


def test_a_paste_into_the_middle_parts_the_paragraph_and_joins_its_ends(show: Show) -> None:
    page = show("<p>前半后半</p>")
    page.get_by_role("textbox").click()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    paste(page, "<p>甲</p><p>乙</p>")
    assert html_of(page) == "<p>前半甲</p><p>乙后半</p>"
    page.keyboard.type("，")
    assert body_of(page) == "前半甲\n乙，后半"
    page.keyboard.press("Control+Z")
    page.keyboard.press("Control+Z")
    assert html_of(page) == "<p>前半后半</p>"
    page.keyboard.press("Control+A")
    paste(page, "<p>全换<b>掉</b></p>")
    assert html_of(page) == "<p>全换<strong>掉</strong></p>"


def test_a_paste_into_a_cell_stays_in_the_cell(show: Show) -> None:
    page = show("<table><tbody><tr><td>甲</td><td>乙</td></tr></tbody></table>")
    page.locator("td").first.click()
    page.keyboard.press("End")
    paste(page, "<table><tr><td>一</td><td>二</td></tr><tr><td>三</td><td>四</td></tr></table>")
    assert body_of(page) == "甲一 二 三 四\t乙"


def test_an_input_method_is_left_alone_until_it_has_chosen(show: Show) -> None:
    page = show("<p>巡察</p>")
    page.get_by_role("textbox").click()
    page.keyboard.press("End")
    keys = page.context.new_cdp_session(page)
    for sofar in ("z", "zh", "zhenggai"):
        keys.send(
            "Input.imeSetComposition",
            {"text": sofar, "selectionStart": len(sofar), "selectionEnd": len(sofar)},
        )
        assert body_of(page) == "巡察", "half-typed sounds are not text"
    keys.send("Input.insertText", {"text": "整改"})
    assert body_of(page) == "巡察整改"
    assert html_of(page) == "<p>巡察整改</p>"


def test_mongolian_paragraphs_stand_upright(show: Show) -> None:
    page = show("<p>汉字</p><p>ᠮᠣᠩᠭᠣᠯ ᠬᠡᠯᠡ</p>")
    assert page.locator("[role=textbox] p").nth(1).get_attribute("lang") == "mn-Mong"
    assert page.locator("[role=textbox] p").first.get_attribute("lang") is None


@pytest.mark.parametrize(
    "html",
    [
        "<p>一</p><p>二<br>三</p>",
        "<h2>题</h2><h3>小题</h3><ol><li>甲</li><li>乙<ul><li>子</li></ul></li></ol><p>完</p>",
        "<table><caption>表一</caption><thead><tr><th>县</th><th>分</th></tr></thead><tbody><tr><td></td><td>5</td></tr>"
        '<tr><td colspan="2">合<br>计</td></tr></tbody></table><p>后</p>',
        "<blockquote><p>引文</p></blockquote><p>𬱖<em>喆</em> a b</p>",
    ],
)
def test_the_words_are_those_of_the_server(show: Show, html: str) -> None:
    assert clean(html) == html
    page = show(html)
    assert html_of(page) == html
    assert body_of(page) == words(html)
