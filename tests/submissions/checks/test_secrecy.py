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


# Signs that look like others, or are not seen


@pytest.mark.parametrize(
    "mark",
    [
        "机\u200b密★1年",
        "机\xad密★1年",
        "机\u200d密★",
        "机\u2060密★",
        "机\ufeff密★",
        "机\u202e密★",
        "机\u180e密★",
        "机\u034f密★",
        "机\u3164密★",
        "机\ufe0f密★",
        "机\U000e0100密★",
        "机\u0336密\u0336★",
        "ＪＭ★３年",
        "J\u041c★",
        "\u0408\u039c*1年",
        "绝\u3000密★",
        "機密★1年",
        "祕密★1年",
        "\u79d8\u5bbb★",
        "机密⭐1年",
        "机密✩❶年",
        "机密＊1年",
        "密级：\u673a\u200b\u5bc6",
    ],
)
def test_no_look_alike_and_nothing_unseen_hides_a_mark(mark: str) -> None:
    (finding,) = secrets(f"正文{mark}。", "body")
    assert finding.reason is Reason.SECRECY_MARK


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("138\u200b4750\u00ad1234", Reason.MOBILE_NUMBER),
        ("１３８４７５０１２３４", Reason.MOBILE_NUMBER),
        ("1384750❶❷❸❹", Reason.MOBILE_NUMBER),
        ("①③⑧④⑦⑤〇①②③④", Reason.MOBILE_NUMBER),
        ("⑴⑶⑻⑷⑺⑸0⑴⑵⑶⑷", Reason.MOBILE_NUMBER),
        ("1384750ⅠⅡⅢⅣ", Reason.MOBILE_NUMBER),
        ("138\u041e\u041e\u041e\u041e1234", Reason.MOBILE_NUMBER),
        ("13\u03bf\u039f4751234", Reason.MOBILE_NUMBER),
        ("l38475OI234", Reason.MOBILE_NUMBER),
        ("1\u0417847501234", Reason.MOBILE_NUMBER),
        ("١٣٨٤٧٥٠١٢٣٤", Reason.MOBILE_NUMBER),
        ("𝟏𝟑𝟖𝟒𝟕𝟓𝟎𝟏𝟐𝟑𝟒", Reason.MOBILE_NUMBER),
        ("138—4750－1234", Reason.MOBILE_NUMBER),
        ("11010519491231002\u0425", Reason.IDENTITY_NUMBER),
        ("11010519491231002Ⅹ", Reason.IDENTITY_NUMBER),
        ("11O1O5l9491231OO2X", Reason.IDENTITY_NUMBER),
        ("110105\u200b19491231\u200b002X", Reason.IDENTITY_NUMBER),
    ],
)
def test_no_look_alike_and_nothing_unseen_hides_a_number(typed: str, reason: Reason) -> None:
    text = f"联系方式{typed}。"
    (finding,) = secrets(text, "body")
    assert finding.reason is reason
    assert text[finding.start : finding.end] == typed


@pytest.mark.parametrize(
    "text", ["完成率0.4111111111111111", "共投入13847501234.5", "第Ⅲ级", "⑴压实责任", "O型血"]
)
def test_rates_amounts_and_enumerations_are_no_numbers_of_people(text: str) -> None:
    assert reasons(text) == []


# Who has spoken up


@pytest.mark.parametrize(
    "text",
    [
        "举报人张三来访。",
        "走访举报人李四光，了解部分情况。",
        "检举人巴特尔到场。",
        "来信人赵六反映低保问题。",
        "投诉人：周某某",
        "张三（举报人）到场。",
        "王五是本案举报人。",
        "举报人名叫刘海。",
        "举报人为王某。",
        "村民张大山实名举报。",
    ],
)
def test_whoever_has_spoken_up_by_name_is_at_least_a_hint(text: str) -> None:
    (finding,) = secrets(text, "body")
    assert finding.reason is Reason.CASE_DETAIL
    assert finding.severity in {Severity.HINT, Severity.STATEMENT}


@pytest.mark.parametrize(
    "text",
    [
        "保护举报人合法权益",
        "举报人应当如实反映",
        "举报人和反映人",
        "严禁打击报复举报人",
        "被举报人张某对此无异议",
    ],
)
def test_those_who_speak_up_without_a_name_are_none(text: str) -> None:
    assert Severity.HINT not in {finding.severity for finding in secrets(text, "body")}


def test_a_hint_is_none_beside_what_has_to_be_answered_for() -> None:
    found = list(secrets("举报人系王某，举报人张三来访。", "body"))
    assert [finding.severity for finding in found] == [Severity.STATEMENT, Severity.HINT]
