"""What an office administrator enters, and the ledgers they upload."""

from __future__ import annotations

import io
import threading
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from openpyxl import Workbook

from adoptions.importing.fates import Fate
from adoptions.importing.writing import Outcome, import_rows
from adoptions.ledger.reader import Ledger, read_ledger
from adoptions.ledger.upload import check_ledger
from adoptions.models import Adoption, Outlet
from adoptions.services import AdoptionFacts, Share, register_adoption
from submissions.models import Item, StaleMonth
from submissions.uploads import CheckedUpload, check_upload
from tests.conftest import Cast, shanghai
from tests.submissions.builders import PDF

HEADER = ["序号", "标题", "报送单位", "报送时间", "采用媒体", "级别", "采用方式", "采用时间", "链接", "备注"]
NOW = shanghai("2026-08-20")


def facts(outlet: Outlet, day: str, item: Item, **fields: Any) -> AdoptionFacts:
    """An adoption credited to the item's unit alone, with a link, unless told otherwise."""
    fields = {"credits": [Share(item.unit)], "link": "https://example.cn/1"} | fields
    return AdoptionFacts(outlet=outlet, date=date.fromisoformat(day), **fields)


def adopt(item: Item, outlet: Outlet, day: str, cast: Cast, **fields: Any) -> Adoption:
    proof = fields.pop("proof", None)
    return register_adoption(
        item=item, facts=facts(outlet, day, item, **fields), proof=proof, by=cast.admin, now=NOW
    )


def proof(name: str = "样报.pdf", content: bytes = PDF) -> CheckedUpload:
    return check_upload(ContentFile(content, name=name))


def row(title: str, **cells: Any) -> dict[str, Any]:
    """One adoption of a ledger, by column title."""
    return {
        "标题": title,
        "报送单位": "青山县",
        "报送时间": "2026-03-02",
        "采用媒体": "示例市日报",
        "采用时间": "2026-03-05",
    } | cells


def book(
    rows: Sequence[Mapping[str, Any]],
    header: Sequence[str] = HEADER,
    above: Sequence[Sequence[Any]] = (),
) -> bytes:
    """A workbook with a header row, after the rows `above`."""
    workbook = Workbook()
    sheet: Any = workbook.active
    for line in above:
        sheet.append(list(line))
    sheet.append(list(header))
    for cells in rows:
        sheet.append([cells.get(title) for title in header])
    return saved(workbook)


def saved(workbook: Workbook) -> bytes:
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def edited(content: bytes, member: str, old: bytes, new: bytes) -> bytes:
    """The workbook with one of its parts changed, as other programs write it."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as changed:
        for name in source.namelist():
            part = source.read(name)
            if name == member:
                assert old in part
                part = part.replace(old, new)
            changed.writestr(name, part)
    return target.getvalue()


def read(content: bytes, extension: str = "xlsx") -> Ledger:
    return read_ledger(io.BytesIO(content), extension)


def run_import(content: bytes, cast: Cast, name: str = "台账.xlsx", **options: Any) -> Outcome:
    file = File(io.BytesIO(content), name=name)
    upload = check_ledger(file)
    told: dict[str, Any] = {"now": NOW, "by": cast.admin, "office": cast.admin.office} | options
    return import_rows(ledger=read_ledger(upload.file, upload.extension), upload=upload, **told)


def told(fate: Fate) -> list[str]:
    """The cells a row's reasons name."""
    return [cell for cell, _reason in fate.reasons]


def upload(content: bytes, name: str = "台账.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def form_data(outlet: Outlet, item: Item, **fields: Any) -> dict[str, Any]:
    """The whole form as the browser sends it."""
    data = {
        "outlet": outlet.pk,
        "date": "2026-04-10",
        "mode": "single",
        "title": "",
        "page": "3版",
        "link": "https://example.cn/1",
        "note": "",
        "credits-TOTAL_FORMS": "1",
        "credits-INITIAL_FORMS": "1",
        "credits-0-unit": item.unit_id,
        "credits-0-share": "1",
    }
    return {name: value for name, value in (data | fields).items() if value is not None}


def at(name: str, *args: int) -> str:
    """An address of this app."""
    return reverse(f"adoptions:{name}", args=args)


def text(response: Any) -> str:
    return str(response.content.decode())


def stale() -> set[str]:
    """The months that wait to be counted again."""
    return {f"{month:%Y-%m}" for month in StaleMonth.objects.values_list("month", flat=True)}


def settle() -> None:
    """As if the worker had counted everything."""
    StaleMonth.objects.all().delete()


def at_once(*jobs: Callable[[], Any]) -> list[Any]:
    """Run the jobs at the same moment; what each returned, or raised."""
    start = threading.Barrier(len(jobs))
    results: list[Any] = [None] * len(jobs)

    def run(place: int, job: Callable[[], Any]) -> None:
        try:
            start.wait()
            results[place] = job()
        except Exception as error:
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results
