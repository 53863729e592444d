"""A scheme on its way into force: begun, edited, tried, proposed by one person and confirmed by another."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.enums import Role
from accounts.models import AuditEntry
from scoring.editor.sections import SECTIONS
from scoring.models import SchemeDraft, SchemeVersion
from scoring.schemes.reading import SchemeError, parse_scheme, shipped, shipped_names
from scoring.services.drafts import (
    DraftMoved,
    confirm_scheme,
    discard_scheme,
    propose_scheme,
    recall_scheme,
    save_rules,
    start_draft,
)
from scoring.services.versions import create_default_scheme
from stats.models import Tally
from submissions.models import StaleMonth
from tests.conftest import LONG_AGO, make_person, shanghai
from tests.stats.world import AFTER, adopted, counted

FLAWED = {"adoption": {"rules": [{"level": "city"}]}}
NEXT_MONTH = date(2026, 5, 1)


@pytest.fixture(autouse=True)
def _april(db: None) -> Iterator[None]:
    with time_machine.travel(AFTER, tick=False):
        yield


@pytest.fixture
def second(city):
    """Another administrator of the office."""
    return make_person(city.section, "second", "子管理", Role.OFFICE_ADMIN)


def begun(cast, name: str = "s12", rules: dict[str, Any] | None = None) -> SchemeDraft:
    rules = shipped(name) if rules is None else rules
    return start_draft(office=cast.admin.office, rules=rules, by=cast.admin, now=AFTER)


def proposed(cast, day: date = NEXT_MONTH, **fields: Any) -> SchemeDraft:
    draft = begun(cast, **fields)
    return propose_scheme(
        draft=draft, effective_from=day, reason="通巡办〔2026〕3号", revision=1, by=cast.admin, now=AFTER
    )


def url(page: str, draft: SchemeDraft, *more: Any) -> str:
    name = f"stats:{page}" if page.startswith("trial") else f"scoring:scheme-draft-{page}"
    return reverse(name, args=[draft.pk, *more])


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, response
    return response.content.decode()


class Fields(HTMLParser):
    """The fields of the section's form as a browser would send them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.sent: dict[str, str] = {}
        self._select = self._area = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, value = given.get("name") or "", given.get("value") or ""
        if tag == "input" and name and given.get("type") != "submit":
            self.sent[name] = value
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in given:
            self.sent[self._select] = value
        elif tag == "textarea":
            self._area, self.sent[name] = name, ""

    def handle_endtag(self, tag: str) -> None:
        self._select = "" if tag == "select" else self._select
        self._area = "" if tag == "textarea" else self._area

    def handle_data(self, data: str) -> None:
        if self._area:
            self.sent[self._area] += data.removeprefix("\n").replace("\n", "\r\n")


def fields(html: str) -> dict[str, str]:
    return Fields(html).sent


# Beginning


def test_a_draft_begins_with_a_version_of_the_office(cast, city, as_user) -> None:
    version = create_default_scheme(office=city.office, effective_from=LONG_AGO, now=AFTER)
    client, start = as_user(cast.admin), reverse("scoring:scheme-draft-start")
    assert version.name in page(client, start)
    response = client.post(start, {"source": "version-1"})
    draft = SchemeDraft.objects.get()
    assert response.url == url("detail", draft)
    assert (draft.rules, draft.based_on, draft.name) == (version.rules, version, version.name)
    assert AuditEntry.objects.filter(action="scheme.start", actor=cast.admin).exists()


@pytest.mark.parametrize("name", shipped_names())
def test_a_draft_begins_with_any_shipped_scheme(cast, as_user, name: str) -> None:
    as_user(cast.admin).post(reverse("scoring:scheme-draft-start"), {"source": f"shipped-{name}"})
    assert SchemeDraft.objects.get().rules == shipped(name)


