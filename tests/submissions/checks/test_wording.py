"""Wrong words are found with the right ones, and right words are left alone."""

from __future__ import annotations

import pytest

from submissions.checks.findings import Severity
from submissions.checks.wording import Dictionary, WrongWord, titles_in_order
from submissions.services.checking import shipped_words

SHIPPED = Dictionary(shipped_words())


def pairs(text: str, dictionary: Dictionary = SHIPPED) -> list[tuple[str, str]]:
    return [(finding.found, finding.suggestion) for finding in dictionary.look(text, "body")]


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("人民攻府网站", ("攻府", "政府")),
        ("扫黑险恶专项斗争", ("扫黑险恶", "扫黑除恶")),
        ("中华人民大和国", ("中华人民大和国", "中华人民共和国")),
        ("市委巡查办", ("市委巡查", "市委巡察")),
        ("原哲里木盟", ("哲里木盟", "通辽市")),
        ("截止目前", ("截止目前", "截至目前")),
    ],
)
def test_a_wrong_word_is_found_with_the_right_one(text: str, pair: tuple[str, str]) -> None:
    assert pairs(text) == [pair]


@pytest.mark.parametrize(
    "text", ["文化旅游局", "中央纪委国家监委", "市监察委员会", "看做为人民服务的机会", "初中纪委员"]
)
def test_a_right_word_around_a_wrong_one_is_left_alone(text: str) -> None:
    assert pairs(text) == []


@pytest.mark.parametrize("word", shipped_words(), ids=lambda word: word.wrong)
def test_every_shipped_word_finds_itself_and_not_its_right_word(word: WrongWord) -> None:
    assert (word.wrong, word.right) in pairs(f"甲{word.wrong}乙")
    assert word.wrong not in [wrong for wrong, _right in pairs(word.right)]


def test_the_longest_wrong_word_at_a_place_counts() -> None:
    dictionary = Dictionary([WrongWord("甲乙", "丙"), WrongWord("甲乙丁", "戊", Severity.BLOCK)])
    assert pairs("甲乙丁", dictionary) == [("甲乙丁", "戊")]


def test_an_empty_dictionary_finds_nothing() -> None:
    assert pairs("甲乙丁", Dictionary([])) == []


def test_posts_of_the_party_come_first() -> None:
    (finding,) = titles_in_order("市长、市委副书记李某出席", "body")
    assert finding.suggestion == "市委副书记、市长"
    assert list(titles_in_order("市委副书记、市长李某出席", "body")) == []
