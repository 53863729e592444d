"""What may be uploaded, tried with files that mean harm."""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from PIL import ExifTags, Image, PngImagePlugin

from submissions.uploads import MAX_MEMBERS, check_upload, clean_name
from tests.submissions.builders import JPG, MP4, PDF, PNG, VIDEOS, archive, docx, upload, xlsx


def with_declared_size(content: bytes, size: int) -> bytes:
    """The archive with the unpacked size of its first member forged in the directory."""
    place = content.index(b"PK\x01\x02") + 24
    return content[:place] + struct.pack("<I", size) + content[place + 4 :]


def with_symlink() -> bytes:
    file = io.BytesIO(docx())
    with zipfile.ZipFile(file, "a") as packed:
        link = zipfile.ZipInfo("word/link")
        link.external_attr = 0o120777 << 16
        packed.writestr(link, "/etc/passwd")
    return file.getvalue()


def with_endless_directory() -> bytes:
    """An archive whose directory alone is megabytes, though it says to hold one file."""
    whole = docx()
    start, end = whole.index(b"PK\x01\x02"), whole.index(b"PK\x05\x06")
    entry = whole[start : start + 46 + len("[Content_Types].xml")]
    directory = entry * 50_000
    closing = whole[end : end + 12] + struct.pack("<LLH", len(directory), start, 0)
    return whole[:start] + directory + closing


