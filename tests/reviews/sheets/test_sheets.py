"""Approval and agenda sheets: what stands on them, in both forms, and who prints them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from docx import Document
from docx.oxml.ns import qn

from accounts.enums import Role
from accounts.models import User
from paper.sheet import Sheet, Tone
from paper.sheet_pdf import sheet_pdf
from paper.sheet_word import sheet_docx
from reviews.enums import Action, MeetingKind, Stance
from reviews.models import SecrecyReview
from reviews.sheets.approval import approval_sheet
from reviews.sheets.meeting import agenda_sheet
from reviews.stand_ins.services import name_stand_in
from reviews.undoing.services import undo_step
from submissions.enums import Route, Status
from submissions.models import Item
from submissions.services.drafts import Author
from tests.conftest import Cast, City, draft, filed, make_person, shanghai, step
from tests.reviews.builders import IMPORTANT, item_at, refiled
from tests.reviews.meetings.test_meetings import AFTER, GROUP, called, concluded, on_table, resolved, said

NOW = shanghai("2026-04-10", "09:05")
#: A rare character, Mongolian written downwards, an emoji of several signs, and what could pass for markup.
HOSTILE = "𬱖喆 ᠮᠣᠩᠭᠣᠯ 👨‍👩‍👧 #let x = $1 *a* <w:p/> =SUM(A1) \\ & “引”"
SignIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def chinese():
    with override("zh-hans"):
        yield


def told(sheet: Sheet) -> str:
    """Every text of the boxes, a line each."""
    return "\n".join(line.text for line in _lines(sheet))


def _lines(sheet: Sheet):
    return [line for table in sheet.tables for row in table.rows for box in row.boxes for line in box.lines]


def pages(sheet: Sheet) -> list[str]:
    document = pypdfium2.PdfDocument(sheet_pdf(sheet).files[0])
    return [page.get_textpage().get_text_range() for page in document]


def in_word(sheet: Sheet) -> str:
    """The words of a Word file, the foot of its pages behind them."""
    word = Document(BytesIO(sheet_docx(sheet, NOW)))
    parts = [word.element.body, word.sections[0].footer._element]
    return "\n".join("".join(node.text or "" for node in part.iter(qn("w:t"))) for part in parts)


# What stands on it -------------------------------------------------------------------------------------


def test_it_names_everybody_who_answered_with_version_and_minute(cast: Cast) -> None:
    item = item_at(cast, Status.GROUP_REVIEW, IMPORTANT, NOW)
    cast.principal_leader.post = "主任"
    cast.principal_leader.save()
    text = told(approval_sheet(item, cast.section_head, NOW))
    for name in ("甲作者", "单位审核人", "丁科长", "戊分管", "主任 己主要"):
        assert name in text
    version = item.versions.get()
    assert version.sha256[:16] in text
    assert text.count("2026年4月10日 09:05") >= 4
    assert "全市重点工作" in text


def test_levels_that_nobody_has_signed_have_room_to_sign_by_hand(cast: Cast) -> None:
    sheet = approval_sheet(item_at(cast, Status.SUPERVISING_REVIEW), cast.section_head, NOW)
    assert told(sheet).count("签名：") == 2


def test_shares_are_printed_where_they_differ(cast: Cast) -> None:
    authors = [Author("甲作者", 2, cast.author), Author("外单位", 1)]
    item = filed(cast.author, NOW, authors=authors)
    assert "甲作者（2/3）、外单位（1/3）" in told(approval_sheet(item, cast.author, NOW))


def test_a_signature_is_void_once_the_text_is_another(cast: Cast) -> None:
    item = item_at(cast, Status.SUPERVISING_REVIEW, now=NOW)
    step(item, Action.RETURN, cast.supervising_leader, NOW, "改")
    item = refiled(item, cast.author, NOW, body="另一稿")
    text = told(approval_sheet(item, cast.section_head, NOW))
    assert "第1版" in text
    assert "第2版" in text
    assert "此签不作数" in text


def test_a_signature_stands_when_nothing_was_changed(cast: Cast) -> None:
    item = item_at(cast, Status.SUPERVISING_REVIEW, now=NOW)
    text = told(approval_sheet(item, cast.section_head, NOW))
    assert "不作数" not in text


def test_what_was_undone_is_struck(cast: Cast) -> None:
    item = item_at(cast, Status.SUPERVISING_REVIEW, now=NOW)
    decision = item.decisions.get(action=Action.PASS)
    undo_step(decision=decision, by=cast.section_head, now=NOW + timedelta(minutes=1))
    item.refresh_from_db()
    struck = [
        line.text for line in _lines(approval_sheet(item, cast.section_head, NOW)) if "struck" in line.tone
    ]
    assert any("丁科长" in text for text in struck)


def test_a_stand_in_signs_for_the_one_away(cast: Cast, city: City) -> None:
    deputy = make_person(city.office, "deputy", "代理人", Role.SECTION_HEAD)
    until = NOW + timedelta(days=1)
    leader = cast.supervising_leader
    name_stand_in(absent=leader, stand_in=deputy, since=NOW, until=until, by=leader, now=NOW)
    item = item_at(cast, Status.SUPERVISING_REVIEW, now=NOW)
    step(item, Action.PASS, deputy, NOW)
    text = told(approval_sheet(item, cast.section_head, NOW))
    assert "代理人（代戊分管）" in text


def test_the_secrecy_statement_and_the_secrecy_review_stand_on_it(cast: Cast) -> None:
    item = item_at(cast, Status.SUPERVISING_REVIEW, now=NOW)
    SecrecyReview.objects.create(
        item=item,
        version=item.versions.get(),
        answers={"pictures": True},
        clear=False,
        comment="照片中有名单",
        by=cast.group_member,
        at=NOW,
    )
    text = told(approval_sheet(item, cast.section_head, NOW))
    assert "不宜公开：照片中有名单" in text
    assert "庚成员" in text


def test_a_recusal_is_told(cast: Cast) -> None:
    item = filed(cast.section_head, NOW, unit=cast.section_head.unit)
    assert item.status == Status.SUPERVISING_REVIEW
    assert item.decisions.filter(action=Action.RECUSE).exists()
    lines = _lines(approval_sheet(item, cast.section_head, NOW))
    assert any(line.tone == Tone.SIGNED and "09:05" in line.text for line in lines)


def test_what_members_said_is_for_those_who_see_meetings(cast: Cast) -> None:
    entry = on_table(cast, GROUP)
    said(entry, cast.section_head, cast.group_member, stance=Stance.AGREE)
    resolved(entry, cast.section_head, True)
    concluded(entry)
    item = Item.objects.get(pk=entry.item_id)
    opinion = "庚成员：同意"
    assert opinion in told(approval_sheet(item, cast.section_head, AFTER))
    for reader in (cast.author, cast.county_admin):
        text = told(approval_sheet(item, reader, AFTER))
        assert opinion not in text
        assert "领导小组会议：同意" in text


# Printed -----------------------------------------------------------------------------------------------


def test_an_ordinary_sheet_is_one_page_with_time_person_number_and_warning(cast: Cast) -> None:
    item = item_at(cast, Status.ISSUED, IMPORTANT, NOW)
    sheet = approval_sheet(item, cast.section_head, NOW)
    (page,) = pages(sheet)
    for text in (page, in_word(sheet)):
        flat = text.replace("\r", "").replace("\n", "").replace(" ", "")
        assert f"{item.office.name}" in flat
        assert "巡察宣传稿件审签单" in flat
        assert "打印时间：2026年4月10日09:05" in flat
        assert "打印人：丁科长" in flat
        assert "第1页共1页" in flat
        assert "本系统为非涉密系统" in flat


def test_long_comments_flow_on_to_further_pages(cast: Cast) -> None:
    item = item_at(cast, Status.SECTION_REVIEW, now=NOW)
    step(item, Action.PASS, cast.section_head, NOW, "逐条核对如下：" + "核对数字、时间、地点和人名。" * 140)
    step(item, Action.PASS, cast.supervising_leader, NOW, "政策口径准确。" * 250)
    found = pages(approval_sheet(item, cast.section_head, NOW))
    assert len(found) > 1
    assert "第 2 页" in found[1]
    printed = "".join("".join(found).split())
    assert printed.count("政") == 250


def test_any_text_is_printed_as_it_was_typed(cast: Cast) -> None:
    item = draft(cast.author, NOW, title=f"标题{HOSTILE}")
    item = step(item, Action.SUBMIT, cast.author, NOW)
    step(item, Action.PASS, cast.section_head, NOW, HOSTILE)
    sheet = approval_sheet(item, cast.section_head, NOW)
    done = sheet_pdf(sheet)
    assert done.missing == ()
    text = "".join(pages(sheet)).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    for piece in ("𬱖", "ᠮᠣᠩᠭᠣᠯ", "#let x = $1", "=SUM(A1)", "<w:p/>"):
        assert piece in text
    assert in_word(sheet).count(HOSTILE) == 2


def test_boxes_of_both_forms_say_the_same(cast: Cast) -> None:
    sheet = approval_sheet(item_at(cast, Status.ISSUED, IMPORTANT, NOW), cast.section_head, NOW)
    words = in_word(sheet).replace("\n", "")
    for line in told(sheet).splitlines():
        assert line in words


@pytest.mark.parametrize("kind", [GROUP, MeetingKind.DIRECTORS])
def test_the_agenda_sheet_has_the_columns_of_its_meeting_and_room_to_sign(cast: Cast, kind: str) -> None:
    entry = on_table(cast, kind)
    sheet = agenda_sheet(entry.meeting, cast.section_head, NOW)
    columns = {
        GROUP: ("政治方向", "舆论导向"),
        MeetingKind.DIRECTORS: ("政策关", "内容关", "文字关"),
    }[kind]  # type: ignore[index]
    text = told(sheet)
    assert all(column in text for column in (*columns, "参会人员签名", "三楼会议室"))
    assert entry.item.title in text
    assert "议题单" in sheet.title
    (page,) = pages(sheet)
    assert columns[0] in page
    assert columns[0] in in_word(sheet)


def test_after_the_meeting_opinions_and_resolutions_stand_on_it(cast: Cast) -> None:
    entry = on_table(cast, GROUP)
    said(entry, cast.section_head, cast.group_member, stance=Stance.CHANGES)
    resolved(entry, cast.section_head, False, "补充数据")
    concluded(entry)
    entry.meeting.refresh_from_db()
    sheet = agenda_sheet(entry.meeting, cast.section_head, AFTER)
    assert "审议表" in sheet.title
    assert "庚成员：修改后同意" in told(sheet)
    assert "退回修改：补充数据" in told(sheet)


def test_twenty_items_take_several_pages_each_with_the_head(cast: Cast) -> None:
    meeting = called(cast, GROUP)
    first = item_at(cast, Status.GROUP_REVIEW, IMPORTANT, NOW)
    for number in range(1, 21):
        meeting.agenda.create(item=_copy(first, number), version=first.versions.get(), position=number)
    found = pages(agenda_sheet(meeting, cast.section_head, NOW))
    assert len(found) > 2
    assert sum("舆论导向" in page for page in found) >= len(found) - 1


def _copy(item: Item, number: int) -> Item:
    """A row beside it, as far as an agenda looks."""
    fields = {"office": item.office, "unit": item.unit, "submitter": item.submitter, "title": f"第{number}件"}
    moments = {"status_since": NOW, "created_at": NOW, "changed_at": NOW, "submitted_at": NOW}
    return Item.objects.create(
        number=f"n{number}", status=Status.GROUP_REVIEW, version=1, route=Route.IMPORTANT, **fields, **moments
    )


# Who prints --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["", "-docx"])
def test_whoever_sees_the_item_prints_its_sheet(cast: Cast, as_user: SignIn, form: str) -> None:
    item = item_at(cast, Status.SUPERVISING_REVIEW)
    url = reverse(f"reviews:item-sheet{form}", args=[item.pk])
    for person in (cast.author, cast.section_head, cast.admin):
        answer = as_user(person).get(url)
        assert answer.status_code == 200
        assert "attachment" in answer["Content-Disposition"]
    page = as_user(cast.section_head).get(reverse("submissions:item-detail", args=[item.pk]))
    assert url in page.content.decode()


@pytest.mark.parametrize("form", ["", "-docx"])
def test_nobody_else_does(cast: Cast, foreign_cast: Cast, as_user: SignIn, form: str) -> None:
    url = reverse(f"reviews:item-sheet{form}", args=[item_at(cast, Status.SUPERVISING_REVIEW).pk])
    for person in (cast.other_author, foreign_cast.section_head):
        assert as_user(person).get(url).status_code == 404
    own = reverse(f"reviews:item-sheet{form}", args=[draft(cast.author, NOW).pk])
    assert as_user(cast.author).get(own).status_code == 404


def test_the_decision_page_links_the_sheet(cast: Cast, as_user: SignIn) -> None:
    item = item_at(cast, Status.SUPERVISING_REVIEW)
    page = as_user(cast.supervising_leader).get(reverse("reviews:item-decide", args=[item.pk]))
    assert reverse("reviews:item-sheet", args=[item.pk]) in page.content.decode()