def test_what_was_saved_to_a_file_can_be_begun_with_again(cast, as_user) -> None:
    client, draft = as_user(cast.admin), begun(cast, "s20")
    saved = client.get(url("download", draft))
    assert saved["Content-Disposition"].startswith("attachment")
    assert json.loads(saved.content) == shipped("s20")
    file = SimpleUploadedFile("办法.json", saved.content)
    client.post(reverse("scoring:scheme-draft-start"), {"source": "file", "file": file})
    again = SchemeDraft.objects.latest("pk")
    assert (again.rules, again.basis) == (draft.rules, "办法.json")


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"source": "file"},
        {"source": "version-7"},
        {"source": "shipped-../../secret"},
        {"source": "file", "file": SimpleUploadedFile("x.json", b"{}x")},
    ],
    ids=str,
)
def test_a_beginning_that_is_none_is_refused(cast, as_user, sent: dict[str, Any]) -> None:
    response = as_user(cast.admin).post(reverse("scoring:scheme-draft-start"), sent)
    assert response.status_code == 422
    assert not SchemeDraft.objects.exists()


def test_a_version_can_be_saved_to_a_file_by_whoever_may_read_it(cast, city, foreign_cast, as_user) -> None:
    create_default_scheme(office=city.office, effective_from=LONG_AGO, now=AFTER)
    address = reverse("scoring:scheme-download", args=[1])
    assert json.loads(as_user(cast.author).get(address).content) == shipped("demo")
    assert as_user(foreign_cast.admin).get(address).status_code == 404


# Who sees and does what


def test_drafts_are_for_the_office_and_for_nobody_else(cast, foreign_cast, as_user) -> None:
    draft = begun(cast)
    for address in (url("detail", draft), url("download", draft), url("trial", draft)):
        for reader in (cast.admin, cast.auditor, cast.principal_leader, cast.section_head):
            assert as_user(reader).get(address).status_code == 200
        for stranger in (cast.author, cast.county_admin, foreign_cast.admin):
            assert as_user(stranger).get(address).status_code == 404
    assert draft.name in page(as_user(cast.auditor), reverse("scoring:scheme-list"))
    assert draft.name not in page(as_user(cast.author), reverse("scoring:scheme-list"))


def test_only_administrators_edit(cast, foreign_cast, as_user) -> None:
    draft = begun(cast)
    for address in (url("edit", draft, "adoption"), url("propose", draft), url("discard", draft)):
        for reader in (cast.auditor, cast.principal_leader, cast.author):
            assert as_user(reader).get(address).status_code == 403
            assert as_user(reader).post(address, {"revision": 1}).status_code == 403
        assert as_user(foreign_cast.admin).get(address).status_code == 404
        assert as_user(foreign_cast.admin).post(address, {"revision": 1}).status_code == 404
    assert as_user(cast.auditor).get(reverse("scoring:scheme-draft-start")).status_code == 403
    html = page(as_user(cast.auditor), url("detail", draft))
    assert url("edit", draft, "adoption") not in html
    assert url("propose", draft) not in html
    draft.refresh_from_db()
    assert draft.revision == 1


def test_services_ask_the_rules_again(cast) -> None:
    draft = begun(cast)
    with pytest.raises(PermissionDenied):
        start_draft(office=cast.admin.office, rules={}, by=cast.auditor, now=AFTER)
    with pytest.raises(PermissionDenied):
        save_rules(draft=draft, rules={}, revision=1, by=cast.principal_leader, now=AFTER)
    with pytest.raises(PermissionDenied):
        discard_scheme(draft=draft, revision=1, by=cast.auditor, now=AFTER)
    with pytest.raises(PermissionDenied):
        recall_scheme(draft=draft, revision=1, by=cast.auditor, now=AFTER)


# Editing


@pytest.mark.parametrize("name", shipped_names())
def test_saving_the_pages_as_they_are_drawn_changes_nothing(cast, as_user, name: str) -> None:
    """Rule R83."""
    client, draft = as_user(cast.admin), begun(cast, name)
    for section in SECTIONS:
        address = url("edit", draft, section.code)
        assert client.post(address, fields(page(client, address))).url == address
    draft.refresh_from_db()
    assert draft.rules == shipped(name)
    assert draft.revision == 1 + len(SECTIONS)


def test_a_changed_field_is_saved_and_said(cast, as_user) -> None:
    client, draft = as_user(cast.admin), begun(cast, "s12")
    address = url("edit", draft, "filing")
    sent = fields(page(client, address)) | {"base-0-points": "８"}
    response = client.post(address, sent | {"back": "1"})
    assert response.url == f"{url('detail', draft)}#filing"
    draft.refresh_from_db()
    assert draft.rules["base"] == {"points": "8", "window": "quarter"}
    assert draft.changed_by == cast.admin
    assert "8" in page(client, url("detail", draft))


