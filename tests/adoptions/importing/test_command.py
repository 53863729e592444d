"""./manage import_ledger: what it prints and how it ends."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from adoptions.models import Adoption, LedgerImport
from submissions.models import Item
from tests.adoptions.builders import book, row
from tests.conftest import Cast

pytestmark = pytest.mark.usefixtures("outlets")
Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(tmp_path: Path, cast: Cast) -> Run:
    """Runs the command on a ledger of these rows; gives the exit code and what was printed."""

    def import_ledger(
        rows: list[dict[str, Any]] | bytes, *flags: str, office: str = "150500"
    ) -> tuple[int, str]:
        path = tmp_path / "台账.xlsx"
        path.write_bytes(rows if isinstance(rows, bytes) else book(rows))
        printed = StringIO()
        try:
            call_command("import_ledger", str(path), "--office", office, *flags, stdout=printed)
        except CommandError as error:
            return error.returncode, printed.getvalue() + str(error)
        return 0, printed.getvalue()

    return import_ledger


def test_it_ends_with_0_when_every_row_is_accepted_or_known(run: Run) -> None:
    code, _printed = run([row("甲"), row("甲")])
    assert code == 0
    assert Adoption.objects.count() == 1
    code, _printed = run([row("甲"), row("甲")])
    assert code == 0
    assert Adoption.objects.count() == 1


def test_it_ends_with_1_and_writes_nothing_when_a_row_is_refused(run: Run) -> None:
    code, printed = run([row("甲"), row("乙", 采用媒体="无名报")])
    assert code == 1
    assert "E3" in printed
    assert "无名报" in printed
    assert not Item.objects.exists()


def test_it_ends_with_1_also_when_the_other_rows_were_written(run: Run) -> None:
    code, _printed = run([row("甲"), row("乙", 采用媒体="无名报")], "--accept-partial")
    assert code == 1
    assert Adoption.objects.count() == 1


def test_the_sum_of_fates_is_printed(run: Run) -> None:
    _code, printed = run([row("甲"), row("甲"), row("乙", 报送单位="无名县")], "--dry-run")
    for number in ("3", "1"):
        assert number in printed.splitlines()[-2] + printed.splitlines()[-1]
    assert "B3" in printed
    assert "C4" in printed


def test_a_dry_run_writes_nothing(run: Run) -> None:
    code, _printed = run([row("甲")], "--dry-run")
    assert code == 0
    assert not Item.objects.exists()
    assert not LedgerImport.objects.exists()


@pytest.mark.parametrize(
    ("content", "flags", "office"),
    [
        (b"no workbook at all", (), "150500"),
        (book([row("x")], ["标题", "别的"]), (), "150500"),
        (book([row("x")]), (), "999999"),
        (book([row("x")]), ("--by", "nobody"), "150500"),
        (book([row("x")]), ("--by", "author"), "150500"),
    ],
)
def test_it_ends_with_2_when_file_office_or_person_cannot_be_used(
    content: bytes, flags: tuple[str, ...], office: str, run: Run
) -> None:
    code, printed = run(content, *flags, office=office)
    assert code == 2
    assert printed
    assert not Item.objects.exists()


def test_a_file_that_is_not_there_ends_with_2(cast: Cast, tmp_path: Path) -> None:
    with pytest.raises(CommandError) as refused:
        call_command("import_ledger", str(tmp_path / "no.xlsx"), "--office", "150500", stdout=StringIO())
    assert refused.value.returncode == 2


def test_the_items_are_entered_in_the_name_of_the_administrator(run: Run, cast: Cast) -> None:
    run([row("甲")])
    assert Item.objects.get().submitter == cast.admin
