"""Writing an item: nothing is lost and nothing made twice, whatever happens to net, session or page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Dialog, Page, Route, expect

from accounts.models import User
from submissions.enums import Status
from submissions.models import Item, Version
from submissions.services.drafts import save_draft
from tests.conftest import PASSWORD, Cast, City, draft

TITLE = "青山县巡察整改“回头看”见实效"
WORD = Path(__file__).resolve().parent.parent / "clipboards/word.html"
KEPT = "Object.keys(localStorage).filter((place) => place.startsWith('publicity.kept.')).length"
#: What the browser and htmx say when the net is gone.
OFFLINE = {"ERR_INTERNET_DISCONNECTED", "htmx:"}

Office = tuple[City, Cast]
SignIn = Callable[[User, int], Page]


def new_item(page: Page) -> None:
    """Open an empty form, and let the editor take the place of the text area."""
    page.get_by_role("link", name="写稿件").first.click()
    expect(page.get_by_role("textbox", name="标题")).to_be_visible()
    page.wait_for_load_state("load")


def write(page: Page, title: str, text: str = "") -> None:
    page.get_by_role("textbox", name="标题").fill(title)
    if text:
        page.get_by_role("textbox", name="正文").click()
        page.keyboard.press("Control+End")
        page.keyboard.type(text)


def saved(page: Page) -> None:
    expect(page.locator("[data-unsaved-mark]")).to_contain_text("已自动保存")


def again(page: Page, cast: Cast) -> None:
    """Sign in on the login page that is shown."""
    page.get_by_label("账号").fill(cast.author.username)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()


def dialogs(page: Page) -> list[str]:
    """The messages of the dialogs from now on, all of them agreed to."""
    asked: list[str] = []

    def agree(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.accept()

    page.on("dialog", agree)
    return asked


def restored(page: Page) -> None:
    page.get_by_role("region", name="存在本机的文字").get_by_role("button", name="恢复").click()


@pytest.mark.parametrize("width", [1366, 390])
def test_typing_saves_itself_and_two_clicks_file_it_once(
    office: Office, sign_in: SignIn, complaints: set[str], width: int
) -> None:
    complaints.add("409")  # the page of an item that cannot be changed now
    page = sign_in(office[1].author, width)
    asked = dialogs(page)
    new_item(page)
    write(page, TITLE, "青山县委巡察办逐项核对整改台账。")
    saved(page)
    item = Item.objects.get()
    assert (item.title, item.body) == (TITLE, "青山县委巡察办逐项核对整改台账。")
    assert not Version.objects.exists()
    assert page.url.endswith(f"/items/{item.pk}/edit/")
    page.get_by_label("单位审核人").fill("王审核")
    page.get_by_label("我声明").check()
    page.get_by_role("button", name="提交").dblclick()
    expect(page.get_by_role("heading", level=1)).to_contain_text(TITLE)
    item = Item.objects.get()
    assert (item.status, item.checker, item.versions.count()) == (Status.SECTION_REVIEW, "王审核", 1)
    page.go_back()
    expect(page.get_by_text("不能改", exact=False).or_(page.get_by_text("不能修改")).first).to_be_visible()
    assert Item.objects.count() == 1
    assert asked == [], "what has saved itself can be left without being asked"


def test_saving_at_once_and_going_back_goes_on_with_the_same_item(office: Office, sign_in: SignIn) -> None:
    page = sign_in(office[1].author, 1366)
    new_item(page)
    write(page, TITLE)
    page.get_by_role("button", name="保存草稿").last.click()
    expect(page.get_by_text("草稿已保存")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("textbox", name="标题")).to_have_value(TITLE)
    write(page, TITLE, "回来接着写。")
    saved(page)
    assert Item.objects.get().body == "回来接着写。"


def test_without_the_net_the_text_stays_on_the_machine_and_comes_back(
    office: Office, sign_in: SignIn, complaints: set[str]
) -> None:
    complaints |= OFFLINE
    page = sign_in(office[1].author, 1366)
    new_item(page)
    address, context = page.url, page.context
    context.set_offline(True)
    write(page, TITLE, "断网时写的。")
    page.get_by_role("button", name="添加作者").click()
    page.locator("#id_authors-3-name").fill("新华社李四")
    page.get_by_label("重要稿件").check()
    expect(page.locator("[data-autosave-trouble]")).to_contain_text("网络不通，已存在本机")
    expect(page.locator("[data-unsaved-mark]")).to_have_text("未保存")
    page.close()
    context.set_offline(False)
    assert not Item.objects.exists()

    page = context.new_page()
    page.goto(address)
    expect(page.get_by_role("region", name="存在本机的文字")).to_contain_text(TITLE)
    expect(page.get_by_role("textbox", name="标题")).to_have_value("")
    restored(page)
    expect(page.get_by_role("textbox", name="正文")).to_have_text("断网时写的。")
    saved(page)
    item = Item.objects.get()
    assert (item.title, item.body, item.route) == (TITLE, "断网时写的。", "important")
    assert list(item.authorships.order_by("position").values_list("name", flat=True)) == [
        "甲作者",
        "新华社李四",
    ]
    assert page.evaluate(KEPT) == 0


def test_when_the_net_comes_back_the_open_page_saves_itself(
    office: Office, sign_in: SignIn, complaints: set[str]
) -> None:
    complaints |= OFFLINE
    page = sign_in(office[1].author, 1366)
    new_item(page)
    write(page, TITLE)
    saved(page)
    page.context.set_offline(True)
    write(page, TITLE, "断网时写的。")
    expect(page.locator("[data-autosave-trouble]")).to_contain_text("网络不通")
    page.get_by_role("button", name="保存草稿").last.click()
    expect(page.get_by_role("textbox", name="正文")).to_have_text("断网时写的。")
    page.context.set_offline(False)
    saved(page)
    assert Item.objects.get().body == "断网时写的。"


def test_an_answer_that_got_lost_makes_no_second_item_and_no_false_alarm(
    office: Office, sign_in: SignIn, complaints: set[str]
) -> None:
    complaints.add("ERR_FAILED")
    page = sign_in(office[1].author, 1366)
    new_item(page)

    def lose_the_answer(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/autosave/", lose_the_answer)
    write(page, TITLE)
    expect(page.locator("[data-autosave-trouble]")).not_to_be_empty()
    page.unroute("**/autosave/")
    write(page, f"{TITLE}（二）", "接着写。")
    page.evaluate("dispatchEvent(new Event('online'))")
    saved(page)
    item = Item.objects.get()
    assert (item.title, item.body) == (f"{TITLE}（二）", "接着写。")


def test_an_ended_session_loses_nothing(office: Office, sign_in: SignIn, complaints: set[str]) -> None:
    complaints |= {"401", "403"}
    page = sign_in(office[1].author, 1366)
    new_item(page)
    write(page, TITLE)
    saved(page)
    Session.objects.all().delete()
    write(page, TITLE, "过期后写的。")
    page.get_by_role("button", name="保存草稿").last.click()
    trouble = page.locator("[data-autosave-trouble]")
    expect(trouble).to_contain_text("登录已过期：文字已存在本机")

    # In a new window, and back to this page:
    with page.expect_popup() as opened:
        trouble.get_by_role("link").click()
    again(opened.value, office[1])
    expect(opened.value.get_by_role("heading", level=1)).to_contain_text("甲作者")
    opened.value.close()
    page.evaluate("dispatchEvent(new Event('focus'))")
    saved(page)
    assert Item.objects.get().body == "过期后写的。"

    # Or the page is gone before:
    Session.objects.all().delete()
    write(page, TITLE, "又写的。")
    expect(trouble).to_contain_text("登录已过期")
    dialogs(page)
    page.reload()
    again(page, office[1])
    restored(page)
    saved(page)
    assert Item.objects.get().body == "过期后写的。又写的。"


def test_the_next_person_on_the_machine_neither_sees_nor_saves_it(
    office: Office, sign_in: SignIn, complaints: set[str]
) -> None:
    complaints |= OFFLINE
    cast = office[1]
    page = sign_in(cast.author, 1366)
    new_item(page)
    page.context.set_offline(True)
    write(page, "只在本机的标题")
    expect(page.locator("[data-autosave-trouble]")).to_contain_text("网络不通")
    other = page.context.new_page()
    page.context.set_offline(False)
    page.close()
    asked = dialogs(other)
    other.goto(page.url)
    assert other.evaluate(KEPT) == 1
    other.locator(".user-menu summary").click()
    other.get_by_role("button", name="退出").click()
    expect(other.get_by_label("账号")).to_be_visible()
    assert "没有存到服务器" in asked[0]
    assert other.evaluate(KEPT) == 0


def test_what_was_changed_elsewhere_is_not_overwritten_by_itself(
    office: Office, sign_in: SignIn, complaints: set[str]
) -> None:
    complaints.add("409")
    cast = office[1]
    item = draft(cast.author, timezone.now() - timedelta(hours=1))
    page = sign_in(cast.author, 1366)
    page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/", 3)[2] + f"/items/{item.pk}/edit/")
    save_draft(item=item, by=cast.author, fields={"title": "别处改的"}, authors=None, now=timezone.now())
    write(page, "这里改的")
    expect(page.locator("[data-autosave-trouble]")).to_contain_text("有人在别处改过此稿")
    item.refresh_from_db()
    assert item.title == "别处改的"
    page.get_by_role("button", name="保存草稿").last.click()
    expect(page.get_by_role("alert")).to_contain_text("别处改的")
    expect(page.get_by_role("textbox", name="标题")).to_have_value("这里改的")
    page.get_by_role("button", name="保存草稿").last.click()
    expect(page.get_by_text("草稿已保存")).to_be_visible()
    item.refresh_from_db()
    assert item.title == "这里改的"


def test_a_paste_from_word_is_stored_with_its_table_and_without_its_looks(
    office: Office, sign_in: SignIn
) -> None:
    page = sign_in(office[1].author, 390)
    new_item(page)
    write(page, TITLE)
    page.get_by_role("textbox", name="正文").evaluate(
        """(paper, html) => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/html", html);
            paper.focus();
            const event = { clipboardData, bubbles: true, cancelable: true };
            paper.dispatchEvent(new ClipboardEvent("paste", event));
        }""",
        WORD.read_text(),
    )
    expect(page.get_by_role("status").filter(has_text="图片")).to_contain_text("添加文件")
    page.get_by_role("button", name="保存草稿").last.click()
    expect(page.get_by_text("草稿已保存")).to_be_visible()
    item = Item.objects.get()
    assert "<h2>一、提高站位，压实责任</h2>" in item.html
    assert "青山县\t5\n白水县\t3" in item.body
    assert not any(gone in item.html for gone in ("style", "class", "mso", "font", "img"))
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not page.evaluate(wide)


def test_a_finding_leads_to_its_place_in_the_text(office: Office, sign_in: SignIn) -> None:
    page = sign_in(office[1].author, 1366)
    new_item(page)
    write(page, TITLE, "第一段。")
    page.keyboard.press("Enter")
    page.keyboard.type("联系人手机13812345678。")
    page.get_by_role("button", name="看位置").first.click()
    assert page.evaluate("getSelection().toString()") == "13812345678"