def test_adding_a_row_saves_nothing_and_loses_nothing(cast, as_user) -> None:
    client, draft = as_user(cast.admin), begun(cast, "s12")
    address = url("edit", draft, "adoption")
    sent = fields(page(client, address)) | {"rules-0-points": "77", "do": "add rules"}
    response = client.post(address, sent)
    assert response.status_code == 200
    drawn = fields(response.content.decode())
    assert drawn["rules-0-points"] == "77"
    assert int(drawn["rules-TOTAL_FORMS"]) == int(sent["rules-TOTAL_FORMS"]) + 1
    draft.refresh_from_db()
    assert (draft.revision, draft.rules) == (1, shipped("s12"))
    client.post(address, drawn)
    draft.refresh_from_db()
    assert draft.rules["adoption"]["rules"][0]["points"] == "77"
    assert len(draft.rules["adoption"]["rules"]) == len(shipped("s12")["adoption"]["rules"])


def test_rows_change_places_and_go_by_buttons(cast, as_user) -> None:
    client, draft = as_user(cast.admin), begun(cast, "s1")
    address = url("edit", draft, "modifiers")
    drawn = fields(
        client.post(address, fields(page(client, address)) | {"do": "down modifiers 0"}).content.decode()
    )
    client.post(address, drawn)
    draft.refresh_from_db()
    assert draft.rules["adoption"]["modifiers"] == shipped("s1")["adoption"]["modifiers"][::-1]
    drawn = fields(
        client.post(address, fields(page(client, address)) | {"do": "drop modifiers 0"}).content.decode()
    )
    client.post(address, drawn)
    draft.refresh_from_db()
    assert draft.rules["adoption"]["modifiers"] == shipped("s1")["adoption"]["modifiers"][:1]


def test_a_draft_with_problems_is_saved_and_each_problem_shown_in_its_place(cast, as_user) -> None:
    client, draft = as_user(cast.admin), begun(cast, "s12")
    address = url("edit", draft, "adoption")
    sent = fields(page(client, address)) | {"rules-2-points": "十五"}
    assert client.post(address, sent).status_code == 302
    draft.refresh_from_db()
    assert draft.rules["adoption"]["rules"][2]["points"] == "十五"
    html = page(client, address)
    assert html.count('aria-invalid="true"') == 1
    assert 'id="id_rules-2-points_problems"' in html
    assert url("propose", draft) not in page(client, url("detail", draft))
    assert client.get(url("propose", draft)).status_code == 409
    assert client.post(url("propose", draft), {"revision": 2}).status_code == 409
    assert "alert-warning" in page(client, url("trial", draft))
    assert client.get(url("trial-unit", draft, cast.author.unit.pk)).status_code == 404


def test_somebody_elses_save_is_not_overwritten_and_what_was_typed_is_kept(cast, second, as_user) -> None:
    draft, address = begun(cast, "s12"), ""
    address = url("edit", draft, "filing")
    sent = fields(page(as_user(cast.admin), address)) | {"base-0-points": "9"}
    save_rules(draft=draft, rules=shipped("s12") | {"notes": ["改"]}, revision=1, by=second, now=AFTER)
    response = as_user(cast.admin).post(address, sent)
    assert response.status_code == 409
    html = response.content.decode()
    assert second.display_name in html
    drawn = fields(html)
    assert (drawn["base-0-points"], drawn["revision"]) == ("9", "2")
    draft.refresh_from_db()
    assert draft.rules["base"]["points"] == shipped("s12")["base"]["points"]
    assert as_user(cast.admin).post(address, drawn).status_code == 302
    draft.refresh_from_db()
    assert (draft.rules["base"]["points"], draft.rules["notes"]) == ("9", ["改"])


