"""Adjustments of points: proposed by one person, approved by another, counted only then."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from accounts.enums import Role, UnitKind
from accounts.models import AuditEntry, Unit, User
from accounts.services.roles import grant_role
from accounts.services.units import create_unit
from stats.enums import AdjustmentStatus
from stats.models import Adjustment
from stats.services.adjustments import (
    AdjustmentFacts,
    AdjustmentMoved,
    approve_adjustment,
    propose_adjustment,
    refuse_adjustment,
    withdraw_adjustment,
)
from submissions.models import StaleMonth
from tests.conftest import LONG_AGO, make_person, shanghai
from tests.stats.world import AFTER
from tests.submissions.builders import PDF

LIST = "/stats/adjustments/"


def proposed(cast, unit: Unit, **changes: Any) -> Adjustment:
    """Five points on 10 March for work that no rule measures; changed by keyword."""
    facts: dict[str, Any] = {
        "unit": unit,
        "date": date(2026, 3, 10),
        "points": Decimal(5),
        "reason": "承办全市巡察宣传现场会",
        "evidence": "主任办公会纪要〔2026〕3号",
    } | changes
    return propose_adjustment(facts=AdjustmentFacts(**facts), by=cast.admin, now=AFTER)


def second_admin(city) -> User:
    person = make_person(city.office, "second", "第二管理员")
    grant_role(user=person, role=Role.OFFICE_ADMIN, unit=city.office, since=LONG_AGO)
    return person


def posted(unit: Unit, **changes: Any) -> dict[str, Any]:
    return {
        "unit": unit.pk,
        "date": "2026-03-10",
        "points": "-2.5",
        "reason": "扣减",
        "evidence": "=会议纪要",
    } | changes


def test_r74_a_proposal_moves_no_figures_and_an_approval_moves_its_month(cast, city) -> None:
    adjustment = proposed(cast, city.county)
    assert not StaleMonth.objects.exists()
    approve_adjustment(adjustment=adjustment, by=cast.supervising_leader, now=AFTER)
    assert [debt.month for debt in StaleMonth.objects.all()] == [date(2026, 3, 1)]
    assert Adjustment.objects.counted().get().decided_by == cast.supervising_leader


@pytest.mark.parametrize("who", ["principal_leader", "supervising_leader"])
def test_leaders_approve(who, cast, city) -> None:
    adjustment = approve_adjustment(adjustment=proposed(cast, city.county), by=getattr(cast, who), now=AFTER)
    assert adjustment.status == AdjustmentStatus.APPROVED


def test_r74_nobody_approves_their_own_proposal_but_another_administrator_does(cast, city) -> None:
    adjustment = proposed(cast, city.county)
    with pytest.raises(PermissionDenied):
        approve_adjustment(adjustment=adjustment, by=cast.admin, now=AFTER)
    approve_adjustment(adjustment=adjustment, by=second_admin(city), now=AFTER)


@pytest.mark.parametrize("who", ["author", "section_head", "county_admin", "auditor", "group_member"])
def test_nobody_else_proposes_or_decides(who, cast, city) -> None:
    person, adjustment = getattr(cast, who), proposed(cast, city.county)
    with pytest.raises(PermissionDenied):
        approve_adjustment(adjustment=adjustment, by=person, now=AFTER)
    with pytest.raises(PermissionDenied):
        refuse_adjustment(adjustment=adjustment, remark="不符合", by=person, now=AFTER)
    with pytest.raises(PermissionDenied):
        withdraw_adjustment(adjustment=adjustment, by=person, now=AFTER)
    facts = AdjustmentFacts(city.county, date(2026, 3, 1), Decimal(1), "理由", "依据")
    with pytest.raises(PermissionDenied):
        propose_adjustment(facts=facts, by=person, now=AFTER)


def test_the_leader_of_another_office_has_no_say(cast, foreign_cast, city) -> None:
    with pytest.raises(PermissionDenied):
        approve_adjustment(
            adjustment=proposed(cast, city.county), by=foreign_cast.principal_leader, now=AFTER
        )


def test_what_was_decided_is_not_decided_again(cast, city) -> None:
    read = proposed(cast, city.county)
    refuse_adjustment(adjustment=read, remark="依据不足", by=cast.principal_leader, now=AFTER)
    for act in (
        lambda: approve_adjustment(adjustment=read, by=cast.supervising_leader, now=AFTER),
        lambda: refuse_adjustment(adjustment=read, remark="再次", by=cast.supervising_leader, now=AFTER),
        lambda: withdraw_adjustment(adjustment=read, by=cast.admin, now=AFTER),
    ):
        with pytest.raises(AdjustmentMoved):
            act()
    read.refresh_from_db()
    assert (read.status, read.remark) == (AdjustmentStatus.REFUSED, "依据不足")
    assert not StaleMonth.objects.exists()


def test_a_refusal_says_why(cast, city) -> None:
    with pytest.raises(ValidationError):
        refuse_adjustment(
            adjustment=proposed(cast, city.county), remark="  ", by=cast.principal_leader, now=AFTER
        )


def test_the_database_itself_refuses_an_approval_by_the_proposer(cast, city) -> None:
    adjustment = proposed(cast, city.county)
    own = {"status": AdjustmentStatus.APPROVED, "decided_by": cast.admin, "decided_at": AFTER}
    with pytest.raises(IntegrityError), transaction.atomic():
        Adjustment.objects.filter(pk=adjustment.pk).update(**own)


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("points", {"points": Decimal(0)}),
        ("reason", {"reason": "  "}),
        ("evidence", {"evidence": ""}),
        ("date", {"date": date(2026, 4, 3)}),
        ("date", {"date": date(2014, 12, 31)}),
        ("points", {"points": Decimal("0.125")}),
    ],
)
def test_a_proposal_lacks_nothing(field, changes, cast, city) -> None:
    with pytest.raises(ValidationError) as refusal:
        proposed(cast, city.county, **changes)
    assert field in refusal.value.error_dict
    assert not Adjustment.objects.exists()


def test_points_go_to_units_that_are_ranked(cast, foreign_cast, city) -> None:
    below = create_unit(
        parent=city.county, kind=UnitKind.DEPARTMENT, code="a-1", name="县农业局", active_from=LONG_AGO
    )
    for unit in (below, foreign_cast.author.unit):
        with pytest.raises(ValidationError):
            proposed(cast, unit)


def test_every_step_is_in_the_audit_trail(cast, city) -> None:
    approve_adjustment(adjustment=proposed(cast, city.county), by=cast.principal_leader, now=AFTER)
    refuse_adjustment(
        adjustment=proposed(cast, city.county), remark="不符合", by=cast.principal_leader, now=AFTER
    )
    withdraw_adjustment(adjustment=proposed(cast, city.county), by=cast.admin, now=AFTER)
    actions = AuditEntry.objects.filter(action__startswith="adjustment").values_list("action", flat=True)
    assert sorted(actions) == [
        "adjustment.approve",
        "adjustment.propose",
        "adjustment.propose",
        "adjustment.propose",
        "adjustment.refuse",
        "adjustment.withdraw",
    ]


def test_a_unit_sees_what_counts_for_it_and_nothing_else(cast, foreign_cast, city, as_user) -> None:
    own, other = proposed(cast, city.county), proposed(cast, city.other_county)
    county, office = as_user(cast.author), as_user(cast.admin)
    for adjustment in (own, other):
        url = reverse("stats:adjustment-detail", args=[adjustment.pk])
        assert county.get(url).status_code == 404
        assert office.get(url).status_code == 200
        assert as_user(foreign_cast.admin).get(url).status_code == 404
        approve_adjustment(adjustment=adjustment, by=cast.principal_leader, now=AFTER)
    assert county.get(reverse("stats:adjustment-detail", args=[own.pk])).status_code == 200
    assert county.get(reverse("stats:adjustment-detail", args=[other.pk])).status_code == 404
    html = county.get(LIST).content.decode()
    assert city.county.name in html
    assert city.other_county.name not in html


@pytest.mark.usefixtures("clean_files")
def test_the_pages_lead_from_a_proposal_to_its_approval(cast, city, as_user) -> None:
    admin, leader = as_user(cast.admin), as_user(cast.principal_leader)
    file = SimpleUploadedFile("纪要.pdf", PDF, "application/pdf")
    answer = admin.post(f"{LIST}propose/", posted(city.county, file=file))
    adjustment = Adjustment.objects.get()
    detail = reverse("stats:adjustment-detail", args=[adjustment.pk])
    assert answer.url == detail
    assert "−2.5" in admin.get(detail).content.decode()
    evidence = admin.get(reverse("stats:adjustment-evidence", args=[adjustment.pk]))
    assert b"".join(evidence) == PDF
    assert evidence["Content-Security-Policy"] == "sandbox"
    decide = reverse("stats:adjustment-decide", args=[adjustment.pk])
    assert admin.get(decide).status_code == 403
    assert admin.post(decide, {"decision": "approve"}).status_code == 403
    assert leader.post(decide, {"decision": "refuse"}).status_code == 422
    assert leader.post(decide, {"decision": "approve"}).url == detail
    assert leader.post(decide, {"decision": "approve"}).status_code == 409
    assert admin.post(reverse("stats:adjustment-withdraw", args=[adjustment.pk])).status_code == 409
    adjustment.refresh_from_db()
    assert (adjustment.status, adjustment.points) == (AdjustmentStatus.APPROVED, Decimal("-2.50"))


def test_a_form_that_lacks_the_basis_is_shown_again(cast, city, as_user) -> None:
    client = as_user(cast.admin)
    assert client.post(f"{LIST}propose/", posted(city.county, evidence="")).status_code == 422
    fake = SimpleUploadedFile("纪要.pdf", b"no pdf at all", "application/pdf")
    assert client.post(f"{LIST}propose/", posted(city.county, file=fake)).status_code == 422
    assert not Adjustment.objects.exists()
    assert as_user(cast.author).get(f"{LIST}propose/").status_code == 403


def test_a_proposal_is_withdrawn_before_it_is_decided(cast, city, as_user) -> None:
    adjustment = proposed(cast, city.county)
    url = reverse("stats:adjustment-withdraw", args=[adjustment.pk])
    assert as_user(cast.principal_leader).get(url).status_code == 403
    assert as_user(cast.admin).get(url).status_code == 200
    assert as_user(cast.admin).post(url).status_code == 302
    adjustment.refresh_from_db()
    assert adjustment.status == AdjustmentStatus.WITHDRAWN


def test_the_list_is_searched_sorted_and_exported_as_seen(cast, city, as_user) -> None:
    proposed(cast, city.county, evidence="=HYPERLINK(1)")
    proposed(cast, city.other_county, points=Decimal(-1), reason="另一件")
    client = as_user(cast.admin)
    html = client.get(f"{LIST}?q=另一件&o=points").content.decode()
    assert "白水县" in html
    assert "现场会" not in html
    assert client.get(f"{LIST}?status=nonsense").status_code == 200
    content = client.get(f"{LIST}export/?o=-points&c=all").getvalue()
    sheet = load_workbook(BytesIO(content)).worksheets[0]
    cells = {cell.value: cell for row in sheet.iter_rows() for cell in row}
    assert {"青山县", "白水县"} <= set(cells)
    assert cells["=HYPERLINK(1)"].data_type == "s"


def test_the_list_takes_as_many_queries_with_thirty_rows(cast, city, as_user) -> None:
    client = as_user(cast.admin)

    def queries() -> int:
        with CaptureQueriesContext(connection) as context:
            assert client.get(LIST).status_code == 200
        return len(context)

    proposed(cast, city.county)
    few = queries()
    for _place in range(24):
        proposed(cast, city.county)
    assert queries() == few


def test_the_desk_of_those_who_may_decide_says_what_waits(cast, city, as_user) -> None:
    adjustment = proposed(cast, city.county)
    decide = reverse("stats:adjustment-decide", args=[adjustment.pk])
    assert decide in as_user(cast.principal_leader).get("/").content.decode()
    assert decide not in as_user(cast.admin).get("/").content.decode()
    assert decide not in as_user(cast.author).get("/").content.decode()
    approve_adjustment(adjustment=adjustment, by=cast.principal_leader, now=AFTER)
    assert decide not in as_user(cast.principal_leader).get("/").content.decode()


def test_a_day_is_one_of_the_calendar_of_shanghai(cast, city) -> None:
    late = shanghai("2026-04-03", "00:30")
    facts = AdjustmentFacts(city.county, date(2026, 4, 3), Decimal(1), "理由", "依据")
    assert propose_adjustment(facts=facts, by=cast.admin, now=late).date == date(2026, 4, 3)
