"""Which column of a ledger holds what: found by the titles in the header row, never by position."""

from __future__ import annotations

from adoptions.ledger.tables import Titles

#: Field → the titles it may have; the first is the one we write ourselves.
TITLES: dict[str, tuple[str, ...]] = {
    "number": ("序号", "编号", "序"),
    "title": ("标题", "稿件标题", "信息标题", "文章标题", "题目", "稿件名称", "稿件题目"),
    "unit": ("报送单位", "单位", "单位名称", "供稿单位", "投稿单位"),
    "authors": ("作者", "作者姓名", "撰稿人"),
    "submitter": ("报送人", "报送人员"),
    "filed": ("报送时间", "报送日期", "上报时间", "上报日期"),
    "status": ("审核状态", "状态"),
    "outlet": ("采用媒体", "媒体", "媒体名称", "刊发媒体", "刊登媒体", "采用刊物", "发布媒体"),
    "carrier": ("载体", "载体类型", "媒体类型"),
    "level": ("级别", "媒体级别", "采用级别"),
    "page": ("版面", "版次"),
    "position": ("版位", "版面位置"),
    "length": ("字数", "篇幅"),
    "genre": ("体裁", "稿件类型", "信息类型", "稿件体裁"),
    "shares": ("份额", "分摊份额", "各单位份额"),
    "mode": ("采用方式", "方式", "采用形式"),
    "date": ("采用时间", "采用日期", "刊发时间", "刊发日期", "刊登时间", "刊登日期", "时间", "日期"),
    "link": ("链接", "网址", "链接地址", "网络链接", "原文链接"),
    "points": ("得分", "分值", "分数", "积分"),
    "note": ("备注", "说明"),
}
#: A table without these is no ledger; an outlet column that is merely misspelt must not turn every row
#: into one that was only filed.
ESSENTIAL = ("title", "unit", "outlet", "date")
#: Known, but the system has its own: running numbers, the person who imports, points by the scheme.
NOT_READ = frozenset({"number", "submitter", "points"})
LEDGER = Titles(TITLES, ESSENTIAL, NOT_READ)
#: Sheets that may stand beside a ledger in its workbook and tell other facts; an import leaves them alone.
OTHER_SHEETS = frozenset({"单位", "媒体", "批示", "约稿", "扣分", "转报", "任务", "调整"})


def title_of(field: str) -> str:
    return LEDGER.first(field)
