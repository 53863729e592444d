"""What an open system must not hold: marks of classified papers, inner matters, personal numbers.

The rules name contexts, not words: 保密意识 and 保守国家秘密法 are no secrets, 秘密★1年 is one. What
they find has to be taken out, or a named person answers for it; see `Severity.STATEMENT`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from submissions.checks.findings import Finding, Reason, Severity, at
from submissions.checks.plain import PlainText

_DEGREE: Final = r"(?:绝\s*密|机\s*密|秘\s*密)"
_STAR: Final = r"[★☆*＊]"
#: Reason → patterns over text in compatibility form.
_PATTERNS: Final[tuple[tuple[Reason, str], ...]] = (
    # Marks as papers carry them: 秘密★1年, 机密★, ★秘密, 密级：机密, 【秘密】 or a line of its own.
    (Reason.SECRECY_MARK, rf"{_DEGREE}\s*{_STAR}(?:\s*(?:\d+\s*(?:年|个月)|长期))?"),
    (Reason.SECRECY_MARK, rf"{_STAR}\s*{_DEGREE}"),
    (Reason.SECRECY_MARK, rf"密\s*级\s*[::]\s*(?:{_DEGREE}|工作秘密|内部)"),
    (Reason.SECRECY_MARK, rf"[【\[(<《]\s*{_DEGREE}\s*[】\])>》]"),
    (Reason.SECRECY_MARK, rf"(?m:^[ \t]*{_DEGREE}[ \t]*$)"),
    (Reason.SECRECY_MARK, rf"(?<!泄露)(?<!保守){_DEGREE}级(?!别?(?:管理|划分|制度|的?规定))"),
    (
        Reason.SECRECY_MARK,
        r"(?:绝密|机密)(?:文件|材料|资料|电报|级|件)(?!的?(?:管理|保管|规定|制度|收发|流转|清退|学习|培训|检查))",
    ),
    (Reason.SECRECY_MARK, r"(?:定密|标密|定级)为\s*[\"“]?(?:绝密|机密|秘密)"),
    # Papers for inner use.
    (
        Reason.INTERNAL_MATTER,
        r"内部(?:资料|文件|材料|刊物|参阅|通报)\s*[,、,。;:()\s]*(?:请?注意保存|不得外传|严禁外传|请勿外传|阅后[即收]?[毁回])",
    ),
    (Reason.INTERNAL_MATTER, r"(?:仅供|限)(?:内部|领导|本单位|党内)(?:参阅|参考|使用|传阅|掌握|阅读|人员)?"),
    (
        Reason.INTERNAL_MATTER,
        r"(?:不得|严禁|请勿|禁止)(?:对外(?:公开|发布|提供|传播)|外传|翻印|复制外传|擅自公开)(?=[。;!,)\s]|$)",
    ),
    (Reason.INTERNAL_MATTER, r"(?:属于?|涉及|含有?|列为)工作秘密"),
    (
        Reason.INTERNAL_MATTER,
        r"(?:尚未|未|暂不|不宜)(?:对外)?公[开布]的?(?:巡察|被巡察|进驻|反馈|问题|整改|名单|线索|安排|方案)",
    ),
    (Reason.INTERNAL_MATTER, r"拟(?:巡察|进驻)(?:的)?(?:单位|对象|党组织)?(?:名单|安排|时间)"),
    (Reason.INTERNAL_MATTER, r"(?:领导|书记|市长|主任|常委)?(?:批示|圈阅)(?:全文|原文|内容)[::]"),
    # Details of cases and of those who speak up.
    (Reason.CASE_DETAIL, r"(?:举报人|信访人|反映人|检举人|控告人)(?:系|为|是|姓名|名叫|[::])"),
    (Reason.CASE_DETAIL, r"(?:被举报人|被反映人|被谈话人|被调查人|谈话对象)(?:系|为|是|姓名|名叫|[::])"),
    (Reason.CASE_DETAIL, r"谈话(?:笔录|记录|内容)(?:显示|如下|摘录|证实|载明|[::])"),
    (Reason.CASE_DETAIL, r"(?:反映|涉及|举报)[\u4e00-\u9fff]{2,4}(?:同志)?(?:的)?问题线索"),
    (Reason.CASE_DETAIL, r"(?:问题线索|线索)(?:具体|主要)?(?:内容|情况)(?:为|如下|是|[::])"),
    (Reason.CASE_DETAIL, r"(?:尚未|未)反馈的问题(?:有|为|包括|如下|[::])"),
    (Reason.CASE_DETAIL, r"(?:正在|已)(?:对[\u4e00-\u9fff]{2,10})?(?:初步核实|初核|谈话函询)(?:阶段|中)"),
    (Reason.CASE_DETAIL, r"(?:拟|准备|即将)(?:对[\u4e00-\u9fff]{2,12})?(?:立案|采取留置|留置)"),
)
_RULES: Final = tuple((reason, re.compile(pattern)) for reason, pattern in _PATTERNS)

_IDENTITY: Final = re.compile(r"(?<![0-9A-Za-z])[1-9]\d{5}(?:[ -]?)\d{8}(?:[ -]?)\d{3}[0-9Xx](?![0-9A-Za-z])")
_MOBILE: Final = re.compile(r"(?<![0-9])(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?![0-9])")
_CARD: Final = re.compile(r"(?<![0-9])[3-6]\d{3}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?(?![0-9])")
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def secrets(text: str, source: str) -> Iterator[Finding]:
    """Every mark, inner matter, case detail and personal number; overlapping ones are one, the first."""
    plain = PlainText.of(text)
    taken: list[tuple[int, int]] = []
    marked = ((reason, start, end) for reason, rule in _RULES for _, start, end in plain.find(rule))
    found = sorted([*_numbers(plain), *marked], key=lambda one: (one[1], -one[2]))
    for reason, start, end in found:
        if any(start < other_end and other_start < end for other_start, other_end in taken):
            continue
        taken.append((start, end))
        yield at(text, start, end, reason=reason, severity=Severity.STATEMENT, source=source)


def _numbers(plain: PlainText) -> Iterator[tuple[Reason, int, int]]:
    for match, start, end in plain.find(_IDENTITY):
        if is_identity_number(re.sub(r"[ -]", "", match[0])):
            yield Reason.IDENTITY_NUMBER, start, end
    for _, start, end in plain.find(_MOBILE):
        yield Reason.MOBILE_NUMBER, start, end
    for match, start, end in plain.find(_CARD):
        digits = re.sub(r"[ -]", "", match[0])
        if len(digits) >= 16 and not is_identity_number(digits) and passes_luhn(digits):
            yield Reason.BANK_CARD, start, end


def is_identity_number(text: str) -> bool:
    """Whether 18 signs are a citizen's identity number (GB 11643): a real birthday and the check digit."""
    if not re.fullmatch(r"\d{17}[\dXx]", text):
        return False
    try:
        born = date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return False
    weighed = sum(int(digit) * weight for digit, weight in zip(text[:17], _WEIGHTS, strict=True))
    return born.year >= 1900 and "10X98765432"[weighed % 11] == text[17].upper()


def passes_luhn(digits: str) -> bool:
    """Whether the last digit of a card number fits the others (ISO/IEC 7812)."""
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0