def as_zip64() -> bytes:
    """An archive that points to a second, larger directory end."""
    whole = docx()
    end = whole.index(b"PK\x05\x06")
    return whole[:end] + b"PK\x06\x07" + struct.pack("<LQL", 0, end, 1) + whole[end:]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("稿件.docx", docx()),
        ("名单.xlsx", xlsx()),
        ("红头.PDF", PDF),
        ("现场.jpg", JPG),
        ("现场.jpeg", JPG),
        ("图表.png", PNG),
        ("视频.mp4", MP4),
        ("稿件.v2.docx", docx(**{"word/media/image1.png": PNG})),
        ("网页版.docx", archive({"word/document2.xml": "<document/>"})),
    ],
)
def test_honest_files_pass(name: str, content: bytes):
    checked = check_upload(upload(name, content))
    assert (checked.name, checked.size) == (name, len(content))
    assert checked.file.read() == content, "the file is left at its start"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("程序.exe", b"MZ\x90"),
        ("程序.docx", b"MZ\x90\x00"),
        ("宏.docm", docx()),
        ("宏.docx", docx(**{"word/vbaProject.bin": b"macro"})),
        ("宏.xlsx", xlsx(**{"xl/VBAPROJECT.BIN": b"macro"})),
        ("旧.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("旧.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("图.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("图.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("网页.jpg", b"<html><script>alert(1)</script>"),
        ("网页.html", b"<html></html>"),
        ("网页.pdf", b"<html>%PDF-"),
        ("空.pdf", b""),
        ("短.mp4", b"\x00"),
        ("半.mp4", MP4[:600]),
        ("照片.mp4", b"\x00\x00\x00\x18ftypheic" + bytes(300)),
        ("图.mp4", PNG),
        ("苹果.mov", MP4),
        ("屏幕.webm", b"\x1aE\xdf\xa3" + bytes(300)),
        ("旧.avi", b"RIFF\x00\x00\x00\x00AVI " + bytes(300)),
        ("截断.docx", docx()[:40]),
        ("改名.docx", xlsx()),
        ("改名.xlsx", docx()),
        ("压缩包.docx", archive({"a.txt": "hello"})),
        ("出格.docx", docx(**{"../../etc/cron.d/x": "x"})),
        ("出格.docx", docx(**{"..\\..\\x": "x"})),
        ("出格.docx", docx(**{"/etc/passwd": "x"})),
        ("出格.docx", docx(**{"C:\\x": "x"})),
        ("链接.docx", with_symlink()),
        ("炸弹.docx", with_declared_size(docx(), 3_000_000_000)),
        ("很多.docx", docx(**{f"word/{n}": "" for n in range(MAX_MEMBERS)})),
        ("目录.docx", with_endless_directory()),
        ("大包.docx", as_zip64()),
        ("实体.docx", docx(**{"word/comments.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'})),
        ("实体.xlsx", xlsx(**{"xl/sharedStrings.xml": f"<!--{'x' * 9000}--><!DOCTYPE a><a/>"})),
        ("谎报.docx", with_declared_size(docx(), 3)),
        ("半张.jpg", JPG[:-40]),
        ("半张.png", PNG[:-30]),
        ("坏图.png", PNG[:50] + b"\0\0\0" + PNG[53:]),
        ("不是图.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(32)),
        ("没有页.pdf", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF"),
        ("半份.pdf", PDF[:60]),
        (
            "空白.pdf",
            b"%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n"
            b"2 0 obj << /Type /Pages /Kids [] /Count 0 >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF",
        ),
        ("无后缀", PDF),
        (".pdf", PDF),
        ("报告.pdf.exe", PDF),
    ],
)
def test_hostile_files_are_refused_with_their_name(name: str, content: bytes):
    with pytest.raises(ValidationError) as refusal:
        check_upload(upload(name, content))
    assert name.lstrip(".").split(".")[0] in refusal.value.messages[0]


def test_a_file_above_the_limit_is_refused(settings):
    settings.ATTACHMENT_MAX_BYTES = 10
    with pytest.raises(ValidationError, match="10"):
        check_upload(upload("大.pdf"))


def test_no_truncation_of_an_office_file_raises_anything_but_a_refusal():
    whole = docx(**{"word/media/image1.png": PNG})
    for length in range(1, len(whole), 7):
        with pytest.raises(ValidationError):
            check_upload(upload("半.docx", whole[:length]))


def test_no_flipped_byte_of_an_office_file_raises_anything_but_a_refusal():
    whole = docx()
    for place in range(len(whole)):
        broken = whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :]
        with suppress(ValidationError):
            check_upload(upload("坏.docx", broken))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\资料\\稿件.docx", "稿件.docx"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("稿\x00件\n.pdf", "稿件.pdf"),
        ("..", ""),
        (" . 稿件.pdf . ", "稿件.pdf"),
        ("cafe\u0301.pdf", "café.pdf"),
        ("𬱖👩‍👧.pdf", "𬱖👩‍👧.pdf"),
    ],
)
def test_names_are_made_safe(given: str, kept: str):
    assert clean_name(given) == kept


@pytest.mark.parametrize("name", ["长" * 300 + ".pdf", "x" * 300, "a." + "x" * 300])
def test_names_are_cut_to_what_is_stored_and_keep_their_ending(name: str):
    kept = clean_name(name)
    assert len(kept) <= 150
    assert kept.endswith(".pdf") or not name.endswith(".pdf")


def test_the_stored_name_is_ours():
    stored = check_upload(upload("../稿件.pdf")).stored_name(7)
    assert stored.startswith("items/7/")
    assert "稿件" not in stored


@pytest.mark.parametrize("name", ["现场.mov", "现场.MOV", "现场.avi", "现场.webm", "现场.wmv"])
def test_videos_of_other_kinds_are_refused_with_the_kind_to_save_them_as(name: str):
    with override("zh-hans"), pytest.raises(ValidationError) as refusal:
        check_upload(upload(name, MP4))
    assert refusal.value.messages == [f"“{name}”不能上传：请将视频另存为 mp4（H.264 编码）后再选择。"]


def test_where_no_video_belongs_none_is_asked_for():
    with override("zh-hans"), pytest.raises(ValidationError) as refusal:
        check_upload(upload("现场.mov", MP4), frozenset({"jpg", "png"}))
    assert "jpg、png" in refusal.value.messages[0]
    assert "mp4" not in refusal.value.messages[0]


def test_a_video_that_was_copied_in_part_is_refused_with_what_to_do():
    whole = (VIDEOS / "index-last.mp4").read_bytes()
    with override("zh-hans"), pytest.raises(ValidationError) as refusal:
        check_upload(upload("现场.mp4", whole[:-100]))
    assert refusal.value.messages == [
        "“现场.mp4”不是完整的视频：请确认能够播放，重新复制或另存为 mp4 后再上传。"
    ]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("宏.docx", docx(**{"word/vbaProject.bin": b"macro"}), "macros"),
        ("锁.docx", b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("大.docx", with_declared_size(docx(), 3_000_000_000), "too large"),
        ("半.docx", docx()[:-30], "damaged"),
        ("谎报.docx", with_declared_size(docx(), 3), "damaged"),
        ("改名.docx", xlsx(), "ending"),
        ("出格.docx", docx(**{"../x": "x"}), "safely"),
        ("半张.jpg", JPG[:-40], "whole picture"),
        ("现场.heic", b"\0\0\0\x18ftypheic" + bytes(90), "HEIC"),
        ("现场.jpg", b"\0\0\0\x18ftypheic" + bytes(90), "HEIC"),
        ("半份.pdf", PDF[:60], "damaged"),
    ],
)
def test_a_refusal_names_the_true_cause(name: str, content: bytes, told: str):
    with override("en"), pytest.raises(ValidationError) as refusal:
        check_upload(upload(name, content))
    assert told in refusal.value.messages[0]


def camera(kind: str, orientation: int = 6) -> bytes:
    """A picture into which a camera wrote who, where and how."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.Make] = "SpyCam"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (43.0, 37.0, 0.0)
    told = PngImagePlugin.PngInfo()
    told.add_text("Author", "SpyCam")
    more = {"pnginfo": told} if kind == "PNG" else {"comment": b"SpyCam", "progressive": True}
    file = io.BytesIO()
    Image.effect_noise((64, 48), 60).convert("RGB").save(file, kind, exif=exif, **more)
    return file.getvalue()


@pytest.mark.parametrize(("name", "kind"), [("现场.jpg", "JPEG"), ("现场.png", "PNG")])
@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_what_a_camera_wrote_into_a_picture_is_not_kept_but_its_side_and_points_are(
    name: str, kind: str, orientation: int
):
    taken = camera(kind, orientation)
    checked = check_upload(upload(name, taken + b"PK\x03\x04 behind the end"))
    kept = checked.file.read()
    assert b"SpyCam" in taken
    assert b"SpyCam" not in kept
    assert b"behind" not in kept
    before, after = Image.open(io.BytesIO(taken)), Image.open(io.BytesIO(kept))
    assert after.getexif().get(ExifTags.Base.Orientation, 1) == orientation
    assert not after.getexif().get_ifd(ExifTags.IFD.GPSInfo)
    assert before.tobytes() == after.tobytes()
    assert checked.size == len(kept)
    assert checked.sha256 == hashlib.sha256(kept).hexdigest()
