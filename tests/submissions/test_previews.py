"""Files shown in the page; hostile ones stopped; for their readers alone."""

from __future__ import annotations

import io
import re
import threading
import zipfile
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document
from openpyxl import Workbook
from PIL import ExifTags, Image

from demo import files as demo
from kit.ranges import MOST_AT_ONCE
from paper import previewing
from paper.previewing import NoPreview, Reason
from reviews.enums import Action
from submissions.models import Attachment, Item
from submissions.services.drafts import attach
from submissions.uploads import CheckedUpload, check_upload
from tests.conftest import Cast, draft, shanghai, step
from tests.submissions.builders import JPG, MP4, PDF, PNG, docx, upload, xlsx

pytestmark = pytest.mark.usefixtures("clean_files")
NOW = shanghai("2026-04-10")


def url(name: str, *args: int) -> str:
    return reverse(f"submissions:attachment-{name}", args=args)


def attached(item: Item, name: str, content: bytes) -> Attachment:
    return attach(item=item, upload=check_upload(upload(name, content)), by=item.submitter, now=NOW)


def one(cast: Cast, name: str, content: bytes) -> Attachment:
    """A file of the author's draft."""
    return attached(draft(cast.author, NOW), name, content)


def damaged(cast: Cast, name: str, content: bytes) -> Attachment:
    """A file of the author's draft that was whole when it was attached."""
    kind = name.rpartition(".")[2]
    kept = CheckedUpload(upload(name, content), name, kind, len(content), "0" * 64)
    return attach(item=draft(cast.author, NOW), upload=kept, by=cast.author, now=NOW)


def filed_file(cast: Cast, name: str, content: bytes) -> Attachment:
    """A file of a filed item."""
    file = one(cast, name, content)
    step(file.item, Action.SUBMIT, cast.author, NOW)
    return file


