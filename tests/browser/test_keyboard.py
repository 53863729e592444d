"""An item filed and approved without a mouse: Tab, Enter, Space, arrows and Escape alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from accounts.models import User
from submissions.models import Item
from tests.conftest import PASSWORD, Cast, City

TITLE = "青山县巡察整改“回头看”见实效"
BODY = "2026年4月，青山县委巡察办对上一轮巡察整改情况开展“回头看”，逐项核对整改台账。"
#: What has the focus: whether it is seen, and a name by which a person would know it.
FOCUSED = """() => {
  const element = document.activeElement;
  if (element === document.body) return {name: "", ring: true};
  const style = getComputedStyle(element), box = element.getBoundingClientRect();
  return {
    name: `${element.tagName} ${element.id || element.innerText || element.value || ""}`.slice(0, 60),
    ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && box.width > 0,
  };
}"""
MOST = 150


@pytest.fixture
def page(browser: Browser, live_server: Any) -> Iterator[Page]:
    """A window whose mouse is unplugged."""
    context = browser.new_context(viewport={"width": 1366, "height": 800}, locale="zh-CN")
    page = context.new_page()
    for name in ("click", "mousedown", "pointerdown"):
        page.add_init_script(
            f"addEventListener('{name}', (event) => {{ if (event.detail) throw Error('mouse'); }}, true)"
        )
    page.goto(f"{live_server.url}/accounts/login/")
    yield page
    context.close()


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def focused(page: Page) -> str:
    """What has the focus now. A person must be able to see where they are."""
    seen = page.evaluate(FOCUSED)
    assert seen["ring"], f"no ring around {seen['name']}"
    return str(seen["name"])


def tab_to(page: Page, target: Locator, key: str = "Tab") -> None:
    """Press Tab until the focus is there."""
    target.first.wait_for()
    passed: list[str] = []
    for _step in range(MOST):
        if target.first.evaluate("element => element === document.activeElement"):
            return
        press(page, key)
        passed.append(focused(page))
        assert len(passed) < 4 or len(set(passed[-4:])) > 1, f"caught in {passed[-1]}"
    raise AssertionError(f"not reached after {passed}")


def log_in(page: Page, person: User) -> None:
    tab_to(page, page.get_by_label("账号"))
    page.keyboard.type(person.username)
    press(page, "Tab")
    page.keyboard.type(PASSWORD)
    press(page, "Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(person.display_name)


def log_out(page: Page) -> None:
    menu = page.locator(".user-menu > summary")
    tab_to(page, menu)
    press(page, "Enter")
    expect(page.get_by_role("button", name="退出登录")).to_be_visible()
    press(page, "Escape")  # closes, and gives the focus back
    expect(page.get_by_role("button", name="退出登录")).to_be_hidden()
    expect(menu).to_be_focused()
    press(page, "Enter")
    tab_to(page, page.get_by_role("button", name="退出登录"))
    press(page, "Enter")
    expect(page.get_by_label("账号")).to_be_visible()


def test_the_first_tab_offers_to_skip_to_the_content(office: tuple[City, Cast], page: Page) -> None:
    _city, cast = office
    log_in(page, cast.author)
    press(page, "Tab")
    skip = page.get_by_role("link", name="跳到正文")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    press(page, "Enter", "Tab")
    assert page.evaluate("document.getElementById('content').contains(document.activeElement)")


def test_an_item_is_filed_and_approved_without_a_mouse(office: tuple[City, Cast], page: Page) -> None:
    _city, cast = office
    log_in(page, cast.author)
    tab_to(page, page.get_by_role("link", name="写稿件"))
    press(page, "Enter")
    write(page)
    log_out(page)
    log_in(page, cast.section_head)
    tab_to(page, page.get_by_role("main").get_by_role("link", name=TITLE))
    press(page, "Enter")
    approve(page)
    assert "在分管领导处" in Item.objects.get().get_status_display()


def write(page: Page) -> None:
    """Fill the form, be refused, mend what is missing, file."""
    tab_to(page, page.get_by_label("标题"))
    page.keyboard.type(TITLE)
    tab_to(page, page.get_by_role("textbox", name="正文"))
    page.keyboard.type(BODY)
    press(page, "Tab")  # leaves the editor: it is no trap
    expect(page.get_by_role("textbox", name="正文")).not_to_be_focused()
    file = page.get_by_role("button", name="提交", exact=True)
    tab_to(page, file)
    press(page, "Enter")
    expect(page.locator("#problems")).to_be_focused()
    expect(page.locator("#problems")).to_contain_text("单位审核人")
    press(page, "Tab", "Enter")  # the first problem leads to its field
    tab_to(page, page.get_by_label("单位审核人"))
    page.keyboard.type("王审核")
    tab_to(page, page.get_by_role("radio", name="一般稿件"))
    press(page, "ArrowRight")
    expect(page.get_by_role("radio", name="重要稿件")).to_be_checked()
    press(page, "ArrowLeft")
    tab_to(page, page.get_by_label("我声明"))
    press(page, "Space")
    tab_to(page, file)
    press(page, "Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(TITLE)
    expect(page.get_by_text("在综合科负责人处").first).to_be_visible()


def approve(page: Page) -> None:
    """Tick what the level answers for, and pass."""
    page.locator("#points").wait_for()
    for box in page.locator("#points").get_by_role("checkbox").all():
        tab_to(page, box)
        press(page, "Space")
        expect(box).to_be_checked()
    tab_to(page, page.get_by_role("button", name="通过", exact=True))
    press(page, "Enter")
    expect(page.get_by_role("status").filter(has_text=TITLE)).to_be_visible()


def test_focus_goes_round_the_form_and_out_again(
    office: tuple[City, Cast], page: Page, live_server: Any
) -> None:
    """No place holds the focus, forwards or backwards, and everywhere one sees where it is."""
    _city, cast = office
    log_in(page, cast.author)
    page.goto(f"{live_server.url}/items/new/")
    tab_to(page, page.get_by_role("button", name="保存草稿").last)
    tab_to(page, page.get_by_label("标题"), "Shift+Tab")
    tab_to(page, page.get_by_role("link", name="帮助").last)
