"""Bulletins as PDF files, and the charts as pictures for Word: both are set by typst."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from pylopdf_fonts_zh_cn import serif_path

from publicity.lib.typesetting import Fonts, Typeset, typeset
from stats.bulletins import BulletinDocument
from stats.exports.charts import Chart
from stats.exports.official import Official, annex_title, official

TEMPLATES: Final = Path(__file__).with_name("typst")
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


def bulletin_pdf(document: BulletinDocument, *, preprinted: bool = False, review: bool = False) -> Typeset:
    """The bulletin as one PDF file. Its bytes depend on the document, the mode and the fonts alone."""
    return typeset(
        TEMPLATES / "bulletin.typ", _data(official(document, preprinted=preprinted, review=review)), fonts()
    )


def chart_images(charts: list[Chart], ppi: int = 300) -> tuple[bytes, ...]:
    """A PNG picture of each chart, as wide as the text."""
    if not charts:
        return ()
    data = {"charts": [asdict(chart) for chart in charts]}
    return typeset(TEMPLATES / "chart-images.typ", data, fonts(), form="png", ppi=ppi).files


def _data(content: Official) -> dict[str, Any]:
    """What the template reads."""
    data = asdict(content) | {
        "mark": content.mark.value,
        "head": content.head.value,
        "labels": list(content.labels),
    }
    for annex, plain in zip(content.annexes, data["annexes"], strict=True):
        plain["title_lines"] = list(annex_title(annex))
    return data
