"""What a writer's browser sends, and the files they choose."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from submissions.models import Item

PDF = (
    b"%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n"
    b"2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj\n"
    b"3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >> endobj\n"
    b"trailer << /Root 1 0 R >>\n%%EOF"
)


def picture(kind: str, shade: int = 90) -> bytes:
    """A small picture that is whole."""
    file = io.BytesIO()
    Image.new("RGB", (16, 12), (shade, 140, 80)).save(file, kind)
    return file.getvalue()


JPG, PNG = picture("JPEG"), picture("PNG")
VIDEOS = Path(__file__).resolve().parent.parent / "videos"
MP4 = (VIDEOS / "index-first.mp4").read_bytes()
CONTENT_TYPES = "[Content_Types].xml"


def form_data(
    item: Item | None = None, *, authors: Sequence[tuple[str, str]] = (("甲作者", "1"),), **fields: Any
) -> dict[str, Any]:
    """A whole form as the browser sends it, complete enough to be filed."""
    data = {
        "form_key": str(item.form_key if item else uuid4()),
        "read": item.changed_at.isoformat() if item else "",
        "title": "青山县扎实推进巡察整改",
        "body": "青山县委巡察办压实责任，推动整改落地见效。",
        "genre": "news",
        "stage": "during",
        "round": "",
        "topic_kind": "key",
        "route": "ordinary",
        "route_reason": "",
        "checker": "单位审核人",
        "declared_unclassified": "on",
        "authors-TOTAL_FORMS": str(len(authors)),
        "authors-INITIAL_FORMS": "0",
    }
    for number, (name, share) in enumerate(authors):
        data |= {f"authors-{number}-name": name, f"authors-{number}-share": share}
    return {name: value for name, value in (data | fields).items() if value is not None}


def upload(name: str, content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def archive(members: Mapping[str, bytes | str]) -> bytes:
    """A zip file of these members."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return file.getvalue()


def docx(**more: bytes | str) -> bytes:
    return archive({CONTENT_TYPES: "<Types/>", "word/document.xml": "<document/>"} | more)


def xlsx(**more: bytes | str) -> bytes:
    return archive({CONTENT_TYPES: "<Types/>", "xl/workbook.xml": "<workbook/>"} | more)
