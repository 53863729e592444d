"""The finishing of a workbook file: the same bytes for the same content, with totals already there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

from paper.wordfile import EPOCH

#: What formulas come to: by sheet title, then by cell such as "C12".
type Results = Mapping[str, Mapping[str, Decimal | int | str]]

#: A formula cell as openpyxl writes it: with lxml installed an empty value is <v></v>, without it <v />.
_FORMULA: Final = re.compile(r'<c r="([A-Z]+[0-9]+)"([^>]*)>(<f>[^<]*</f>)(?:<v ?/>|<v></v>)')


def finish(workbook: Workbook, moment: datetime, results: Results) -> bytes:
    """The file's bytes: they depend on the content and on `moment` alone, not on when it is written.

    The results are stored beside their formulas, because previews on phones and in mail do not calculate.
    """
    naive = moment.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    workbook.properties.created = workbook.properties.modified = naive
    written, finished = BytesIO(), BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as archive:
        ExcelWriter(workbook, archive).write_data()
    known = {
        f"xl/worksheets/sheet{number}.xml": results.get(sheet.title, {})
        for number, sheet in enumerate(workbook.worksheets, start=1)
    }
    with ZipFile(written) as source, ZipFile(finished, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name in known:
                content = _with_results(content.decode(), known[name]).encode()
            target.writestr(ZipInfo(name, EPOCH), content, ZIP_DEFLATED)
    return finished.getvalue()


def _with_results(sheet: str, results: Mapping[str, Decimal | int | str]) -> str:
    """The sheet's XML with a value in every formula cell. KeyError for a formula whose result nobody gave."""

    def fill(found: re.Match[str]) -> str:
        cell, attributes, formula = found.groups()
        result = results[cell]
        kind = ' t="str"' if isinstance(result, str) else ""
        return f'<c r="{cell}"{attributes}{kind}>{formula}<v>{result}</v>'

    return _FORMULA.sub(fill, sheet)