def test_a_draft_that_is_gone_or_a_broken_request_saves_nothing(cast, as_user) -> None:
    client, draft = as_user(cast.admin), begun(cast)
    address = url("edit", draft, "filing")
    assert client.post(address, {"revision": "1"}).status_code == 422
    assert client.post(address, fields(page(client, address)) | {"revision": "²"}).status_code == 409
    assert client.get(url("edit", draft, "nothing")).status_code == 404
    SchemeDraft.objects.filter(pk=draft.pk).delete()
    with pytest.raises(DraftMoved) as moved:
        save_rules(draft=draft, rules={}, revision=1, by=cast.admin, now=AFTER)
    assert moved.value.draft is None


def test_text_typed_into_the_form_is_shown_as_text(cast, as_user) -> None:
    client, draft = as_user(cast.admin), begun(cast, "s12")
    address = url("edit", draft, "basics")
    client.post(address, fields(page(client, address)) | {"basics-0-name": "<script>alert(1)</script>"})
    for shown in (address, url("detail", draft), reverse("scoring:scheme-list")):
        assert "<script>alert" not in page(client, shown)


def test_a_draft_is_discarded_only_as_it_was_seen(cast, as_user) -> None:
    client, draft = as_user(cast.admin), begun(cast)
    assert client.post(url("discard", draft), {"revision": 7}).status_code == 409
    assert client.post(url("discard", draft), {"revision": 1}).url == reverse("scoring:scheme-list")
    assert not SchemeDraft.objects.exists()
    assert AuditEntry.objects.filter(action="scheme.discard").exists()
    assert client.get(url("detail", draft)).status_code == 404


# Into force


def test_one_proposes_and_another_puts_it_in_force(cast, as_user) -> None:
    """Rule R85."""
    client, draft = as_user(cast.admin), begun(cast)
    assert "2026-05-01" in page(client, url("propose", draft))
    sent = {"effective_from": "2026-05-01", "reason": "通巡办〔2026〕3号", "revision": 1}
    assert client.post(url("propose", draft), sent).status_code == 302
    draft.refresh_from_db()
    assert (draft.effective_from, draft.proposed_by) == (NEXT_MONTH, cast.admin)
    assert client.get(url("confirm", draft)).status_code == 403
    assert client.post(url("confirm", draft), {"revision": 2}).status_code == 403
    leader = as_user(cast.principal_leader)
    assert url("confirm", draft) in page(leader, url("detail", draft))
    page(leader, url("confirm", draft))
    leader.post(url("confirm", draft), {"revision": 2})
    version = SchemeVersion.objects.get()
    assert (version.rules, version.effective_from) == (shipped("s12"), NEXT_MONTH)
    assert (version.created_by, version.confirmed_by) == (cast.admin, cast.principal_leader)
    assert version.note == "通巡办〔2026〕3号"
    assert not SchemeDraft.objects.exists()
    actions = list(AuditEntry.objects.order_by("pk").values_list("action", "actor"))
    assert actions[-2:] == [("scheme.propose", cast.admin.pk), ("scheme.add", cast.principal_leader.pk)]
    html = page(as_user(cast.author), reverse("scoring:scheme-detail", args=[1]))
    assert cast.principal_leader.display_name in html


def test_another_administrator_may_confirm_but_nobody_below(cast, second) -> None:
    draft = proposed(cast)
    for other in (cast.auditor, cast.section_head, cast.supervising_leader, cast.author, cast.admin):
        with pytest.raises(PermissionDenied):
            confirm_scheme(draft=draft, revision=2, by=other, now=AFTER)
    assert confirm_scheme(draft=draft, revision=2, by=second, now=AFTER).confirmed_by == second


def test_what_was_edited_after_the_proposal_is_not_confirmed(cast, as_user) -> None:
    draft = proposed(cast)
    save_rules(draft=draft, rules=shipped("s7"), revision=2, by=cast.admin, now=AFTER)
    leader = as_user(cast.principal_leader)
    assert leader.post(url("confirm", draft), {"revision": 2}).status_code == 409
    assert leader.get(url("confirm", draft)).status_code == 409
    assert not SchemeVersion.objects.exists()
    draft.refresh_from_db()
    assert (draft.effective_from, draft.proposed_by, draft.proposed_at) == (None, None, None)


