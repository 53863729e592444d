"""The words that ledgers use."""

from __future__ import annotations

import re

from adoptions.enums import Carrier, Mode, OutletLevel, Position
from kit.spelling import composed, key
from submissions.enums import Genre, Status

BROKEN_LINE = re.compile(r"(?<=[\u2e80-\uffef])[ \t]*\n\s*(?=[\u2e80-\uffef])")
BRACKETED = re.compile(r"\([^()]*\)")

#: A row whose first word is one of these is no entry but a sum.
TOTALS = frozenset({"合计", "总计", "小计", "共计", "累计", "总数"})

_LEVELS = {
    OutletLevel.CENTRAL: "中央 国家 全国 中央媒体",
    OutletLevel.PROVINCE: "省 自治区 省区 省级以上 省部 自治区或省 自治区(省) 省(自治区) 省(区) 直辖市",
    OutletLevel.CITY: "市 盟 盟市 市盟 市(盟) 盟(市) 地市 地市州 州 市州",
    OutletLevel.COUNTY: "县 旗 区 旗县 县区 区县 县旗 县(旗) 旗县区 旗县市区 县市区 县(市、区) 旗县(市区)",
}
_CARRIERS = {
    Carrier.NEWSPAPER: "报 报纸 纸媒",
    Carrier.JOURNAL: "刊 期刊 刊物 杂志",
    Carrier.WEBSITE: "网 网站 网络 门户网站",
    Carrier.APP: "端 客户端 移动客户端 手机客户端 app",
    Carrier.SOCIAL: "微 微信 公众号 微信公众号 微博 新媒体",
    Carrier.BROADCAST: "台 广播 电视 广播电视 电视台 广播电台",
    Carrier.INTERNAL: "内刊 内部刊物 信息刊物 内部信息 简报",
}
_MODES = {
    Mode.SINGLE: "单篇 单独 单条 单发 单独采用 单篇采用",
    Mode.MERGED: "综合 综合采用 合并",
    Mode.BRIEF: "简讯 短讯",
    Mode.REPOST: "转载 转发",
}
#: A page that is not the first.
OTHER_PAGE = re.compile(r"(?:[二三四五六七八九]|(?<!\d)0?[2-9]|[1-9]\d)版")
_POSITIONS = {
    Position.FRONT_LEAD: "头版头条 一版头条 头条 第一版头条 1版头条 第1版头条 头版头题 一版头题",
    Position.FRONT: "头版 一版 第一版 1版 第1版 01版 头版其他 头版非头条",
}
_GENRES = {
    Genre.NEWS: "消息 新闻 动态 工作动态 动态信息 动态类",
    Genre.INFORMATION: "信息 政务信息 信息类 简报",
    Genre.EXPERIENCE: "经验做法 经验 经验交流 经验类 工作交流",
    Genre.RESEARCH: "调研文章 调研 调研类 理论 理论文章 理论调研 综合调研 调研报告",
    Genre.ANALYSIS: "问题分析 问题分析类 问题类 问题建议",
    Genre.COMMENTARY: "评论 言论 评论文章",
    Genre.FEATURE: "通讯 长篇通讯 专题 特写",
    Genre.PICTURE: "图片视频 图片 视频 图片新闻 短视频",
}
#: What the column 审核状态 may say about an item that was issued; any other word refuses the row.
_ISSUED = "签发 已签发 通过 已通过 审核通过 已审核 已采用 采用 已发布 已审签 终审通过"


def plain(text: str) -> str:
    """Text as it is stored: composed, on one line, without invisible marks or outer white space.

    A line broken between two Chinese characters, to fit the cell, was no blank.
    """
    return " ".join(BROKEN_LINE.sub("", composed(text)).split())


def header_key(text: str) -> str:
    """A column title without notes in brackets, asterisks and colons: “报送时间（年-月-日）*” is 报送时间."""
    return BRACKETED.sub("", key(text)).strip("*:")


def level_of(text: str) -> OutletLevel | None:
    """The level a cell names, also as 市级 or 市级媒体; None when it is no known word."""
    word = key(text)
    for ending in ("主要媒体", "主流媒体", "媒体", "刊物", "及以上", "以上"):
        word = word.removesuffix(ending)
    return _find(_LEVELS, text, OutletLevel) or _find(_LEVELS, word.removesuffix("级"), OutletLevel)


def carrier_of(text: str) -> Carrier | None:
    return _find(_CARRIERS, text, Carrier)


def mode_of(text: str) -> Mode | None:
    return _find(_MODES, text, Mode)


def position_of(text: str) -> Position | None:
    """The place on the page a cell names, also as 第1版（头版头条）; None for any other, such as 第3版."""
    word = key(text)
    found = _find(_POSITIONS, text, Position)
    if found is None and "头版头" in word:
        return Position.FRONT_LEAD
    return Position.FRONT if found is None and "头版" in word else found


def speaks_of_front_page(text: str) -> bool:
    """Whether a text that `position_of` does not know may yet mean the front page."""
    return "头" in key(text) and not OTHER_PAGE.search(key(text))


def genre_of(text: str) -> Genre | None:
    return _find(_GENRES, text, Genre)


def says_issued(text: str) -> bool:
    return key(text) in {*_ISSUED.split(), key(str(Status.ISSUED.label))}


def _find[Choice: (OutletLevel, Carrier, Mode, Position, Genre)](
    words: dict[Choice, str], text: str, choices: type[Choice]
) -> Choice | None:
    """The choice whose words, or whose name on our own pages and exports, `text` is."""
    wanted = key(text)
    for choice in choices:
        if wanted in words[choice].split() or wanted == key(str(choice.label)):
            return choice
    return None
