"""Secrets are found where they are, and not where people only speak of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from submissions.checks.findings import Reason, Severity
from submissions.checks.secrecy import is_identity_number, passes_luhn, secrets

HERE = Path(__file__).parent
DOCUMENT = HERE.parents[2] / "docs/checks.md"


def texts(name: str) -> list[str]:
    return (HERE / name).read_text(encoding="utf-8").splitlines()


def reasons(text: str) -> list[Reason]:
    return [finding.reason for finding in secrets(text, "body")]


@pytest.mark.parametrize(
    ("secret", "harmless"),
    [("secret_texts.txt", "harmless_texts.txt"), ("blind_secret_texts.txt", "blind_harmless_texts.txt")],
)
def test_precision_and_recall_are_what_the_document_says(secret: str, harmless: str) -> None:
    should, should_not = texts(secret), texts(harmless)
    found = sum(bool(reasons(text)) for text in should)
    false = sum(bool(reasons(text)) for text in should_not)
    assert min(len(should), len(should_not)) >= 60
    recall, precision = found / len(should), found / (found + false)
    row = f"| {len(should)} | {found} | {recall:.1%} | {len(should_not)} | {false} | {precision:.1%} |"
    assert row in DOCUMENT.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("秘密★1年", Reason.SECRECY_MARK),
        ("密级：机密", Reason.SECRECY_MARK),
        ("正文\n　　秘密\n续文", Reason.SECRECY_MARK),
        ("内部资料　注意保存", Reason.INTERNAL_MATTER),
        ("举报人系王某", Reason.CASE_DETAIL),
        ("电话１３８４７５０１２３４", Reason.MOBILE_NUMBER),
        ("身份证号110105 19491231 002X", Reason.IDENTITY_NUMBER),
        ("卡号4111 1111 1111 1111", Reason.BANK_CARD),
    ],
)
def test_each_kind_is_named(text: str, reason: Reason) -> None:
    assert reasons(text) == [reason]


@pytest.mark.parametrize(
    "text",
    [
        "全体干部保密意识明显增强",
        "认真学习保守国家秘密法",
        "值班电话0475-8218001",
        "移交问题线索12条",
        "三审三校",
    ],
)
def test_talk_of_secrecy_is_no_secret(text: str) -> None:
    assert reasons(text) == []


def test_the_words_of_a_rule_are_looked_for_in_one_sentence() -> None:
    text = "巡察二组下周三转战县粮库。"
    assert reasons(text) == [Reason.INTERNAL_MATTER]
    assert reasons("明年全覆盖的顺序定了：巡察先查医院，学校殿后。") == [Reason.INTERNAL_MATTER]
    assert reasons("明年全覆盖的顺序定了。群众看病先查医院排号。") == []


@pytest.mark.parametrize(
    ("told", "taught"),
    [
        ("村支书收受红包两次", "情景剧讲述了一名村支书收受红包、最终悔恨的故事"),
        ("县林场场长套取补贴十万元", "据县纪委监委网站通报，县林场场长套取补贴十万元"),
    ],
)
def test_a_weak_rule_keeps_silent_on_lessons_and_on_what_is_public(told: str, taught: str) -> None:
    assert reasons(told) == [Reason.CASE_DETAIL]
    assert reasons(taught) == []


def test_a_rule_looks_no_further_than_a_hundred_signs_for_its_other_words() -> None:
    """So a text without full stops costs no more time than another."""
    near, far = "，" * 90, "，" * 110
    assert reasons(f"机要件{near}现改写成稿") == [Reason.SECRECY_MARK]
    assert reasons(f"机要件{far}现改写成稿") == []


def test_a_place_is_given_in_the_signs_of_the_text_as_typed() -> None:
    text = "㎏㎏联系人手机：１３８ ４７５０ １２３４。"
    (finding,) = secrets(text, "body")
    assert text[finding.start : finding.end] == "１３８ ４７５０ １２３４"
    assert finding.severity is Severity.STATEMENT


def test_a_personal_number_is_not_repeated_in_full() -> None:
    found = list(secrets("内部资料，注意保存。手机13847501234", "body"))
    assert len(found) == 2
    assert "13847" not in repr(found)


@pytest.mark.parametrize(
    ("number", "real"),
    [
        ("11010519491231002X", True),
        ("11010519491231002x", True),
        ("110105194912310021", False),
        ("110105194913310027", False),
        ("1101051949123100", False),
    ],
)
def test_an_identity_number_has_a_birthday_and_its_check_digit(number: str, real: bool) -> None:
    assert is_identity_number(number) is real


def test_a_card_number_has_its_check_digit() -> None:
    assert passes_luhn("4111111111111111")
    assert not passes_luhn("4111111111111112")
