"""One item from the first word to the printed ranking, in Chromium, on a desk and on a phone.

Everything is real: the pages, PostgreSQL, Valkey and the Celery worker that counts.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from accounts.models import User
from launcher.processes import Child
from stats.models import TallyRow
from submissions.models import Item
from tests.conftest import Cast, City
from tests.servers import eventually

TITLE = "青山县巡察整改“回头看”见实效"
BODY = "青山县委巡察办对上一轮巡察整改情况开展“回头看”，逐项核对整改台账。\n\n群众反映的问题已全部办结。"
WIDTHS = [pytest.param(1366, id="desk"), pytest.param(390, id="phone")]


def fits(page: Page) -> None:
    """Nothing sticks out to the side."""
    wider = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not page.evaluate(wider), page.url


@pytest.mark.parametrize("width", WIDTHS)
def test_an_item_lives_from_draft_to_bulletin(
    office: tuple[City, Cast],
    celery_worker_process: Child,
    sign_in: Callable[[User, int], Page],
    tmp_path: Path,
    width: int,
) -> None:
    city, cast = office
    file_item(sign_in(cast.author, width))
    item = Item.objects.get()
    for reviewer, button, then in [
        (cast.section_head, "通过", "在分管领导处"),
        (cast.supervising_leader, "通过", "在主要领导处"),
        (cast.principal_leader, "签发", "已签发"),
    ]:
        decide(sign_in(reviewer, width), button)
        item.refresh_from_db()
        assert then in item.get_status_display()
    admin = sign_in(cast.admin, width)
    register(admin, item)
    eventually(lambda: TallyRow.objects.filter(unit=city.county, central=1, points=50).exists())
    figures(admin)
    bulletin_cells(admin, tmp_path)


def file_item(page: Page) -> None:
    page.get_by_role("link", name="写稿件").first.click()
    page.get_by_role("textbox", name="标题").fill(TITLE)
    page.wait_for_load_state("load")  # the editor has taken the place of the text area
    page.get_by_label("正文").fill(BODY)
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("alert")).to_contain_text("单位审核人")  # refused, and nothing typed is lost
    expect(page.get_by_role("textbox", name="标题")).to_have_value(TITLE)
    page.get_by_label("单位审核人").fill("王审核")
    page.get_by_label("我声明").check()
    fits(page)
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(TITLE)
    expect(page.get_by_text("在综合科负责人处").first).to_be_visible()
    fits(page)


def decide(page: Page, button: str) -> None:
    page.get_by_role("link", name=TITLE).first.click()
    expect(page.get_by_text("群众反映的问题已全部办结。").first).to_be_visible()
    fits(page)
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.get_by_text(f"《{TITLE}》").first).to_be_visible()


def register(page: Page, item: Item) -> None:
    page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/", 3)[2] + f"/items/{item.pk}/")
    page.get_by_role("link", name="登记采用", exact=False).first.click()
    page.get_by_label("媒体").first.select_option(
        label=page.locator("option", has_text="示例中央日报").inner_text()
    )
    page.get_by_label("采用日期").fill(timezone.localdate().isoformat())
    page.get_by_label("链接").fill("https://news.example/1")
    fits(page)
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("示例中央日报").first).to_be_visible()


def figures(page: Page) -> None:
    """The month's page shows the county's points, and the number opens the list behind it."""
    page.goto(page.url.split("/adoptions")[0] + "/stats/")
    fits(page)
    row = page.get_by_role("row").filter(has_text="青山县").first
    expect(row).to_contain_text("50")
    page.screenshot()


def bulletin_cells(page: Page, folder: Path) -> None:
    page.goto(page.url.split("/stats")[0] + "/bulletins/draft/")
    month = f"{timezone.localdate():%Y-%m}"
    page.get_by_label("起始月份").fill(month)
    page.get_by_label("截止月份").fill(month)
    page.get_by_role("button", name="起草").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("通报")
    fits(page)
    page.locator("summary", has_text="导出").click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Excel 表格", exact=True).click()
    file = folder / "通报.xlsx"
    waiting.value.save_as(file)
    sheet = load_workbook(file).worksheets[0]
    cells = {row[1]: row for row in sheet.iter_rows(values_only=True) if row[1]}
    assert cells["青山县"][0] == 1
    assert 50 in cells["青山县"]
    assert "白水县" in cells  # the county that filed nothing has its row
