"""Who signed a text: the lines, and the brackets at the end of a text, that name its authors. Pure.

Nothing is guessed: what is not surely a signature is text.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import dropwhile
from typing import Final, NamedTuple

_HAN: Final = "[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_NAME: Final = re.compile(f"{_HAN}{{2,6}}(?:·{_HAN}{{1,6}}){{0,2}}")
#: What is typed in place of the dot within a name.
_DOTS: Final = re.compile("[•‧・∙⋅･]")
_ROLE: Final = "(?:本报|特约)?(?:通讯员|作者|供稿人?|撰稿人?|撰写人?|执笔人?|报送人|文图|图文|文字|文)"
_BETWEEN: Final = re.compile(r"[\s、，,；;/／|]+")
#: （通讯员 张三 李四）, at the end of a text or on a line of its own.
_BRACKETED: Final = re.compile(
    rf"[（(]\s*(?:本报记者|记者|{_ROLE})\s*[:：/／\s]\s*(?P<names>[^（()）]{{2,60}})[)）]\s*$"
)
#: （张三 李四） at the end of a line.
_LAST_BRACKET: Final = re.compile(r"[（(](?P<names>[^（()）]{2,50})[)）]\s*$")
#: 作者：张三, 文/张三 on a line of its own; not 记者：, with which a question begins.
_LABELLED: Final = re.compile(rf"\s*{_ROLE}\s*[:：/／]\s*(?P<names>.{{2,60}})$")
_CHECKED: Final = re.compile(r"\s*(?:审核|审核人|校对审核|审稿|审稿人)\s*[:：]\s*(?P<names>.{2,20})$")
_INNER_ROLE: Final = re.compile(r"(?:通讯员|记者|摄影|图)(?=[\s:：/／])[:：/／]?")
_UNIT: Final = re.compile(
    f"{_HAN}{{2,30}}(?:办|办公室|组|局|委|县|区|旗|市|科|室|处|中心|院|部|会|政府|街道|镇|乡|苏木)"
)

_MOST_NAMES: Final = 5
#: Surnames that begin few other words, the frequent ones and those of the Mongols.
_SURNAMES: Final = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧肖程曹袁邓许傅付沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎闫"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙段雷钱汤尹黎武乔贺赖龚庞樊殷邢翟齐包梅"
    "庄辛祝左涂祁耿牟詹苗凌费靳童甄曲岳鲍葛柯倪阮佟敖席邰"
)
_LONG_SURNAMES: Final = frozenset(
    {"欧阳", "司马", "上官", "诸葛", "尉迟", "夏侯", "司徒", "慕容", "令狐", "皇甫"}
)
#: Syllables of Mongolian names: a word of nothing else is one, such as 斯琴 or 巴特尔.
_SYLLABLES: Final = frozenset(
    "阿拉坦巴特尔雅斯琴高娃乌云其木格苏日娜布和楞额敦宝音图仓哈达呼吉勒朝鲁那仁花萨塔荣青德力牧根查干孟克古恩铁钢"
    "毕套赛罕胡满都嘎色登扎桑杰希莫"
)
#: What stands under a title, or in brackets there, and is as long as a name or begins like one.
_REMARK: Final = re.compile(
    "试行|暂行|修订|草案|方案|范文|范本|范例|初稿|定稿|供稿|来稿|节选|摘要|摘登|选登|转载|连载|全文|上篇|下篇|图文|组图|高清"
    "|通讯|消息|综述|侧记|特写|评论|时评|简讯|纪实|动态|信息|方法|任务|任免|金句|史料|程序|白皮书|高质量|在行动|进行时"
    "|.{2,}(?:(?<!红)旗|[县市区盟镇乡村科组办局委院部室处站社报网刊稿版篇等])"
)


class Known(NamedTuple):
    """Names that are known: of units, and of people."""

    units: Collection[str]
    people: Collection[str]


def checker_in(line: str) -> str:
    """The name in a line that says who checked the text; empty for any other line."""
    found = _CHECKED.match(line)
    names = names_in(found["names"]) if found else []
    return names[0] if names else ""


def labelled(line: str) -> list[str]:
    """The names of a line that says that it is a signature, and holds nothing else."""
    found = _BRACKETED.fullmatch(line.strip()) or _LABELLED.fullmatch(line)
    return names_in(found["names"]) if found else []


def labelled_at_end(line: str) -> list[str]:
    """The names in the bracket that a text ends with, （通讯员 张三）."""
    found = _BRACKETED.search(line)
    return names_in(found["names"]) if found else []


def unit_and_names(line: str, known: Known) -> list[str]:
    """The names of a line such as 青山县委巡察办 张三 李四. A slogan may look like it (青山县委 全面部署):
    words of four characters are names only if they are known ones."""
    words = line.strip(" \u3000（()）").replace("、", " ").split()
    if len(line) > 50 or len(words) < 2 or not (words[0] in known.units or _is_unit(words[0])):
        return []
    names = names_in(" ".join(words[1:]))
    if all(name in known.people or "·" in name or (len(name) < 4 and not _is_remark(name)) for name in names):
        return names
    return []


def bare_names(line: str, known: Known) -> list[str]:
    """The names of a line that holds nothing else, perhaps in brackets and after a unit: known people all."""
    names = names_in(_without_unit(_unbracketed(line) or line, known)[0]) if len(line) <= 50 else []
    return names if names and all(name in known.people for name in names) else []


def names_in_brackets(line: str, known: Known) -> list[str]:
    """The names of a line in brackets, of people who need not be known but are called as people are."""
    return _likely(_unbracketed(line), known)


def bare_at_end(line: str, known: Known) -> list[str]:
    """The names in the bracket that a text ends with: known people, or people after their unit."""
    found = _LAST_BRACKET.search(line)
    if found is None:
        return []
    if names := bare_names(found["names"], known):
        return names
    after_unit = _without_unit(found["names"], known)[1]
    return _likely(found["names"], known) if after_unit else []


def names_in(text: str) -> list[str]:
    """The names of a list of names, without the unit it may begin with; nothing when anything else is among
    them. A name of two characters may be spaced out: 张　三."""
    text = _DOTS.sub("·", text)
    words = [word for word in _BETWEEN.split(_INNER_ROLE.sub(" ", text).strip()) if word]
    words = words[1:] if words and _is_unit(words[0]) else words
    names: list[str] = []
    for word in words:
        if len(word) == 1 and names and len(names[-1]) == 1:
            names[-1] += word
        else:
            names.append(word)
    return names if all(_NAME.fullmatch(name) for name in names) else []


def _likely(text: str, known: Known) -> list[str]:
    names = names_in(_without_unit(text, known)[0])
    if len(names) > _MOST_NAMES or any(name in known.units for name in names):
        return []
    return names if all(name in known.people or _is_like_a_name(name) for name in names) else []


def _is_like_a_name(word: str) -> bool:
    if "·" in word:
        return True
    if _is_remark(word) or len(word) > 6:
        return False
    if all(char in _SYLLABLES for char in word):
        return True
    return (len(word) <= 3 and word[0] in _SURNAMES) or (2 < len(word) <= 4 and word[:2] in _LONG_SURNAMES)


def _is_remark(word: str) -> bool:
    """Whether a word says something of the text, or names a place."""
    return bool(_REMARK.fullmatch(word))


def _unbracketed(line: str) -> str:
    found = _LAST_BRACKET.fullmatch(line.strip())
    return found["names"] if found else ""


def _without_unit(text: str, known: Known) -> tuple[str, bool]:
    """The rest of a list of names, and whether units stood before it."""
    words = [word for word in _BETWEEN.split(text.strip()) if word]
    names = list(dropwhile(lambda word: word in known.units or _is_unit(word), words))
    return " ".join(names), len(names) < len(words)


def _is_unit(word: str) -> bool:
    return len(word) > 3 and bool(_UNIT.fullmatch(word))
