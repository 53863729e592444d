"""Every step tells those whom it concerns, once, and nobody else."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from notices.enums import Kind
from notices.models import Notice
from reviews.enums import Action, Reason
from reviews.returns.points import Point
from reviews.steps.moving import Overtaken
from reviews.steps.services import take_step
from reviews.steps.telling import tell_of_step
from submissions.enums import Status
from submissions.models import Item
from submissions.services.drafts import Author
from tests.conftest import Cast, filed, step
from tests.reviews.builders import NOW, item_at, refiled


def told(kind: Kind) -> dict[str, str]:
    """Account name → text, of the newest notices of a kind."""
    return {each.recipient.username: each.text for each in Notice.objects.filter(kind=kind).order_by("pk")}


def forget() -> None:
    Notice.objects.all().delete()


def test_filing_tells_the_first_level_and_not_the_writer(cast: Cast) -> None:
    filed(cast.author, NOW)
    assert told(Kind.ARRIVED) == {"section": "青山县的《青山县扎实推进巡察整改》待综合科负责人审核。"}
    assert Notice.objects.count() == 1


def test_passing_tells_the_next_level_and_every_writer(cast: Cast) -> None:
    both = [Author("甲作者", 1, cast.author), Author("乙同事", 1, cast.colleague)]
    item = filed(cast.author, NOW, authors=both)
    forget()
    step(item, Action.PASS, cast.section_head, NOW)
    assert set(told(Kind.ARRIVED)) == {"supervising"}
    assert set(told(Kind.MOVED)) == {"author", "colleague"}
    assert Notice.objects.count() == 3


def test_issuing_tells_the_writers(cast: Cast) -> None:
    item = item_at(cast, Status.PRINCIPAL_REVIEW)
    forget()
    step(item, Action.ISSUE, cast.principal_leader, NOW)
    assert told(Kind.ISSUED) == {"author": "《青山县扎实推进巡察整改》已签发。"}
    assert Notice.objects.count() == 1


def test_a_return_tells_the_writers_what_to_revise_and_the_signers_that_it_went_back(cast: Cast) -> None:
    item = item_at(cast, Status.PRINCIPAL_REVIEW)
    forget()
    take_step(
        item=item,
        action=Action.RETURN,
        by=cast.principal_leader,
        source=item.status,
        version=1,
        comment="请核实",
        points=[Point(Reason.FACTS, "核对办结件数")],
        now=NOW,
    )
    assert told(Kind.RETURNED) == {
        "author": "主要领导退回《青山县扎实推进巡察整改》：请核实；事实需要核实：核对办结件数"
    }
    assert set(told(Kind.CHANGED)) == {"section", "supervising"}
    assert not told(Kind.ARRIVED)


def test_sending_back_tells_the_level_it_went_to_and_those_passed_by(cast: Cast) -> None:
    item = item_at(cast, Status.PRINCIPAL_REVIEW)
    forget()
    take_step(
        item=item,
        action=Action.SEND_BACK,
        by=cast.principal_leader,
        source=item.status,
        version=1,
        points=[Point(Reason.POLICY, "口径再核")],
        to=Status.SECTION_REVIEW,
        now=NOW,
    )
    assert "己主要把《青山县扎实推进巡察整改》退给您：政策口径：口径再核" in told(Kind.ARRIVED)["section"]
    assert set(told(Kind.CHANGED)) == {"supervising"}
    assert not told(Kind.RETURNED)


def test_whoever_signed_a_text_that_was_changed_is_told_where_to_see_it(cast: Cast) -> None:
    item = item_at(cast, Status.PRINCIPAL_RETURN)
    forget()
    refiled(item, cast.author, body="改好了。")
    assert set(told(Kind.CHANGED)) == {"section", "supervising"}
    links = set(Notice.objects.filter(kind=Kind.CHANGED).values_list("link", flat=True))
    assert links == {reverse("reviews:version-compare", args=[item.pk, 1, 2])}
    assert set(told(Kind.ARRIVED)) == {"principal"}


def test_a_text_filed_again_as_it_was_is_no_change(cast: Cast) -> None:
    item = item_at(cast, Status.PRINCIPAL_RETURN)
    forget()
    step(item, Action.SUBMIT, cast.author, NOW)
    assert not told(Kind.CHANGED)


def test_a_withdrawal_tells_nobody(cast: Cast) -> None:
    item = filed(cast.author, NOW)
    forget()
    step(item, Action.WITHDRAW, cast.author, NOW)
    assert not Notice.objects.exists()


def test_a_level_that_is_passed_over_is_not_told(cast: Cast) -> None:
    cast.section_head.grants.all().delete()
    filed(cast.author, NOW)
    assert set(told(Kind.ARRIVED)) == {"supervising"}


def test_nothing_is_told_twice_nor_of_a_step_that_was_not_taken(cast: Cast) -> None:
    item = filed(cast.author, NOW)
    told_once = Notice.objects.count()
    tell_of_step(item, item.decisions.get(), NOW)
    with pytest.raises(Overtaken):
        take_step(
            item=item,
            action=Action.PASS,
            by=cast.section_head,
            source=Status.PRINCIPAL_REVIEW,
            version=1,
            now=NOW,
        )
    assert Notice.objects.count() == told_once


def test_telling_takes_as_many_queries_for_many_writers_as_for_one(cast: Cast, city) -> None:
    def queries(item: Item) -> int:
        with CaptureQueriesContext(connection) as captured:
            step(item, Action.PASS, cast.section_head, NOW)
        return len(captured)

    alone = filed(cast.author, NOW)
    people = [
        User.objects.create_user(f"writer{n}", None, display_name=f"作者{n}", unit=city.county)
        for n in range(12)
    ]
    together = filed(cast.author, NOW, authors=[Author(p.display_name, 1, p) for p in people])
    assert queries(alone) == queries(together)
