"""The commands of figures."""

from __future__ import annotations

import json
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from bulletins.files.xlsx import bulletin_workbook
from bulletins.models import Bulletin
from scoring.models import SchemeVersion
from scoring.schemes.reading import shipped
from scoring.services.versions import create_default_scheme
from stats.models import Tally
from submissions.models import StaleMonth
from tests.conftest import LONG_AGO, filed, shanghai
from tests.scoring.builders import scheme_data
from tests.stats.world import AFTER, adopted, drafted, put_out


@pytest.fixture(autouse=True)
def _april(db: None):
    with time_machine.travel(AFTER, tick=False):
        yield


def run(*words: object) -> str:
    said = StringIO()
    call_command(*map(str, words), stdout=said)
    return said.getvalue()


def test_the_bulletin_command_counts_stale_months_drafts_and_writes(cast, city, outlets, tmp_path) -> None:
    create_default_scheme(office=city.office, effective_from=LONG_AGO, now=AFTER)
    adopted(cast, outlets["city"], "2026-02-11")
    assert StaleMonth.objects.exists()
    file = tmp_path / "通报.xlsx"
    said = run("bulletin", "2026Q1", "--office", city.office.code, "--format", "xlsx", "--output", file)
    assert not StaleMonth.objects.exists()
    assert file.read_bytes() == bulletin_workbook(Bulletin.objects.get().content)
    assert str(file) in said
    assert "2026年第一季度" in said


def test_an_issued_bulletin_is_written_as_it_was_issued(cast, city, outlets, tmp_path) -> None:
    adopted(cast, outlets["city"], "2026-02-11")
    bulletin = put_out(cast)
    adopted(cast, outlets["central"], "2026-02-12", title="迟到")
    file = tmp_path / "通报.xlsx"
    run("bulletin", "2026Q1", "--office", city.office.code, "--output", file)
    assert file.read_bytes() == bulletin_workbook(bulletin.content)


@pytest.mark.parametrize(
    ("period", "office"),
    [("2026Q5", "150500"), ("2026Q1", "999999"), ("2027", "150500"), ("2026Q1", "150500-a")],
)
def test_what_the_bulletin_command_cannot_do_it_says(city, tmp_path, period, office) -> None:
    file = tmp_path / "通报.xlsx"
    with pytest.raises(CommandError, match=r"[一-龥]"):
        run("bulletin", period, "--office", office, "--output", file)
    assert not file.exists()


def test_a_file_that_cannot_be_written_is_an_error(city, tmp_path) -> None:
    with pytest.raises(CommandError, match="无法写入"):
        run("bulletin", "2026Q1", "--office", city.office.code, "--output", tmp_path / "没有" / "通报.xlsx")


def test_a_scheme_is_loaded_from_a_day_and_its_months_are_counted_again(
    cast, city, outlets, tmp_path
) -> None:
    adopted(cast, outlets["city"], "2026-02-11")
    drafted(city.office)
    assert not StaleMonth.objects.exists()
    file = tmp_path / "办法.json"
    file.write_text(json.dumps(scheme_data()), encoding="utf-8")
    run("load_scheme", file, "--office", city.office.code, "--from", "2026-01-01", "--note", "试行")
    assert SchemeVersion.objects.get().note == "试行"
    assert StaleMonth.objects.exists()
    with pytest.raises(CommandError, match="第 1 版"):
        run("load_scheme", file, "--office", city.office.code, "--from", "2026-01-01")


@pytest.mark.parametrize("name", ["s23", "S12"])
def test_a_shipped_scheme_is_loaded_by_its_name(city, name) -> None:
    run("load_scheme", name, "--office", city.office.code, "--from", "2026-01-01")
    assert SchemeVersion.objects.get().rules == shipped(name.lower())


def test_a_name_that_is_neither_shipped_nor_a_file_is_refused_with_those_there_are(city) -> None:
    with pytest.raises(CommandError, match="s23"):
        run("load_scheme", "s2", "--office", city.office.code, "--from", "2026-01-01")


def test_every_flaw_of_a_scheme_is_named_at_once(city, tmp_path) -> None:
    file = tmp_path / "办法.json"
    file.write_text(
        json.dumps({"name": "", "adoption": {"rules": [{"points": -1}]}, "speling": 1}), encoding="utf-8"
    )
    with pytest.raises(CommandError) as failure:
        run("load_scheme", file, "--office", city.office.code, "--from", "2026-01-01")
    assert {"name", "speling"} <= {
        line.split("：")[0].split(":")[0] for line in str(failure.value).splitlines()
    }
    assert "adoption.rules[0].points" in str(failure.value)
    assert not SchemeVersion.objects.exists()


@pytest.mark.parametrize("content", ["{", "\ufffe", "[]"])
def test_a_file_that_is_no_scheme_is_refused(city, tmp_path, content) -> None:
    file = tmp_path / "办法.json"
    file.write_text(content, encoding="utf-16")
    with pytest.raises(CommandError):
        run("load_scheme", file, "--office", city.office.code, "--from", "2026-01-01")


def test_recount_counts_all_known_months_or_those_asked_for(cast, city) -> None:
    with pytest.raises(CommandError, match="--from"):
        run("recount", "--office", city.office.code)
    filed(cast.author, shanghai("2026-02-10"))
    assert "2026-02" in run("recount", "--office", city.office.code)
    assert not StaleMonth.objects.exists()
    run("recount", "--office", city.office.code, "--from", "2025-12", "--to", "2026-01")
    assert Tally.objects.count() == 3
    with pytest.raises(CommandError):
        run("recount", "--office", city.office.code, "--from", "2026-02", "--to", "2026-01")