def test_a_proposal_is_taken_back_by_its_office_and_refused_by_the_leader(cast, as_user) -> None:
    draft = proposed(cast)
    assert as_user(cast.auditor).post(url("recall", draft), {"revision": 2}).status_code == 403
    assert as_user(cast.principal_leader).post(url("recall", draft), {"revision": 1}).status_code == 409
    assert as_user(cast.principal_leader).post(url("recall", draft), {"revision": 2}).status_code == 302
    draft.refresh_from_db()
    assert draft.effective_from is None


def test_a_day_that_is_taken_or_senseless_is_refused(cast, city, as_user) -> None:
    create_default_scheme(office=city.office, effective_from=NEXT_MONTH, now=AFTER)
    client, draft = as_user(cast.admin), begun(cast)
    for day in ("2026-05-01", "1926-05-01", "0001-01-01", "tomorrow", ""):
        sent = {"effective_from": day, "reason": "依据", "revision": 1}
        assert client.post(url("propose", draft), sent).status_code == 422
    sent = {"effective_from": "2026-06-01", "reason": "", "revision": 1}
    assert client.post(url("propose", draft), sent).status_code == 422
    assert client.post(url("propose", draft), sent | {"reason": "依据", "revision": 5}).status_code == 409
    draft.refresh_from_db()
    assert draft.revision == 1


def test_of_two_proposals_for_one_day_the_second_is_not_put_in_force(cast, as_user) -> None:
    first, later = proposed(cast), proposed(cast)
    confirm_scheme(draft=first, revision=2, by=cast.principal_leader, now=AFTER)
    leader = as_user(cast.principal_leader)
    assert leader.post(url("confirm", later), {"revision": 2}).status_code == 409
    assert SchemeVersion.objects.count() == 1


def test_a_flawed_scheme_is_not_proposed_by_any_way(cast) -> None:
    draft = begun(cast, rules=FLAWED)
    with pytest.raises(SchemeError):
        propose_scheme(
            draft=draft, effective_from=NEXT_MONTH, reason="依据", revision=1, by=cast.admin, now=AFTER
        )


def test_a_day_in_the_past_says_which_months_are_counted_again_and_counts_them(
    cast, city, outlets, as_user
) -> None:
    create_default_scheme(office=city.office, effective_from=LONG_AGO, now=AFTER)
    for day in ("2026-01-10", "2026-02-10", "2026-03-10"):
        adopted(cast, outlets["city"], day)
        counted(city.office, day[:7])
    StaleMonth.objects.all().delete()
    draft = proposed(cast, date(2026, 2, 15))
    html = page(as_user(cast.principal_leader), url("confirm", draft))
    assert "2026-02" in html
    assert "2026-01" not in html
    confirm_scheme(draft=draft, revision=2, by=cast.principal_leader, now=AFTER)
    assert {row.month for row in StaleMonth.objects.all()} == {date(2026, 2, 1), date(2026, 3, 1)}
    assert Tally.objects.count() == 3


# Cost


def test_pages_of_a_draft_take_as_many_queries_with_thirty_rows(cast, as_user) -> None:
    client = as_user(cast.admin)
    rule = {"points": "1", "outlet": "某报"}
    few = begun(cast, rules={"name": "少", "adoption": {"rules": [rule]}})
    many = begun(
        cast, rules={"name": "多", "adoption": {"rules": [rule | {"outlet": f"报{n}"} for n in range(30)]}}
    )
    parse_scheme(many.rules)

    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as context:
            page(client, address)
        return len(context)

    for name, *more in (("detail",), ("edit", "adoption")):
        queries(url(name, few, *more))
        assert queries(url(name, few, *more)) == queries(url(name, many, *more))
    before = queries(reverse("scoring:scheme-list"))
    for _number in range(20):
        begun(cast)
    assert queries(reverse("scoring:scheme-list")) == before


def test_moments_are_those_given(cast) -> None:
    assert begun(cast).changed_at == AFTER == shanghai("2026-04-02")


def test_a_proposal_waits_on_the_desk_of_whoever_may_confirm_it(cast, second, as_user) -> None:
    draft, idle = proposed(cast), begun(cast)
    for reader, waits in (
        (cast.principal_leader, True),
        (second, True),
        (cast.admin, False),
        (cast.auditor, False),
    ):
        html = page(as_user(reader), reverse("desk"))
        assert (url("detail", draft) in html) is waits, reader
        assert url("detail", idle) not in html