def photograph(width: int = 1200, height: int = 800) -> bytes:
    """A JPEG that lies on its side and says where it was taken."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.Make] = "SpyCam"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (43.0, 37.0, 0.0)
    file = io.BytesIO()
    Image.new("RGB", (width, height), (90, 140, 80)).save(file, "JPEG", exif=exif)
    return file.getvalue()


def workbook(rows: int = 3, sheets: int = 1) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for number in range(1, sheets + 1):
        sheet = book.create_sheet(f"表{number}")
        for row in range(1, rows + 1):
            sheet.append([row, f"事项{row}", date(2026, 4, 10), 0.5, "=1+1", "<b>粗</b>"])
            sheet.cell(row, 4).number_format = "0%"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def pages(count: int) -> bytes:
    """A PDF of so many empty pages."""
    kids = " ".join(f"{number} 0 R" for number in range(3, 3 + count))
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {count} >>"]
    objects += ["<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"] * count
    body = "".join(f"{number} 0 obj {each} endobj\n" for number, each in enumerate(objects, 1))
    return f"%PDF-1.4\n{body}trailer << /Root 1 0 R >>\n%%EOF".encode()


def picture_of(answer: object) -> Image.Image:
    return Image.open(io.BytesIO(answer.content))  # type: ignore[attr-defined]


# Pictures


def test_a_picture_is_shown_upright_smaller_and_without_what_the_camera_wrote(cast: Cast, as_user):
    file = one(cast, "现场.jpg", photograph())
    answer = as_user(cast.author).get(url("thumb", file.pk))
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    shown = picture_of(answer)
    assert shown.width < shown.height <= 480
    assert not shown.getexif()
    assert b"SpyCam" not in answer.content
    assert b"GPS" not in answer.content


def test_a_picture_opens_larger(cast: Cast, as_user):
    file = one(cast, "现场.jpg", photograph(3000, 2400))
    client = as_user(cast.author)
    assert picture_of(client.get(url("picture", file.pk))).size == (1600, 2000)
    page = client.get(url("preview", file.pk)).content.decode()
    assert url("picture", file.pk) in page
    assert url("download", file.pk) in page


@pytest.mark.parametrize("mode", ["P", "LA", "L", "I;16", "1", "RGBA"])
def test_a_picture_of_any_kind_of_colours_is_shown(cast: Cast, as_user, mode: str):
    file = io.BytesIO()
    Image.new(mode, (40, 30)).save(file, "PNG")
    kept = one(cast, "图.png", file.getvalue())
    assert picture_of(as_user(cast.author).get(url("thumb", kept.pk))).size == (40, 30)


def test_a_picture_that_would_unfold_to_gigabytes_is_not_opened(cast: Cast, as_user):
    bomb = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(bomb, "PNG")
    assert len(bomb.getvalue()) < 1_000_000
    answer = as_user(cast.author).get(url("thumb", one(cast, "图.png", bomb.getvalue()).pk))
    assert answer.status_code == 422
    assert "太大" in answer.content.decode()


@pytest.mark.parametrize(("name", "content"), [("a.jpg", JPG[:-40]), ("a.png", PNG[:40])])
def test_a_broken_picture_says_so_in_its_place(cast: Cast, as_user, name: str, content: bytes):
    answer = as_user(cast.author).get(url("thumb", damaged(cast, name, content).pk))
    assert (answer.status_code, answer["Content-Type"]) == (422, "image/svg+xml")
    assert "损坏" in answer.content.decode()


# Pages of PDF


def test_a_pdf_is_shown_page_by_page_with_its_number_of_pages(cast: Cast, as_user):
    file = one(cast, "佐证.pdf", pages(3))
    client = as_user(cast.author)
    page = client.get(url("preview", file.pk)).content.decode()
    assert "共3页" in page
    assert (
        len(re.findall(r'<img class="preview-page"[^>]* width="595" height="842"[^>]* loading="lazy"', page))
        == 3
    )
    shown = picture_of(client.get(url("page", file.pk, 3)))
    assert shown.height == 1400
    assert client.get(url("page", file.pk, 4)).status_code == 422
    assert client.get(url("page", file.pk, 0)).status_code == 404


def test_at_most_fifty_pages_are_shown(cast: Cast, as_user):
    file = one(cast, "长.pdf", pages(60))
    client = as_user(cast.author)
    page = client.get(url("preview", file.pk)).content.decode()
    assert page.count('class="preview-page"') == 50
    assert "共60页" in page
    assert client.get(url("page", file.pk, 51)).status_code == 404


def test_a_damaged_pdf_says_so_and_is_offered_for_download(cast: Cast, as_user):
    file = damaged(cast, "坏.pdf", PDF[:40])
    page = as_user(cast.author).get(url("preview", file.pk)).content.decode()
    assert "已损坏" in page
    assert url("download", file.pk) in page


def test_a_locked_pdf_says_so(cast: Cast, as_user):
    lock = (
        f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'11' * 32}> /U <{'22' * 32}> >> /ID [<00> <00>]"
    )
    locked = pages(1).replace(b"/Root 1 0 R", f"/Root 1 0 R {lock}".encode())
    file = one(cast, "加密.pdf", locked)
    page = as_user(cast.author).get(url("preview", file.pk)).content.decode()
    assert "密码" in page


def test_a_page_of_any_size_is_drawn_within_its_square(tmp_path: Path):
    huge = pages(1).replace(b"[0 0 595 842]", b"[0 0 14400 3]")
    path = tmp_path / "huge.pdf"
    path.write_bytes(huge)
    drawn = Image.open(io.BytesIO(previewing.pdf_page(path, number=1, side=1400)))
    assert max(drawn.size) <= 1400


def test_a_child_that_takes_too_long_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "slow.pdf"
    path.write_bytes(pages(1))
    monkeypatch.setattr(previewing, "SECONDS", 0.001)
    with pytest.raises(NoPreview) as caught:
        previewing.pdf_sizes(path, most=1)
    assert caught.value.reason is Reason.LARGE


def test_whoever_comes_when_all_places_are_taken_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "one.pdf"
    path.write_bytes(pages(1))
    monkeypatch.setattr(previewing, "_ROOM", threading.BoundedSemaphore(1))
    monkeypatch.setattr(previewing, "PATIENCE", 0.01)
    with previewing._ROOM, pytest.raises(NoPreview) as caught:
        previewing.pdf_sizes(path, most=1)
    assert caught.value.reason is Reason.BUSY
    assert previewing.pdf_sizes(path, most=1) == (1, [(595, 842)])


def test_a_child_that_eats_memory_is_stopped(tmp_path: Path):
    path = tmp_path / "bomb.xlsx"
    letters = "x" * 5_000_000
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>{letters}</t></is></c></row>' for n in range(1, 38)
    )
    sheet = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>'
    path.write_bytes(xlsx(**{"xl/worksheets/sheet1.xml": sheet}))
    with pytest.raises(NoPreview):
        previewing.sheets(path)


# Words and tables


def test_the_text_of_a_word_file_is_shown(cast: Cast, as_user):
    file = one(cast, "附件.docx", demo.document(7))
    assert "演示附件第7号" in as_user(cast.author).get(url("preview", file.pk)).content.decode()


def test_a_table_in_a_word_file_is_shown_as_one(cast: Cast, as_user):
    book = Document()
    book.add_paragraph("作者：张三")
    book.add_table(1, 2).rows[0].cells[1].text = "第二格"
    content = io.BytesIO()
    book.save(content)
    file = one(cast, "附件.docx", content.getvalue())
    page = as_user(cast.author).get(url("preview", file.pk)).content.decode()
    assert re.search(r"<td[^>]*>(<p>)?第二格", page)
    assert "作者：张三" in page


def test_markup_in_a_word_file_is_shown_as_text(cast: Cast, as_user):
    text = "&lt;script&gt;alert(1)&lt;/script&gt;"
    body = (
        f'<w:document xmlns:w="urn:w"><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>'
    )
    file = one(cast, "附件.docx", docx(**{"word/document.xml": body}))
    page = as_user(cast.author).get(url("preview", file.pk)).content.decode()
    assert "<script>alert" not in page
    assert "alert(1)" in page


@pytest.mark.parametrize("name", ["坏.docx", "坏.xlsx"])
def test_a_damaged_office_file_says_so(cast: Cast, as_user, name: str):
    content = docx(**{"word/document.xml": "<a"}) if name.endswith("docx") else xlsx()
    page = as_user(cast.author).get(url("preview", one(cast, name, content).pk)).content.decode()
    assert "已损坏" in page


def test_the_first_tables_of_a_workbook_are_shown_as_text(cast: Cast, as_user):
    file = one(cast, "台账.xlsx", workbook(rows=3, sheets=7))
    page = as_user(cast.author).get(url("preview", file.pk)).content.decode()
    for text in ("表1", "表5", "事项3", "2026-04-10", "50%", "&lt;b&gt;粗"):
        assert text in page
    assert "表6" not in page
    assert "还有2个工作表" in page


def test_a_long_table_is_cut_and_says_so(cast: Cast, as_user):
    file = one(cast, "台账.xlsx", workbook(rows=200))
    page = as_user(cast.author).get(url("preview", file.pk)).content.decode()
    assert "事项60" in page
    assert "事项61" not in page
    assert "表格未完" in page


def test_a_workbook_that_lies_about_its_size_is_read_all_the_same(tmp_path: Path):
    path, lying = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    path.write_bytes(workbook(rows=9))
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(lying, "w") as new:
        for name in old.namelist():
            new.writestr(name, re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:B2"', old.read(name)))
    tables, _more = previewing.sheets(lying)
    assert len(tables[0]["rows"]) == 9


# Videos


VIDEO = MP4 + bytes(range(256)) * 40


def video(client: Client, file: Attachment, asked: str = "", **headers: str):
    return client.get(url("video", file.pk), headers=({"Range": asked} if asked else {}) | headers)


@pytest.mark.parametrize(
    ("asked", "first", "end"),
    [
        ("bytes=0-99", 0, 100),
        ("bytes=100-", 100, len(VIDEO)),
        ("bytes=-50", len(VIDEO) - 50, len(VIDEO)),
        ("bytes=0-999999", 0, len(VIDEO)),
        ("bytes=0-0", 0, 1),
        (f"bytes=-{len(VIDEO) + 1}", 0, len(VIDEO)),
    ],
)
def test_a_part_of_a_video_is_given(cast: Cast, as_user, asked: str, first: int, end: int):
    answer = video(as_user(cast.author), one(cast, "短片.mp4", VIDEO), asked)
    assert answer.status_code == 206
    assert answer.getvalue() == VIDEO[first:end]
    assert answer["Content-Range"] == f"bytes {first}-{end - 1}/{len(VIDEO)}"
    assert answer["Content-Length"] == str(end - first)
    assert answer["Content-Type"] == "video/mp4"


@pytest.mark.parametrize("asked", ["", "bytes=5-2", "bytes=-", "lines=1-2", "bytes=0-1,3-4", "bytes=a-b"])
def test_the_whole_video_is_given_when_no_one_part_is_asked_for(cast: Cast, as_user, asked: str):
    answer = video(as_user(cast.author), one(cast, "短片.mp4", VIDEO), asked)
    assert answer.status_code == 200
    assert answer["Accept-Ranges"] == "bytes"
    assert answer.getvalue() == VIDEO


def test_a_player_that_asks_for_all_the_rest_is_given_as_much_as_it_reads_at_once(cast: Cast, as_user):
    film = VIDEO + bytes(MOST_AT_ONCE)
    client, file = as_user(cast.author), one(cast, "短片.mp4", film)
    answer = video(client, file, "bytes=5-")
    assert answer.getvalue() == film[5 : 5 + MOST_AT_ONCE]
    assert answer["Content-Range"] == f"bytes 5-{4 + MOST_AT_ONCE}/{len(film)}"
    assert answer["Cache-Control"] == "private, no-store", "with kept parts a player asks for long middles"
    assert video(client, file, f"bytes=5-{len(film)}").getvalue() == film[5:]


@pytest.mark.parametrize("asked", [f"bytes={len(VIDEO)}-", "bytes=-0", "bytes=999999-1000000"])
def test_a_part_outside_the_video_is_416(cast: Cast, as_user, asked: str):
    answer = video(as_user(cast.author), one(cast, "短片.mp4", VIDEO), asked)
    assert answer.status_code == 416
    assert answer["Content-Range"] == f"bytes */{len(VIDEO)}"


def test_a_part_of_another_video_is_not_mixed_with_this_one(cast: Cast, as_user):
    client, file = as_user(cast.author), one(cast, "短片.mp4", VIDEO)
    assert video(client, file, "bytes=0-9", **{"If-Range": '"other"'}).status_code == 200
    assert video(client, file, "bytes=0-9", **{"If-Range": f'"{file.sha256}"'}).status_code == 206
    assert video(client, file, **{"If-None-Match": f'"{file.sha256}"'}).status_code == 304


# Who may look, and what the browser may do with it


NAMES = ("preview", "thumb", "picture", "video", "download")


def test_nobody_but_the_writers_looks_at_a_file_before_it_is_filed(cast: Cast, as_user):
    file = one(cast, "现场.jpg", photograph())
    for stranger in (cast.colleague, cast.section_head, cast.auditor, cast.other_author):
        client = as_user(stranger)
        for name in NAMES:
            assert client.get(url(name, file.pk)).status_code == 404, name
        assert client.get(url("page", file.pk, 1)).status_code == 404


def test_reviewers_look_at_a_filed_file_and_strangers_do_not(cast: Cast, foreign_cast: Cast, as_user):
    file = filed_file(cast, "现场.jpg", photograph())
    for reader in (cast.author, cast.colleague, cast.section_head, cast.principal_leader):
        assert as_user(reader).get(url("thumb", file.pk)).status_code == 200
    for stranger in (cast.other_author, cast.auditor, foreign_cast.section_head):
        assert as_user(stranger).get(url("thumb", file.pk)).status_code == 404
    assert Client().get(url("thumb", file.pk)).status_code == 302


def test_a_browser_asks_again_before_it_shows_what_it_kept(cast: Cast, as_user):
    file = filed_file(cast, "现场.jpg", photograph())
    answer = as_user(cast.author).get(url("thumb", file.pk))
    assert answer["Cache-Control"] == "private, no-cache"
    known = {"If-None-Match": answer["ETag"]}
    assert as_user(cast.author).get(url("thumb", file.pk), headers=known).status_code == 304
    assert as_user(cast.other_author).get(url("thumb", file.pk), headers=known).status_code == 404


def test_what_is_drawn_can_do_nothing(cast: Cast, as_user):
    client = as_user(cast.author)
    picture, film = one(cast, "现场.jpg", photograph()), one(cast, "短片.mp4", VIDEO)
    for address in (url("thumb", picture.pk), url("video", film.pk)):
        answer = client.get(address)
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_file_is_shown_only_as_what_it_is(cast: Cast, as_user):
    client, file = as_user(cast.author), one(cast, "佐证.pdf", pages(1))
    for name in ("thumb", "picture", "video"):
        assert client.get(url(name, file.pk)).status_code == 404


def test_the_pages_of_an_item_show_its_files(cast: Cast, as_user):
    item = draft(cast.author, NOW)
    photo = attached(item, "现场.jpg", photograph())
    film = attached(item, "短片.mp4", VIDEO)
    book = attached(item, "台账.xlsx", workbook())
    step(item, Action.SUBMIT, cast.author, NOW)
    client = as_user(cast.section_head)
    addresses = [
        reverse("submissions:item-detail", args=[item.pk]),
        reverse("submissions:version-detail", args=[item.pk, 1]),
        reverse("reviews:item-decide", args=[item.pk]),
    ]
    for address in addresses:
        page = client.get(address).content.decode()
        assert f'src="{url("thumb", photo.pk)}"' in page
        assert f'src="{url("video", film.pk)}#t=' in page
        assert f'data-hx-get="{url("preview", book.pk)}"' in page
    part = client.get(url("preview", book.pk), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "事项1" in part
