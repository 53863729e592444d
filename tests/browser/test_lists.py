"""Lists as one wants them, and work that takes long, in Chromium."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from accounts.models import User
from adoptions.models import Adoption
from tests.adoptions.builders import book, row
from tests.conftest import Cast, City, filed, shanghai

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def exported(page: Page) -> list[str]:
    with page.expect_download() as waiting:
        page.get_by_role("link", name="导出 Excel").click()
    sheet = load_workbook(BytesIO(Path(waiting.value.path()).read_bytes())).active
    assert sheet is not None
    return [str(cell.value) for cell in sheet[2]]


@pytest.mark.parametrize("width", [pytest.param(1366, id="desk"), pytest.param(390, id="phone")])
def test_a_list_is_seen_saved_and_exported_as_one_wants_it(
    office: tuple[City, Cast], sign_in: Callable[[User, int], Page], live_server, width: int
) -> None:
    _city, cast = office
    filed(cast.author, shanghai("2026-04-10"), title="整改稿")
    page = sign_in(cast.author, width)
    page.goto(live_server.url + reverse("submissions:item-list"))
    page.get_by_text("选列、存列表").click()
    for title in ("编号", "作者", "体裁", "签发时间"):
        page.get_by_role("checkbox", name=title).uncheck()
    page.get_by_role("checkbox", name="单位审核人").check()
    page.get_by_role("button", name="只看这些列").click()
    assert exported(page) == ["序号", "标题", "报送单位", "单位审核人", "状态", "报送时间"]

    page.get_by_text("选列、存列表").click()
    page.get_by_label("把现在的筛选、排序和列存为").fill("审核人一览")
    page.get_by_role("button", name="保存", exact=True).click()
    page.goto(live_server.url + reverse("submissions:item-list"))
    page.get_by_role("link", name="审核人一览").click()
    expect(page.get_by_role("row", name="整改稿")).to_contain_text("单位审核人")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_a_ledger_goes_in_and_a_wrong_file_is_explained_on_the_page(
    office: tuple[City, Cast], sign_in: Callable[[User, int], Page], live_server
) -> None:
    _city, cast = office
    page = sign_in(cast.admin, 1366)
    page.goto(live_server.url + reverse("adoptions:import-start"))
    choose = page.locator("input[type=file]")
    choose.set_input_files({"name": "台账.xlsx", "mimeType": XLSX, "buffer": b"not a workbook"})
    page.get_by_role("button", name="核对文件").click()
    expect(page.locator(".invalid-feedback")).to_be_visible()

    rows = [row(f"第{number}篇", 采用媒体="示例中央日报") for number in range(40)]
    choose.set_input_files({"name": "台账.xlsx", "mimeType": XLSX, "buffer": book(rows)})
    page.get_by_role("button", name="核对文件").click()
    page.get_by_role("button", name="导入40行").click()
    expect(page.get_by_role("status").first).to_contain_text("40")
    assert Adoption.objects.count() == 40
