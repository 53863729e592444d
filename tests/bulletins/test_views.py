"""The pages of a bulletin: who sees which, what they press, and what a press answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.enums import Role
from bulletins.enums import BulletinStatus
from bulletins.models import Bulletin, BulletinSettings, TextTemplate
from bulletins.services.life import sign_bulletin
from bulletins.services.verifying import verify
from scoring.periods.period import Period
from scoring.services.versions import create_default_scheme
from tests.conftest import LONG_AGO, make_person, shanghai
from tests.stats.world import (
    AFTER,
    QUARTER,
    adopted,
    checked,
    counted,
    drafted,
    more_counties,
    open_to_objections,
    out,
    put_out,
)


@pytest.fixture(autouse=True)
def _april(city, cast, outlets) -> Iterator[None]:
    """2 April 2026; 青山县 had one adoption in March."""
    create_default_scheme(office=city.office, effective_from=LONG_AGO, now=AFTER)
    adopted(cast, outlets["city"], "2026-03-20")
    counted(city.office, "2026-03")
    with time_machine.travel(AFTER, tick=False):
        yield


def page(client: Client, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, url
    return answer.content.decode()


def url(name: str, bulletin: Bulletin) -> str:
    return reverse(f"bulletins:bulletin-{name}", args=[bulletin.pk])


def seen(bulletin: Bulletin, **more: str) -> dict[str, str]:
    return {"sha256": bulletin.sha256, **more}


def test_a_bulletin_goes_from_draft_to_issued_by_two_people(cast, as_user) -> None:
    admin, leader = as_user(cast.admin), as_user(cast.principal_leader)
    answer = admin.post(reverse("bulletins:bulletin-draft"), {"first": "2026-01", "last": "2026-03"})
    bulletin = Bulletin.objects.get()
    assert answer.url == url("detail", bulletin)
    assert bulletin.sha256 in page(admin, url("detail", bulletin))
    assert admin.post(url("check", bulletin), seen(bulletin)).status_code == 302
    assert admin.post(url("sign", bulletin), seen(bulletin)).status_code == 403
    shown = page(leader, url("detail", bulletin))
    assert f'action="{url("sign", bulletin)}"' in shown
    assert leader.post(url("sign", bulletin), seen(bulletin, issue="1")).url == url("detail", bulletin)
    bulletin.refresh_from_db()
    assert (bulletin.status, bulletin.year, bulletin.number) == (BulletinStatus.ISSUED, 2026, 1)
    assert bulletin.title in page(admin, reverse("bulletins:bulletin-list"))
    page(admin, url("detail", bulletin))


def test_a_signed_bulletin_is_numbered_by_an_administrator(cast, city, as_user) -> None:
    bulletin = checked(city.office, cast.admin)
    admin = as_user(cast.admin)
    page(admin, url("issue", bulletin), 409)
    sign_bulletin(bulletin=bulletin, by=cast.principal_leader, sha256=bulletin.sha256, now=AFTER)
    assert bulletin.title in page(admin, url("issue", bulletin))
    page(as_user(cast.section_head), url("issue", bulletin), 403)
    assert admin.post(url("issue", bulletin), {"sha256": "0" * 64}).status_code == 409
    assert admin.post(url("issue", bulletin), seen(bulletin)).status_code == 302
    assert admin.post(url("issue", bulletin), seen(bulletin)).status_code == 409


def test_the_page_of_return_says_what_becomes_void(cast, city, as_user) -> None:
    bulletin = checked(city.office, cast.admin)
    leader = as_user(cast.principal_leader)
    assert "辛管理" in page(leader, url("reopen", bulletin))
    sign_bulletin(bulletin=bulletin, by=cast.principal_leader, sha256=bulletin.sha256, now=AFTER)
    shown = page(as_user(cast.admin), url("reopen", bulletin))
    assert "辛管理" in shown
    assert "己主要" in shown
    page(as_user(cast.supervising_leader), url("reopen", bulletin), 403)
    assert as_user(cast.supervising_leader).post(url("reopen", bulletin), seen(bulletin)).status_code == 403
    assert leader.post(url("reopen", bulletin), seen(bulletin)).status_code == 302
    bulletin.refresh_from_db()
    assert bulletin.status == BulletinStatus.DRAFT
    page(leader, url("reopen", bulletin), 409)


def test_a_bulletin_in_preparation_does_not_exist_for_counties_until_they_may_object(
    cast, foreign_cast, city, as_user
) -> None:
    bulletin = drafted(city.office)
    for person in (cast.author, cast.county_admin, foreign_cast.admin):
        for name in ("detail", "export"):
            page(as_user(person), url(name, bulletin), 404)
        assert bulletin.title not in page(as_user(person), reverse("bulletins:bulletin-list"))
        for name in ("check", "open", "sign"):
            assert as_user(person).post(url(name, bulletin), seen(bulletin)).status_code == 404
    page(as_user(cast.supervising_leader), url("detail", bulletin))
    open_to_objections(city.office, cast.admin, "2026-04-05")
    assert "next-step" in page(as_user(cast.author), url("detail", bulletin))
    page(as_user(foreign_cast.admin), url("detail", bulletin), 404)


def test_an_issued_bulletin_is_read_by_the_whole_office_and_no_other(cast, foreign_cast, as_user) -> None:
    bulletin = put_out(cast)
    page(as_user(cast.other_author), url("detail", bulletin))
    page(as_user(foreign_cast.admin), url("detail", bulletin), 404)


@pytest.mark.parametrize("who", ["author", "section_head", "principal_leader", "auditor"])
def test_only_an_administrator_drafts_opens_words_and_sets(who, cast, city, as_user) -> None:
    bulletin = drafted(city.office)
    client = as_user(getattr(cast, who))
    for name in ("draft", "settings", "wordings"):
        page(client, reverse(f"bulletins:bulletin-{name}"), 403)
    if who == "author":
        return
    assert client.post(url("open", bulletin), seen(bulletin, until="2026-04-05")).status_code == 403
    page(client, url("text", bulletin), 403)
    assert client.post(url("text", bulletin), seen(bulletin)).status_code == 403


def test_a_last_day_in_the_past_is_refused_and_said_why(cast, city, as_user) -> None:
    bulletin = drafted(city.office)
    admin = as_user(cast.admin)
    assert admin.post(url("open", bulletin), seen(bulletin, until="2026-04-01")).status_code == 422
    assert admin.post(url("open", bulletin), seen(bulletin, until="someday")).status_code == 422
    assert admin.post(url("open", bulletin), seen(bulletin, until="2026-04-02")).status_code == 302
    assert admin.post(url("check", bulletin), seen(bulletin)).status_code == 409


def test_what_was_not_read_is_not_checked(cast, city, outlets, as_user) -> None:
    bulletin = drafted(city.office)
    client = as_user(cast.admin)
    assert client.post(url("check", bulletin), {"sha256": "0" * 64}).status_code == 409
    adopted(cast, outlets["central"], "2026-03-21")
    assert client.post(url("check", bulletin), seen(bulletin)).status_code == 409
    bulletin.refresh_from_db()
    assert bulletin.status == BulletinStatus.DRAFT
    assert len(bulletin.content.adoptions) == 2
    assert client.post(url("check", bulletin), seen(bulletin)).status_code == 302


def test_a_bulletin_over_months_that_have_not_begun_is_refused(cast, as_user) -> None:
    post = {"first": "2026-05", "last": "2026-06"}
    assert as_user(cast.admin).post(reverse("bulletins:bulletin-draft"), post).status_code == 422
    assert not Bulletin.objects.exists()


def test_a_bulletin_of_a_running_month_cannot_be_checked(cast, city, as_user) -> None:
    bulletin = drafted(city.office, QUARTER.of(QUARTER.last.next()))
    assert as_user(cast.admin).post(url("check", bulletin), seen(bulletin)).status_code == 409


def test_late_facts_are_told_beside_an_issued_bulletin(cast, city, outlets, as_user) -> None:
    bulletin = put_out(cast)
    assert "alert-warning" not in page(as_user(cast.admin), url("detail", bulletin))
    adopted(cast, outlets["province"], "2026-03-22")
    counted(city.office, "2026-03")
    assert f"{city.county.name}：" in page(as_user(cast.admin), url("detail", bulletin))


def test_the_button_gives_the_workbook_of_the_command(cast, city, as_user, tmp_path) -> None:
    bulletin = put_out(cast)
    answer = as_user(cast.author).get(url("export", bulletin))
    target = tmp_path / "通报.xlsx"
    call_command("bulletin", "2026Q1", office=city.office.code, output=target)
    assert answer.content == target.read_bytes()
    assert "filename*=utf-8''" in answer["Content-Disposition"]


def test_every_figure_of_the_text_leads_to_a_place_that_is_on_the_page(cast, city, as_user) -> None:
    shown = page(as_user(cast.admin), url("detail", drafted(city.office)))
    places = set(re.findall(r'class="figure-link" href="#([^"]+)"', shown))
    assert {"totals", "zeros", "group-1"} <= places
    assert all(f'id="{place}"' in shown for place in places)


def test_paragraphs_are_edited_restored_and_left_out_on_a_page_of_their_own(cast, city, as_user) -> None:
    bulletin = drafted(city.office)
    admin = as_user(cast.admin)
    assert 'name="text-opening.1"' in page(admin, url("text", bulletin))
    words = {"text-opening.1": "现通报如下。<b>", "text-demands.2": "", "text-nothing.1": "没有这一段"}
    assert admin.post(url("text", bulletin), seen(bulletin) | words).status_code == 302
    bulletin.refresh_from_db()
    assert bulletin.edited_by == cast.admin
    assert bulletin.content.body[0].text == "现通报如下。<b>"
    shown = page(admin, url("detail", bulletin))
    assert "现通报如下。&lt;b&gt;" in shown
    assert admin.post(url("text", bulletin), {"sha256": "0" * 64} | words).status_code == 409
    back = seen(bulletin) | {"text-opening.1": "随便", "restore-opening.1": "on"}
    assert admin.post(url("text", bulletin), back).status_code == 302
    bulletin.refresh_from_db()
    assert bulletin.content.text[0].edited is None
    assert admin.post(url("check", bulletin), seen(bulletin)).status_code == 403


def test_an_edit_whose_figures_moved_is_marked_until_somebody_has_looked(
    cast, city, outlets, as_user
) -> None:
    bulletin, admin = drafted(city.office), as_user(cast.admin)
    admin.post(url("text", bulletin), seen(bulletin) | {"text-overview.2": "共采用一条。"})
    adopted(cast, outlets["province"], "2026-03-22")
    bulletin = drafted(city.office)
    fields = page(admin, url("text", bulletin))
    assert 'name="looked-overview.2"' in fields
    looked = seen(bulletin) | {"text-overview.2": "共采用一条。", "looked-overview.2": "on"}
    admin.post(url("text", bulletin), looked)
    assert 'name="looked-overview.2"' not in page(admin, url("text", bulletin))


def test_a_checked_bulletin_has_no_text_to_edit(cast, city, as_user) -> None:
    bulletin = checked(city.office, cast.section_head)
    page(as_user(cast.admin), url("text", bulletin), 409)


def test_the_wording_is_previewed_refused_and_saved(cast, city, as_user) -> None:
    bulletin, admin = drafted(city.office), as_user(cast.admin)
    words = reverse("bulletins:bulletin-wording", args=["opening"])
    assert "2026年第一季度" in page(admin, words)
    preview = admin.post(words, {"wording": "本期采用{采用}条次。", "preview": "1"})
    assert "本期采用<mark>1</mark>条次。" in preview.content.decode()
    assert not TextTemplate.objects.exists()
    refused = admin.post(words, {"wording": "本期采用{采用数}条次。"})
    assert refused.status_code == 422
    assert "{采用}" in refused.content.decode()
    assert admin.post(words, {"wording": "本期采用{采用}条次。"}).status_code == 302
    bulletin.refresh_from_db()
    assert bulletin.content.body[0].text == "本期采用1条次。"
    assert admin.post(words, {"wording": "本期采用{采用}条次。"}).status_code == 302
    assert TextTemplate.objects.count() == 1
    page(admin, reverse("bulletins:bulletin-wording", args=["nothing"]), 404)


def test_one_office_words_nothing_of_another(cast, foreign_cast, city, as_user) -> None:
    bulletin = drafted(city.office)
    words = reverse("bulletins:bulletin-wording", args=["opening"])
    assert as_user(foreign_cast.admin).post(words, {"wording": "别家的话。"}).status_code == 302
    assert drafted(city.office).sha256 == bulletin.sha256
    assert "别家的话" not in page(as_user(cast.admin), words)


def test_the_letterhead_is_saved_once_and_stands_in_drafts_but_not_in_what_is_checked(
    cast, city, as_user
) -> None:
    standing = checked(city.office, cast.section_head, QUARTER.previous())
    draft, admin = drafted(city.office), as_user(cast.admin)
    settings = reverse("bulletins:bulletin-settings")
    page(admin, settings)
    post = {"revision": "0", "code": "通巡办通报", "addressees": "各旗县市区委巡察办"}
    assert admin.post(settings, post).status_code == 302
    assert admin.post(settings, post).status_code == 409
    assert BulletinSettings.objects.get().code == "通巡办通报"
    draft.refresh_from_db()
    assert draft.content.letterhead.code == "通巡办通报"
    assert "各旗县市区委巡察办：" in page(admin, url("detail", draft))
    standing.refresh_from_db()
    assert standing.content.letterhead.code == ""
    assert out(checked(city.office, cast.section_head), cast.principal_leader).content.reference == (
        "通巡办通报〔2026〕1号"
    )


def test_an_issued_bulletin_is_corrected_by_a_new_one_and_each_leads_to_the_other(
    cast, city, as_user
) -> None:
    issue, admin = put_out(cast), as_user(cast.admin)
    page(as_user(cast.author), url("correct", issue), 403)
    page(admin, url("correct", issue))
    assert admin.post(url("correct", issue), {"what": ""}).status_code == 422
    answer = admin.post(url("correct", issue), {"what": "青山县采用数由1条更正为2条"})
    correction = Bulletin.objects.get(corrects=issue)
    assert answer.url == url("detail", correction)
    assert url("detail", issue) in page(admin, url("detail", correction))
    assert url("detail", correction) in page(admin, url("detail", issue))
    assert url("detail", correction) not in page(as_user(cast.author), url("detail", issue))
    assert admin.post(url("correct", issue), {"what": "再来"}).status_code == 409


def test_whoever_wrote_in_the_text_is_told_that_somebody_else_checks(cast, city, as_user) -> None:
    bulletin, admin = drafted(city.office), as_user(cast.admin)
    assert url("check", bulletin) in page(admin, url("detail", bulletin))
    admin.post(url("text", bulletin), seen(bulletin) | {"text-opening.1": "现通报如下。"})
    assert url("check", bulletin) not in page(admin, url("detail", bulletin))
    second = make_person(city.office, "second", "第二管理员", Role.OFFICE_ADMIN)
    assert url("check", bulletin) in page(as_user(second), url("detail", bulletin))


def test_a_bulletin_page_asks_the_same_number_of_queries_for_few_and_many_units(
    cast, city, outlets, as_user: Callable[..., Client]
) -> None:
    client, numbers = as_user(cast.admin), []
    for wanted in (1, 30):
        for unit in more_counties(city.office, wanted) if wanted > 1 else []:
            adopted(cast, outlets["city"], "2026-03-21", unit, title=f"{unit.name}的一件")
        bulletin = drafted(city.office)
        with CaptureQueriesContext(connection) as queries:
            client.get(url("detail", bulletin))
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]


def test_a_list_of_bulletins_asks_the_same_number_of_queries_for_one_and_many(
    cast, city, as_user: Callable[..., Client]
) -> None:
    client, numbers = as_user(cast.admin), []
    for months in (1, 12):
        for back in range(months):
            drafted(city.office, QUARTER.of(QUARTER.last.plus(-back)), shanghai("2026-04-02"))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("bulletins:bulletin-list"))
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]


def test_a_bulletin_over_free_days_goes_the_whole_way_and_is_proven(
    cast, city, outlets, as_user: Callable[..., Client]
) -> None:
    admin = as_user(cast.admin)
    for since, until, status in [
        ("2026-03-05", "2026-03-25", 302),
        ("2026-03-25", "2026-03-05", 422),
        ("2026-04-03", "2026-04-09", 422),
    ]:
        answer = admin.post(reverse("bulletins:bulletin-draft"), {"since": since, "until": until})
        assert answer.status_code == status
    bulletin = Bulletin.objects.get()
    assert str(bulletin.period) == "2026-03-05..2026-03-25"
    assert len(bulletin.content.adoptions) == 1
    assert "2026年3月5日—3月25日" in bulletin.content.title
    page(admin, url("detail", bulletin))
    issue = out(checked(city.office, cast.section_head, bulletin.period), cast.principal_leader)
    assert verify(issue).holds
    adopted(cast, outlets["province"], "2026-03-08", title="迟到的一件")
    adopted(cast, outlets["province"], "2026-03-02", title="只在累计中的一件")
    later = drafted(city.office, Period.parse("2026-03-26..2026-03-31"))
    assert {row.line.item_title: str(row.period) for row in later.content.late} == {
        "只在累计中的一件": "2025-12-01..2026-03-04",
        "迟到的一件": "2026-03-05..2026-03-25",
    }
    assert later.content.before is not None
    assert later.content.before.adopted == 1
