"""static/js/page.js in a real browser: what it adds to pages that work without it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django import forms
from django.template.loader import render_to_string
from playwright.sync_api import Browser, Dialog, FilePayload, Page, Route

STATIC = Path(__file__).resolve().parent.parent / "static"
ADDRESS = "http://pages.test/"
WORDS = '<template id="words" data-unsaved="未保存" data-characters="字" data-failed="没有完成"></template>'

Show = Callable[[str], Page]


class AuthorForm(forms.Form):
    """A row of the formset under test."""

    person = forms.CharField()


@pytest.fixture
def posted() -> list[str]:
    """Bodies of the forms the page has sent."""
    return []


@pytest.fixture
def show(browser: Browser, posted: list[str]) -> Iterator[Show]:
    """Shows a piece of page together with js/page.js; nothing leaves the browser."""
    context = browser.new_context()
    page = context.new_page()
    answer = {"body": ""}

    def serve(route: Route) -> None:
        if route.request.method == "POST":
            posted.append(route.request.post_data or "")
            route.fulfill(content_type="text/html", body="received")
        elif route.request.url.endswith(".js"):
            route.fulfill(
                content_type="text/javascript", path=STATIC / route.request.url.removeprefix(ADDRESS)
            )
        else:
            route.fulfill(content_type="text/html; charset=utf-8", body=answer["body"])

    page.route("**/*", serve)

    def show(markup: str) -> Page:
        script = '<script type="module" src="/js/page.js"></script>'
        answer["body"] = f'<main id="content">{WORDS}{markup}</main>{script}'
        page.goto(ADDRESS)
        return page

    yield show
    context.close()


def test_a_double_click_sends_the_form_once_with_the_clicked_button(show: Show, posted: list[str]) -> None:
    page = show('<form method="post"><button name="act" value="submit">提交</button></form>')
    page.evaluate(
        "() => { const button = document.querySelector('button'); button.click(); button.click(); }"
    )
    page.get_by_text("received").wait_for()
    assert posted == ["act=submit"]


def test_a_form_that_answers_with_a_file_can_be_sent_again(show: Show) -> None:
    page = show('<form method="post" data-download><button>导出</button></form>')
    page.evaluate("addEventListener('submit', (event) => event.preventDefault())")
    page.get_by_role("button").click()
    assert page.get_by_role("button").is_enabled()


def test_leaving_unsaved_work_asks_first_and_submitting_it_does_not(show: Show) -> None:
    page = show(
        '<form method="post" data-unsaved><input name="title">'
        "<button>保存</button><b data-unsaved-mark></b></form>"
    )
    asked: list[str] = []

    def agree(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", agree)
    assert page.locator("[data-unsaved-mark]").inner_text() == ""
    page.locator("input").press_sequentially("通辽")
    assert page.locator("[data-unsaved-mark]").inner_text() == "未保存"
    page.get_by_role("button").click()
    page.get_by_text("received").wait_for()
    assert asked == []
    page.goto(ADDRESS)
    page.locator("input").press_sequentially("通辽")
    page.goto(ADDRESS + "elsewhere")
    assert asked == ["beforeunload"]


def test_leaving_what_has_saved_itself_asks_nothing_until_more_is_typed(show: Show) -> None:
    page = show('<form method="post" data-unsaved><input name="title"><b data-unsaved-mark></b></form>')
    asked: list[str] = []

    def agree(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", agree)
    page.locator("input").press_sequentially("通辽")
    page.evaluate("document.forms[0].dispatchEvent(new CustomEvent('autosaved', { bubbles: true }))")
    page.goto(ADDRESS + "elsewhere")
    assert asked == []
    page.goto(ADDRESS)
    page.locator("input").press_sequentially("通辽")
    page.evaluate("document.forms[0].dispatchEvent(new CustomEvent('autosaved', { bubbles: true }))")
    page.locator("input").press_sequentially("市")
    page.goto(ADDRESS + "elsewhere")
    assert asked == ["beforeunload"]


def test_text_kept_on_the_machine_goes_after_a_week_and_at_its_writers_logout(
    show: Show, posted: list[str]
) -> None:
    logout = '<form method="post" data-logout="7"><button>退出</button></form>'
    page = show(logout)
    page.evaluate(
        """() => {
            const keep = (place, days) => {
                const at = Date.now() - days * 24 * 3600 * 1000;
                localStorage.setItem(place, JSON.stringify({ at, entries: [] }));
            };
            keep("publicity.kept.7.item:1", 8);
            keep("publicity.kept.7.item:2", 6);
            keep("publicity.kept.70.item:3", 6);
            localStorage.setItem("publicity.kept.7.item:4", "{");
            localStorage.setItem("other", "1");
        }"""
    )
    page.goto(ADDRESS)
    kept = "Object.keys(localStorage).sort()"
    assert page.evaluate(kept) == ["other", "publicity.kept.7.item:2", "publicity.kept.70.item:3"]
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.get_by_role("button").click()
    assert posted == []
    assert "publicity.kept.7.item:2" in page.evaluate(kept)
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button").click()
    page.get_by_text("received").wait_for()
    assert page.evaluate(kept) == ["other", "publicity.kept.70.item:3"]


def test_characters_are_counted_as_people_count_them(show: Show) -> None:
    page = show('<textarea maxlength="50"></textarea>')
    page.locator("textarea").fill("𬱖巡察\n")
    assert page.locator(".counter").inner_text() == "3 / 50 字"


def test_chosen_files_are_listed_with_their_sizes(show: Show) -> None:
    page = show('<input type="file" multiple>')
    page.locator("input").set_input_files(
        [
            FilePayload(name="通知.docx", mimeType="application/octet-stream", buffer=b"x" * 3000),
            FilePayload(name="录像.mp4", mimeType="video/mp4", buffer=b"x" * 2 * 1024 * 1024),
        ]
    )
    assert page.locator(".chosen-files li").all_inner_texts() == ["通知.docx（3 KB）", "录像.mp4（2.0 MB）"]


def test_a_formset_grows_to_its_limit(show: Show) -> None:
    formset = forms.formset_factory(AuthorForm, extra=1, max_num=3)(prefix="authors")
    page = show(
        render_to_string(
            "components/formset.html", {"formset": formset, "label": "作者", "add_label": "增加"}
        )
    )
    button = page.locator("[data-formset-add]")
    button.click()
    button.click()
    assert page.locator("#id_authors-TOTAL_FORMS").input_value() == "3"
    assert [field.get_attribute("name") for field in page.locator("input[type=text]").all()] == [
        "authors-0-person",
        "authors-1-person",
        "authors-2-person",
    ]
    assert button.is_hidden()


def test_select_all_ticks_only_the_boxes_it_names(show: Show) -> None:
    page = show(
        '<input type="checkbox" data-select-all="pick"><input type="checkbox" name="pick">'
        '<input type="checkbox" name="pick"><input type="checkbox" name="other">'
    )
    page.locator("[data-select-all]").check()
    assert page.locator("[name=pick]:checked").count() == 2
    assert page.locator("[name=other]:checked").count() == 0
    page.locator("[name=pick]").first.uncheck()
    assert page.locator("[data-select-all]").evaluate("box => box.indeterminate")


def test_a_link_into_a_fold_opens_it(show: Show) -> None:
    page = show(
        '<a href="#inside">明细</a>'
        '<details class="fold"><summary>采用</summary><p id="inside">一条</p></details>'
    )
    assert page.locator("#inside").is_hidden()
    page.get_by_role("link").click()
    page.locator("#inside").wait_for()
    page.locator("details").evaluate("fold => { fold.open = false; }")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#inside").is_visible()


def test_a_refused_form_is_entered_where_something_is_to_be_mended(show: Show) -> None:
    page = show('<form><input name="title"><input name="date" class="form-control is-invalid"></form>')
    assert page.evaluate("document.activeElement.name") == "date"
