"""Small honest files for attachments and proofs, made without any office program."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from django.core.files.base import ContentFile
from openpyxl import Workbook

KINDS = ("png", "pdf", "xlsx", "docx")


def picture(seed: int) -> bytes:
    """A PNG of 160 by 100 points: a plain landscape, a little different for every seed."""
    width, height = 160, 100
    horizon = 40 + seed % 25
    sky, grass = (186, 210 - seed % 40, 232), (120, 160 - seed % 50, 96)
    rows = b"".join(b"\0" + bytes(sky if y < horizon else grass) * width for y in range(height))
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    ]
    chunks = (struct.pack(">I", len(d)) + k + d + struct.pack(">I", zlib.crc32(k + d)) for k, d in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def page(seed: int) -> bytes:
    """A PDF of one page with one line of text."""
    content = f"BT /F1 18 Tf 60 760 Td (Demonstration proof No. {seed}) Tj ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def table(seed: int) -> bytes:
    """A workbook with a few figures."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "整改台账"
    sheet.append(["序号", "事项", "进度"])
    sheet.append([1, "示例事项一", "已完成"])
    sheet.append([2, "示例事项二", f"{50 + seed % 50}%"])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def document(seed: int) -> bytes:
    """A Word document of one paragraph."""
    office = "http://schemas.openxmlformats.org"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{office}/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" ContentType="application/'
        'vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{office}/package/2006/relationships"><Relationship Id="r1"'
        f' Type="{office}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
        "</Relationships>",
        "word/document.xml": f'<w:document xmlns:w="{office}/wordprocessingml/2006/main"><w:body><w:p><w:r>'
        f"<w:t>演示附件第{seed}号，内容为示例。</w:t></w:r></w:p></w:body></w:document>",
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, xml in parts.items():
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{xml}')
    return stream.getvalue()


MAKERS = {"png": picture, "pdf": page, "xlsx": table, "docx": document}
NAMES = {"png": "现场照片", "pdf": "佐证材料", "xlsx": "整改台账", "docx": "稿件附件"}


def make(kind: str, seed: int) -> ContentFile[bytes]:
    """A file of one of `KINDS`, as if it had been uploaded."""
    return ContentFile(MAKERS[kind](seed), name=f"{NAMES[kind]}{seed}.{kind}")
