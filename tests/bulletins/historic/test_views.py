"""Historic bulletins on pages: uploaded, looked at, confirmed, shown as printed with every difference."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts.services.units import change_unit
from bulletins.models import HistoricBulletin
from scoring.periods.month import Month
from scoring.periods.period import Period
from scoring.services.versions import create_default_scheme
from stats.services.months import count_month
from tests.conftest import LONG_AGO, filed, shanghai
from tests.scoring.builders import CASES
from tests.stats.world import AFTER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_files")]

ENTER = reverse("bulletins:historic-enter")


def table_file(name: str = "t04") -> SimpleUploadedFile:
    (path,) = CASES.glob(f"{name}_*.csv")
    return SimpleUploadedFile(path.name, path.read_bytes())


def fields(**changed: Any) -> dict[str, Any]:
    return {
        "file": table_file(),
        "title": "关于2010年政务信息采用情况的通报",
        "first": "2010-01",
        "last": "2010-12",
        "totals": "市政府办采用=956",
    } | changed


def entered(client: Any, **changed: Any) -> HistoricBulletin:
    client.post(ENTER, fields(**changed))
    bulletin = HistoricBulletin.objects.latest("pk")
    client.post(reverse("bulletins:historic-confirm", args=[bulletin.pk]))
    return bulletin


def test_the_preview_shows_the_table_and_nothing_is_entered_before_it_is_confirmed(cast, as_user) -> None:
    client = as_user(cast.admin)
    answer = client.post(ENTER, fields(), follow=True)
    assert answer.status_code == 200
    assert "961" in answer.text
    assert "956" in answer.text
    bulletin = HistoricBulletin.objects.get()
    detail = reverse("bulletins:historic-detail", args=[bulletin.pk])
    assert client.get(detail).status_code == 404
    answer = client.post(reverse("bulletins:historic-confirm", args=[bulletin.pk]), follow=True)
    assert answer.redirect_chain[-1][0] == detail


def test_the_page_says_what_the_rows_add_up_to_and_corrects_nothing(cast, as_user) -> None:
    bulletin = entered(as_user(cast.admin))
    page = as_user(cast.author).get(reverse("bulletins:historic-detail", args=[bulletin.pk])).text
    assert "市政府办采用：各行合计 961，正文印作 956，相差 +5" in page
    assert '<td class="num"></td>' in page
    assert "264" in page
    assert HistoricBulletin.objects.get().table["totals"] == [["市政府办采用", "956"]]


def test_a_total_that_differs_from_its_row_is_said_and_stays_as_printed(cast, as_user) -> None:
    printed = "单位,国家级,省级,合计,采用率\n甲县,1,2,3,50%\n乙县,2,2,4,8%\n丙县,1,1,3,9%\n".encode()
    bulletin = entered(as_user(cast.admin), file=SimpleUploadedFile("通报.csv", printed), totals="")
    page = as_user(cast.author).get(reverse("bulletins:historic-detail", args=[bulletin.pk])).text
    assert "丙县的“合计”：按本行应为2，原件印作3" in page
    assert page.count("按本行应为") == 1
    assert '<td class="num">50%</td>' in page
    assert bulletin.table["rows"][2] == ["丙县", "1", "1", "3", "9%"]


def test_it_stands_beside_the_bulletins_marked_as_historic(cast, as_user) -> None:
    bulletin = entered(as_user(cast.admin))
    listed = as_user(cast.author).get(reverse("bulletins:bulletin-list")).text
    assert "历史通报（按原件录入）" in listed
    assert reverse("bulletins:historic-detail", args=[bulletin.pk]) in listed
    assert f'href="{ENTER}"' not in listed


def test_the_list_of_all_has_pages_and_costs_the_same(cast, as_user, django_assert_max_num_queries) -> None:
    client, listed = as_user(cast.admin), reverse("bulletins:historic-list")
    entered(client)
    client.get(listed)
    with django_assert_max_num_queries(20) as one:
        assert client.get(listed).status_code == 200
    for year in range(1980, 2004):
        entered(client, title=f"{year}年通报")
    with django_assert_max_num_queries(20) as many:
        page = client.get(listed).text
    assert len(one) == len(many)
    assert "?page=2" in page
    assert (
        as_user(cast.author).get(reverse("bulletins:bulletin-list")).text.count("政务信息采用情况的通报") == 0
    )


def test_our_own_figures_stand_beside_the_printed_ones(cast, city, as_user) -> None:
    create_default_scheme(office=city.office, effective_from=LONG_AGO, now=AFTER)
    filed(cast.author, shanghai("2026-03-12"))
    count_month(office=city.office, month=Month.parse("2026-03"), now=AFTER)
    upload = SimpleUploadedFile("t.csv", "单位,报送条数,得分\n青山县,3,12\n某外县,1,1\n".encode())
    bulletin = entered(as_user(cast.admin), file=upload, first="2026-03", last="2026-03", totals="")
    page = as_user(cast.author).get(reverse("bulletins:historic-detail", args=[bulletin.pk])).text
    assert "−2" in page
    assert "某外县" in page
    assert "对不上单位，或者对得上几个单位的名称：某外县" in page


def test_r94_a_printed_former_name_is_the_unit_and_one_of_two_is_nobodys(cast, city, as_user) -> None:
    create_default_scheme(office=city.office, effective_from=LONG_AGO, now=AFTER)
    filed(cast.author, shanghai("2026-03-12"))
    count_month(office=city.office, month=Month.parse("2026-03"), now=AFTER)
    change_unit(unit=city.county, by=cast.admin, now=AFTER, name="新名县", short_name="新名")
    printed = "单位,报送条数,得分\n青山县,3,12\n白水县,1,1\n".encode()
    upload = SimpleUploadedFile("t.csv", printed)
    bulletin = entered(as_user(cast.admin), file=upload, first="2026-03", last="2026-03", totals="")
    detail = reverse("bulletins:historic-detail", args=[bulletin.pk])
    page = as_user(cast.author).get(detail).text
    assert "−2" in page
    assert "对得上几个单位" not in page
    change_unit(unit=city.other_county, by=cast.admin, now=AFTER, name="青山县", short_name="青山")
    assert "对得上几个单位的名称：青山县" in as_user(cast.author).get(detail).text


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({"totals": "没有的列=3"}, "没有的列"),
        ({"totals": "九百五十六"}, "九百五十六"),
        ({"last": "2009-12"}, "2009"),
        ({"title": ""}, "title"),
        ({"file": SimpleUploadedFile("t.csv", "只有一行".encode())}, "列标题"),
        ({"file": SimpleUploadedFile("t.exe", b"MZ")}, "t.exe"),
    ],
)
def test_what_cannot_be_taken_is_said_and_nothing_is_stored(cast, as_user, changed, word) -> None:
    answer = as_user(cast.admin).post(ENTER, fields(**changed))
    assert answer.status_code == 422
    assert word in answer.text
    assert not HistoricBulletin.objects.exists()


def test_only_administrators_enter_and_other_offices_see_nothing(cast, foreign_cast, as_user) -> None:
    for person in (cast.author, cast.principal_leader):
        assert as_user(person).get(ENTER).status_code == 403
        assert as_user(person).post(ENTER, fields()).status_code == 403
    bulletin = entered(as_user(cast.admin))
    for page in ("detail", "file", "preview"):
        address = reverse(f"bulletins:historic-{page}", args=[bulletin.pk])
        assert as_user(foreign_cast.admin).get(address).status_code == 404
    assert (
        as_user(cast.author).post(reverse("bulletins:historic-remove", args=[bulletin.pk])).status_code == 403
    )
    assert HistoricBulletin.objects.count() == 1


def test_the_file_is_given_back_and_a_mistake_is_removed_after_a_question(cast, as_user) -> None:
    client = as_user(cast.admin)
    bulletin = entered(client)
    file = client.get(reverse("bulletins:historic-file", args=[bulletin.pk]))
    assert b"".join(file.streaming_content).startswith("单位".encode()) or file.status_code == 200
    remove = reverse("bulletins:historic-remove", args=[bulletin.pk])
    assert client.get(remove).status_code == 200
    assert HistoricBulletin.objects.count() == 1
    client.post(remove)
    assert not HistoricBulletin.objects.exists()


def test_confirming_twice_is_a_conflict(cast, as_user) -> None:
    bulletin = entered(as_user(cast.admin))
    answer = as_user(cast.admin).post(reverse("bulletins:historic-confirm", args=[bulletin.pk]))
    assert answer.status_code == 409


def test_a_long_table_costs_no_more_queries(cast, as_user, django_assert_max_num_queries) -> None:
    client = as_user(cast.admin)
    rows = "\n".join(f"第{at}县,{at}" for at in range(300))
    short = entered(client, totals="")
    long = entered(
        client, title="长表", file=SimpleUploadedFile("t.csv", f"单位,得分\n{rows}".encode()), totals=""
    )
    with django_assert_max_num_queries(20) as first:
        client.get(reverse("bulletins:historic-detail", args=[short.pk]))
    with django_assert_max_num_queries(20) as second:
        client.get(reverse("bulletins:historic-detail", args=[long.pk]))
    assert len(first) == len(second)


def command(*arguments: str, office: str, path: Path | None = None, **options: Any) -> str:
    out = StringIO()
    path = path or next(CASES.glob("t04_*.csv"))
    call_command("import_bulletin", str(path), "--office", office, *arguments, stdout=out, **options)
    return out.getvalue()


def test_the_command_tells_the_difference_and_enters_the_table(city) -> None:
    said = command(
        "--period", "2010", "--title", "通报", "--total", "市政府办采用=956", office=city.office.code
    )
    assert "市政府办采用：各行合计 961，正文所写 956，相差 +5" in said
    assert HistoricBulletin.objects.get().confirmed_at is not None


def test_the_command_tells_a_rate_that_differs_from_its_row(city, tmp_path) -> None:
    path = tmp_path / "通报.csv"
    path.write_text("单位,报送信息数,采纳数（条）,采纳率\n甲县,8,4,50%\n乙县,9,3,43.3%\n", encoding="utf-8")
    said = command("--period", "2010", "--title", "通报", office=city.office.code, path=path)
    assert "乙县的“采纳率”：按本行应为33.3%，原件印作43.3%" in said
    assert said.count("按本行应为") == 1


def test_a_year_of_the_command_is_that_of_the_calendar(city) -> None:
    create_default_scheme(office=city.office, effective_from=LONG_AGO, now=AFTER)
    command("--period", "2010", "--title", "通报", office=city.office.code)
    assert HistoricBulletin.objects.get().period == Period.parse("2010-01..2010-12")


@pytest.mark.parametrize(
    "arguments",
    [
        ["--period", "2010", "--title", "通报", "--total", "没有的列=1"],
        ["--period", "2010", "--title", "通报", "--total", "956"],
        ["--period", "十年", "--title", "通报"],
        ["--period", "2190", "--title", "通报"],
    ],
)
def test_a_command_that_fails_says_so_and_enters_nothing(city, arguments) -> None:
    with pytest.raises(CommandError):
        command(*arguments, office=city.office.code)
    assert not HistoricBulletin.objects.exists()
