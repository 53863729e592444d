"""Rule R56 of docs/scoring.md: an issued bulletin is what its frozen facts come to, for all to see."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import translation

from adoptions.entries.services import revoke_entry
from bulletins.document.codec import digest
from bulletins.document.inputs import Inputs
from bulletins.document.rows import Letterhead
from bulletins.models import Bulletin, FrozenFacts
from bulletins.services.drafting import BulletinMoved, correct_bulletin, draft_bulletin
from bulletins.services.life import check_bulletin, issue_bulletin, reopen_bulletin
from bulletins.services.text import edit_text, save_settings, save_template
from bulletins.services.verifying import verify
from scoring.models import SchemeVersion
from scoring.services.versions import create_default_scheme
from tests.conftest import LONG_AGO, shanghai
from tests.stats.world import AFTER, QUARTER, adopted, checked, counted, drafted, out, put_out

LATER = shanghai("2026-07-02")


@pytest.fixture(autouse=True)
def _scheme(city) -> None:
    create_default_scheme(office=city.office, effective_from=LONG_AGO, now=AFTER)


@pytest.fixture
def issue(cast, city, outlets) -> Bulletin:
    """One with edits, a late entry, a unit without anything, and a scheme."""
    adopted(cast, outlets["city"], "2025-12-11", title="上季度的")
    counted(city.office, "2025-12")
    put_out(cast, QUARTER.previous())
    adopted(cast, outlets["county"], "2025-12-20", title="迟到的")
    adopted(cast, outlets["central"], "2026-02-11", city.county, city.other_county)
    draft = drafted(city.office)
    words = {"leading.1": "二、表扬的单位", "problems.3": "", "demands.2": "（一）早报。"}
    draft = edit_text(bulletin=draft, words=words, by=cast.admin, sha256=draft.sha256, now=AFTER)
    return out(checked(city.office, cast.section_head), cast.principal_leader)


def test_r56_an_issued_bulletin_computed_again_has_the_same_hash(issue) -> None:
    verified = verify(issue)
    assert verified.holds
    assert verified.recomputed == issue.sha256 == digest(issue.document)


def test_r56_it_still_has_after_facts_rules_names_wording_and_settings_have_changed(
    issue, cast, city, outlets
) -> None:
    adopted(cast, outlets["province"], "2026-03-12", title="又一件")
    SchemeVersion.objects.update(rules={"name": "另一办法", "adoption": {"rules": []}})
    city.county.name = "改名县"
    city.county.save()
    save_template(office=city.office, section="opening", wording="换了说法。", by=cast.admin, now=LATER)
    save_settings(
        office=city.office, letterhead=Letterhead(code="新代字"), revision=0, by=cast.admin, now=LATER
    )
    with translation.override("en"):
        assert verify(Bulletin.objects.get(pk=issue.pk)).holds


def test_r56_a_changed_document_is_found_and_the_part_is_named(issue) -> None:
    issue.document["groups"][0]["rows"][0]["points"] = "999"
    issue.save(update_fields=["document"])
    verified = verify(Bulletin.objects.get(pk=issue.pk))
    assert not verified.holds
    assert verified.parts == ("groups",)


def test_r56_a_document_changed_together_with_its_hash_is_found_too(issue) -> None:
    issue.document["lines"][0]["points"] = "999"
    issue.sha256 = digest(issue.document)
    issue.save(update_fields=["document", "sha256"])
    verified = verify(issue)
    assert (verified.holds, verified.recorded == verified.stored, verified.parts) == (False, True, ("lines",))


def test_r56_even_a_bulletin_changed_with_its_facts_and_its_hash_differs_from_the_audit_trail(issue) -> None:
    facts = FrozenFacts.objects.get(bulletin=issue)
    facts.data["office"] = issue.document["office"] = "别的办公室"
    facts.save()
    issue.sha256 = digest(issue.document)
    issue.save(update_fields=["document", "sha256"])
    verified = verify(Bulletin.objects.get(pk=issue.pk))
    assert verified.recorded == verified.stored == verified.recomputed
    assert not verified.holds


def test_r56_changed_or_missing_facts_are_found(issue) -> None:
    facts = FrozenFacts.objects.get(bulletin=issue)
    data = dict(facts.data)
    facts.data["adoptions"][0]["level"] = "county"
    facts.save()
    assert not verify(Bulletin.objects.get(pk=issue.pk)).holds
    facts.data = data | {"format": 99}
    facts.save()
    assert verify(Bulletin.objects.get(pk=issue.pk)).fault
    facts.delete()
    assert verify(Bulletin.objects.get(pk=issue.pk)).fault == "no facts"


def test_r56_frozen_facts_are_stored_and_read_back_whole(issue) -> None:
    data = FrozenFacts.objects.get(bulletin=issue).data
    assert Inputs.from_json(data).to_json() == data


def test_r56_the_command_prints_a_line_for_each_and_fails_on_a_difference(issue, city) -> None:
    told = StringIO()
    call_command("verify_bulletins", stdout=told)
    assert len(told.getvalue().splitlines()) == 2
    assert issue.sha256 in told.getvalue()
    issue.document["title"] = "改了的标题"
    issue.save(update_fields=["document"])
    told = StringIO()
    with pytest.raises(CommandError):
        call_command("verify_bulletins", office=city.office.code, stdout=told)
    assert "title" in told.getvalue()


def test_r56_the_command_looks_at_one_office_when_asked(issue, foreign_cast) -> None:
    told = StringIO()
    call_command("verify_bulletins", office=foreign_cast.admin.office.code, stdout=told)
    assert told.getvalue() == ""


def test_r56_the_page_shows_the_result(issue, cast, foreign_cast, as_user: Callable[..., Client]) -> None:
    url = reverse("bulletins:bulletin-verify", args=[issue.pk])
    assert "alert-success" in as_user(cast.author).get(url).content.decode()
    assert as_user(foreign_cast.admin).get(url).status_code == 404
    issue.document["title"] = "改了的标题"
    issue.save(update_fields=["document"])
    shown = as_user(cast.author).get(url).content.decode()
    assert "alert-danger" in shown
    assert "title" in shown


def test_r56_before_the_issue_there_is_nothing_to_prove(cast, city, as_user) -> None:
    bulletin = drafted(city.office)
    url = reverse("bulletins:bulletin-verify", args=[bulletin.pk])
    assert as_user(cast.admin).get(url).status_code == 302


def test_r56_an_issued_bulletin_keeps_its_rows_its_hash_and_its_status(cast, city, outlets) -> None:
    first = adopted(cast, outlets["city"], "2026-02-11")
    bulletin = put_out(cast)
    frozen = bulletin.document
    revoke_entry(entry=first, reason="登记错误", revision=first.revision, by=cast.admin, now=LATER)
    assert draft_bulletin(office=city.office, period=QUARTER, now=LATER).document == frozen
    seen: dict[str, Any] = {"bulletin": bulletin, "sha256": bulletin.sha256, "now": LATER}
    for step, by in (
        (check_bulletin, cast.admin),
        (reopen_bulletin, cast.admin),
        (issue_bulletin, cast.principal_leader),
    ):
        with pytest.raises(BulletinMoved):
            step(by=by, **seen)
    with pytest.raises(BulletinMoved):
        edit_text(words={"opening.1": "改"}, by=cast.admin, **seen)
    bulletin.refresh_from_db()
    assert digest(bulletin.document) == bulletin.sha256
    assert bulletin.content.to_json() == frozen


def test_r56_a_correction_is_proven_like_any_other(issue, cast, city) -> None:
    correct_bulletin(bulletin=issue, what="名次有误", by=cast.admin, now=LATER)
    draft = drafted(city.office)
    ready = check_bulletin(bulletin=draft, by=cast.admin, sha256=draft.sha256, now=LATER)
    assert verify(out(ready, cast.principal_leader, LATER)).holds
