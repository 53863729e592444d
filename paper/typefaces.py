"""The fonts that papers are printed with."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from django.conf import settings
from pylopdf_fonts_zh_cn import serif_path

from paper.typesetting import Fonts

#: Our own two: Mongolian and emoji, which Chinese fonts lack.
SHIPPED: Final = Path(__file__).with_name("fonts")
SERIF: Final = "Noto Serif SC"
SANS: Final = "Noto Sans SC"
#: By family name in English or Chinese, or by a part of the file's name; licensed ones before free ones.
#: The free stand-ins come with the packages, so there is always a font.
ROLES: Final = {
    "title": (
        "方正小标宋简体",
        "方正小标宋_GBK",
        "FZXiaoBiaoSong-B05S",
        "FZXiaoBiaoSong-B05",
        "小标宋",
        "FZXBS",
        SERIF,
    ),
    "body": (
        "仿宋_GB2312",
        "FangSong_GB2312",
        "仿宋",
        "FangSong",
        "STFangsong",
        "FandolFang",
        "simfang",
        SERIF,
    ),
    "kai": (
        "楷体_GB2312",
        "KaiTi_GB2312",
        "楷体",
        "KaiTi",
        "STKaiti",
        "simkai",
        "LXGW WenKai",
        "FandolKai",
        SERIF,
    ),
    "hei": ("黑体", "SimHei", "STHeiti", SANS),
    "song": ("宋体", "SimSun", "STSong", SERIF),
}
FALLBACKS: Final = (SERIF, "Noto Sans Mongolian", "Noto Emoji")


def fonts() -> Fonts:
    """The office's own folder first (`PUBLICITY_FONTS`), then what the packages bring, and nothing else:
    the same document looks the same on every machine.
    """
    folders = (Path(settings.FONTS_DIR), serif_path().parent, SHIPPED)
    return Fonts(folders, ROLES, FALLBACKS, needed="通报采用—〔〕一1")
