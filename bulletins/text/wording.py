"""How a bulletin is worded unless the office has words of its own: its sections, in order. Pure.

A line is a paragraph. What stands in 【 】 is left out when one of its placeholders has nothing to say. A
section of which only headings are left is left out as a whole, and headings of 一、 are numbered anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the text that is worded on its own; `shipped` is the wording that comes with the system."""

    key: str
    label: str | Promise
    shipped: str


TITLE: Final = "title"

SECTIONS: Final = (
    Section(TITLE, _("Title"), "关于{本期}稿件报送及采用情况的通报【（更正{更正期号}）】"),
    Section(
        "opening",
        _("Opening"),
        "现将{本期}稿件报送及采用情况通报如下。\n【{更正期号}通报有误：{更正内容}。现予更正，以本期为准。】",
    ),
    Section(
        "overview",
        _("General situation"),
        "一、基本情况\n"
        "{本期}，{单位数}个单位共报送稿件{报送}条【，{报送增减}】；"
        "采用稿件{采用稿件}条【，{采用稿件增减}】【；采用率{采用率}】【，{采用率增减}】。\n"
        "各级媒体和内部刊物共采用{采用}条次，其中中央级{中央级}条次、自治区级{自治区级}条次、"
        "市级{市级}条次、县级{县级}条次。",
    ),
    Section(
        "sums",
        _("Why totals differ from sums"),
        "【几个单位合写的，各单位都列，合计只计一次（稿件归入最早采用的一期），"
        "因此各单位之和比合计{共有条数}；采用率按合计的数计算，得分的合计等于各单位之和。】\n"
        "【累计的合计包括本期没有单列的单位：{未单列单位}。】",
    ),
    Section("leading", _("Units that did well"), "二、较好的单位\n{组名}中，{组内前列}得分居前。"),
    Section(
        "problems",
        _("Problems"),
        "三、存在问题\n"
        "【{零报送单位数}个单位零报送：{零报送单位}。】【其中，{连续零报送}。】【{均有报送}。】\n"
        "【{零采用单位数}个单位零采用：{零采用单位}。】【其中，{连续零采用}。】【{均有采用}。】",
    ),
    Section(
        "late",
        _("Late entries"),
        "【以前各期通报印发后补登、更正{补登条数}条，得分计入累计，不计入本期，详见附件{补登附件}。】",
    ),
    Section(
        "demands",
        _("Next steps"),
        "四、下一步要求\n"
        "（一）压实报送责任。各单位要明确专人负责宣传稿件工作，按月报送，杜绝零报送。\n"
        "（二）提高稿件质量。紧扣巡察动员、进驻、反馈、整改各阶段重点，多报情况实、做法新、成效好的稿件，"
        "坚持真实、准确、及时。\n"
        "（三）及时登记佐证。稿件被采用后，要及时登记采用媒体和日期，并附链接或者样报；逾期登记的，列入下期补登。",
    ),
)

SHIPPED: Final = {section.key: section.shipped for section in SECTIONS}
