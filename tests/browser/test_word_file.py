"""The main road of writing: drop the Word file, look, declare, file."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from PIL import Image
from playwright.sync_api import Page, Route, expect

from accounts.models import User
from submissions.enums import Status
from submissions.models import Item
from tests.conftest import Cast, City

Office = tuple[City, Cast]
SignIn = Callable[[User, int], Page]
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture
def manuscript(tmp_path: Path) -> Path:
    """A text as offices write it: title in two lines, unit and names, headings, a table, a picture."""
    document = docx.Document()
    for line in ("青山县委巡察办用好“回头看”", "推动整改落地见效"):
        title = document.add_paragraph()
        title.alignment = WD_ALIGN_PARAGRAPH.CENTER
        title.add_run(line).font.size = Pt(22)
    document.add_paragraph("青山县委巡察办　甲作者　吴𬱖").alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph("　　2026年4月10日，青山县委巡察办逐项核对整改台账。")
    document.add_paragraph("一、建立台账")
    table = document.add_table(2, 2)
    for cell, words in zip(
        [cell for row in table.rows for cell in row.cells], ["单位", "完成率", "农牧局", "93%"], strict=True
    ):
        cell.text = words
    document.add_paragraph("审核：包喆")
    picture = io.BytesIO()
    Image.new("RGB", (32, 20), "green").save(picture, "JPEG")
    document.add_picture(picture)
    document.save(str(tmp_path / "稿件.docx"))
    return tmp_path / "稿件.docx"


def drop(page: Page, file: Path) -> None:
    """Let a file fall on the zone, as the mouse does it, once the page has loaded with its script."""
    page.locator("[data-word-file]").wait_for()
    page.wait_for_load_state("load")
    content = base64.b64encode(file.read_bytes()).decode()
    transfer = page.evaluate_handle(
        """([content, name, type]) => {
            const bytes = Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0));
            const transfer = new DataTransfer();
            transfer.items.add(new File([bytes], name, { type }));
            return transfer;
        }""",
        [content, file.name, DOCX],
    )
    for event in ("dragenter", "dragover", "drop"):
        page.dispatch_event("[data-word-file]", event, {"dataTransfer": transfer})


@pytest.mark.parametrize("width", [1366, 390])
def test_a_word_file_becomes_a_filed_item_in_four_clicks(
    office: Office, sign_in: SignIn, manuscript: Path, width: int
) -> None:
    """New item, choose or drop the file, declare, file: the form is filled between them."""
    _city, cast = office
    page = sign_in(cast.author, width)
    page.get_by_role("link", name="写稿件").first.click()
    if width > 1000:
        drop(page, manuscript)
    else:
        page.get_by_label("Word 文件", exact=True).set_input_files(manuscript)
    expect(page.get_by_role("textbox", name="标题")).to_have_value(
        "青山县委巡察办用好“回头看”推动整改落地见效"
    )
    expect(page.get_by_text("已从“稿件.docx”填入")).to_contain_text("署名（甲作者、吴𬱖）")
    expect(page.get_by_role("textbox", name="正文")).to_contain_text("逐项核对整改台账")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.get_by_label("我声明").check()
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("推动整改落地见效")
    expect(page.get_by_role("cell", name="93%").first).to_be_visible()

    item = Item.objects.get()
    assert item.status == Status.SECTION_REVIEW
    assert item.checker == "包喆"
    assert item.body.split("\n") == [
        "2026年4月10日，青山县委巡察办逐项核对整改台账。",
        "一、建立台账",
        "单位\t完成率",
        "农牧局\t93%",
    ]
    assert [author.user for author in item.authorships.order_by("position")] == [cast.author, None]
    assert sorted(item.attachments.values_list("name", flat=True)) == ["图片1.jpg", "稿件.docx"]


def test_a_file_chosen_while_the_page_still_loads_is_taken(
    office: Office, sign_in: SignIn, manuscript: Path
) -> None:
    page = sign_in(office[1].author, 1366)
    scripts: list[Route] = []

    def hold(route: Route) -> None:
        scripts.append(route)

    page.route("**/word-file*.js", hold)
    page.get_by_role("link", name="写稿件").first.click()
    page.get_by_label("Word 文件", exact=True).set_input_files(manuscript)
    for script in scripts:
        script.continue_()
    expect(page.get_by_role("textbox", name="标题")).to_have_value(
        "青山县委巡察办用好“回头看”推动整改落地见效"
    )


def test_an_old_word_file_says_what_to_do_and_a_text_at_hand_is_not_overwritten(
    office: Office, sign_in: SignIn, manuscript: Path, complaints: set[str], tmp_path: Path
) -> None:
    complaints.add("422")
    old = tmp_path / "旧稿.doc"
    old.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(512))
    page = sign_in(office[1].author, 1366)
    page.get_by_role("link", name="写稿件").first.click()
    page.get_by_label("Word 文件", exact=True).set_input_files(old)
    expect(page.get_by_role("alert")).to_contain_text("另存为 .docx")
    page.get_by_role("textbox", name="标题").fill("我自己写的标题")
    page.get_by_role("button", name="保存草稿").last.click()
    expect(page.get_by_text("草稿已保存")).to_be_visible()
    page.wait_for_load_state("load")
    page.get_by_role("textbox", name="正文").click()
    page.keyboard.type("我自己写的正文。")
    page.get_by_role("button", name="保存草稿").last.click()
    page.get_by_text("添加另一份 Word 文件").click()
    page.get_by_label("Word 文件", exact=True).set_input_files(manuscript)
    page.get_by_role("button", name="添加该文件").click()
    expect(page.get_by_text("正文保持不变")).to_be_visible()
    item = Item.objects.get()
    assert (item.title, item.body) == ("我自己写的标题", "我自己写的正文。")
