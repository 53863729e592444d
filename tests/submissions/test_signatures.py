"""Lines of bare names in a Word file: taken for a signature when they surely are one, and text otherwise."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from submissions.models import Item
from submissions.wordfile.blocks import Paragraph
from submissions.wordfile.opening import Opening, opening_of
from tests.conftest import Cast
from tests.submissions.builders import form_data
from tests.submissions.test_word_files import word

UNITS = {"科尔沁左翼中旗", "科左中旗", "青山县", "青山县委巡察办", "综合科", "白水县"}
PEOPLE = {"张三", "李四", "包喆", "乌云其木格", "阿拉坦·巴特尔", "仝卓然", "章三"}
TEXT = "4月10日，青山县委召开会议。"


def opened(*lines: str) -> Opening:
    """What is read from a large centred title and these lines."""
    title = Paragraph(plain="标题", is_centred=True, size=44)
    return opening_of([title, *(Paragraph(plain=line) for line in lines)], UNITS, PEOPLE)


KNOWN = [
    ("（张三 李四）", ["张三", "李四"]),
    ("(张三、李四)", ["张三", "李四"]),
    ("（仝卓然）", ["仝卓然"]),
    ("张三　李四", ["张三", "李四"]),
    ("张　三　李　四", ["张三", "李四"]),
    ("乌云其木格", ["乌云其木格"]),
    ("（科左中旗 张三）", ["张三"]),
    ("科左中旗　张三　章三", ["张三", "章三"]),
    ("（青山县 张三 李四）", ["张三", "李四"]),
    ("（旗委巡察办 张三 李四）", ["张三", "李四"]),
    ("（科尔沁左翼中旗 青山县委巡察办 包喆）", ["包喆"]),
    ("（阿拉坦•巴特尔）", ["阿拉坦·巴特尔"]),
]
UNKNOWN = [
    ("（王伟）", ["王伟"]),
    ("（王伟 刘洋洋）", ["王伟", "刘洋洋"]),
    ("（王伟、张三、包喆）", ["王伟", "张三", "包喆"]),
    ("（斯琴高娃）", ["斯琴高娃"]),
    ("（包斯琴　巴特尔）", ["包斯琴", "巴特尔"]),
    ("（额尔敦·巴雅尔）", ["额尔敦·巴雅尔"]),
    ("（欧阳明月）", ["欧阳明月"]),
    ("（科左中旗 王伟）", ["王伟"]),
    ("（旗委巡察办 王伟 刘洋洋）", ["王伟", "刘洋洋"]),
    ("（王红旗）", ["王红旗"]),
]
NOBODY = [
    "（试行）",
    "（节选）",
    "（征求意见稿）",
    "（讨论稿）",
    "（修订）",
    "（草案）",
    "（图文无关）",
    "（一）",
    "（完）",
    "（上）",
    "（通讯）",
    "（时评）",
    "（连载）",
    "（全文）",
    "（高质量）",
    "（方案）",
    "（范本）",
    "（白皮书）",
    "（组图）",
    "（青山县）",
    "（白水县）",
    "（白音镇）",
    "（陈巴旗）",
    "（金融科）",
    "（青山县 试行）",
    "青山县　在行动",
    "（张三等）",
    "（张三，2026年4月10日）",
    "（2026年4月10日）",
    "（王伟 刘洋 陈静 杨帆 赵敏 黄磊）",
    "（压实责任 张三）",
    "——青山县委推动整改纪实",
    "王伟　刘洋",
    "张三　王伟",
    "王伟",
    "石榴籽",
    "（张三指出）",
]


@pytest.mark.parametrize(("line", "names"), KNOWN + UNKNOWN)
def test_names_directly_below_the_title_sign_the_text(line: str, names: list[str]) -> None:
    found = opened(line, TEXT, "一、压实责任")
    assert (found.title, found.authors) == ("标题", names)
    assert found.used == {0, 1}


@pytest.mark.parametrize(("line", "names"), KNOWN)
def test_a_line_of_known_names_that_closes_the_text_signs_it(line: str, names: list[str]) -> None:
    found = opened(TEXT, "一、压实责任", "二、推动整改", line)
    assert found.authors == names
    assert found.used == {0, 4}


@pytest.mark.parametrize("line", NOBODY)
def test_what_is_not_surely_a_signature_stays_text(line: str) -> None:
    for lines in ((line, TEXT, "一、压实责任"), (TEXT, "一、压实责任", "二、推动整改", line)):
        found = opened(*lines)
        assert found.authors == []
        assert found.used == {0}


@pytest.mark.parametrize("line", ["（王伟）", "（王伟 刘洋洋）", "（斯琴高娃）"])
def test_unknown_names_close_a_text_only_after_their_unit(line: str) -> None:
    assert opened(TEXT, "一、压实责任", "二、推动整改", line).authors == []
    after_unit = line.replace("（", "（青山县委巡察办 ")
    assert opened(TEXT, "一、压实责任", "二、推动整改", after_unit).authors


@pytest.mark.parametrize(
    ("ending", "names"),
    [
        ("（张三 李四）", ["张三", "李四"]),
        ("（科左中旗 王伟）", ["王伟"]),
        ("（青山县委巡察办 张三）", ["张三"]),
        ("（王伟）", []),
        ("（青山县）", []),
        ("（青山县 节选）", []),
        ("（责任人：张三）", []),
        ("（见附件）", []),
    ],
)
def test_a_bracket_behind_the_last_sentence_may_sign_and_always_stays(ending: str, names: list[str]) -> None:
    found = opened(TEXT, "一、压实责任", f"二、推动整改见效。{ending}")
    assert found.authors == names
    assert found.used == {0}


def test_a_subtitle_may_stand_between_title_and_names() -> None:
    found = opened("——青山县委推动整改纪实", "（王伟）", TEXT)
    assert found.authors == ["王伟"]
    assert found.used == {0, 2}
    assert opened("引言。", "（王伟）", TEXT).authors == []


def test_names_as_large_as_the_title_are_no_second_line_of_it() -> None:
    title = [Paragraph(plain=line, is_centred=True, size=44) for line in ("标题", "下半句", "（张三 李四）")]
    found = opening_of([*title, Paragraph(plain=TEXT)], UNITS, PEOPLE)
    assert (found.title, found.authors) == ("标题下半句", ["张三", "李四"])


def test_a_signature_that_says_so_comes_before_bare_names() -> None:
    found = opened("（张三）", TEXT, "作者：李四")
    assert found.authors == ["李四"]
    assert found.used == {0, 3}


@pytest.mark.usefixtures("clean_files")
@pytest.mark.parametrize(
    ("place", "named"),
    [(1, ["甲作者", "乙同事"]), (3, ["甲作者", "乙同事"])],
    ids=["below the title", "at the end"],
)
def test_the_people_of_the_office_are_known_and_the_writer_sees_who_was_read(
    cast: Cast, as_user: Callable[[User], Client], place: int, named: list[str]
) -> None:
    """The names fill fields, and the message names them: a wrong guess is seen, and can be undone."""
    lines = ["青山县压实整改责任", TEXT, "一、压实责任"]
    lines.insert(place, "甲作者　乙同事")
    content = word(lambda document: [document.add_paragraph(line) for line in lines])
    data = form_data(title="", body="", checker="", declared_unclassified=None)
    file = SimpleUploadedFile("稿件.docx", content)
    answer = as_user(cast.author).post(
        reverse("submissions:item-create"), data | {"word_file": file}, follow=True
    )
    item = Item.objects.get()
    authors = list(item.authorships.order_by("position"))
    assert [author.name for author in authors] == named
    assert [author.user for author in authors] == [cast.author, cast.colleague]
    assert item.body == f"{TEXT}\n一、压实责任"
    assert "署名（甲作者、乙同事）" in " ".join(map(str, answer.context["messages"]))


@pytest.mark.usefixtures("clean_files")
def test_who_left_is_known_no_more(cast: Cast, as_user: Callable[[User], Client]) -> None:
    User.objects.filter(pk=cast.colleague.pk).update(is_active=False)
    lines = ["青山县压实整改责任", "乙同事", TEXT]
    content = word(lambda document: [document.add_paragraph(line) for line in lines])
    data = form_data(title="", body="", checker="", declared_unclassified=None)
    file = SimpleUploadedFile("稿件.docx", content)
    as_user(cast.author).post(reverse("submissions:item-create"), data | {"word_file": file})
    assert Item.objects.get().body == f"乙同事\n{TEXT}"
