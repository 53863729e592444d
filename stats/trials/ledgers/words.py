"""The words of the sheets beside a ledger: their names, and what their cells may say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from scoring.schemes.words import Happening, Metric, Window

UNITS: Final = "单位"
OUTLETS: Final = "媒体"
INSTRUCTIONS: Final = "批示"
COMMISSIONS: Final = "约稿"
PENALTIES: Final = "扣分"
FORWARDED: Final = "转报"
TASKS: Final = "任务"
ADJUSTMENTS: Final = "调整"

KINDS: Final[Mapping[str, Mapping[Happening, str]]] = {
    COMMISSIONS: {
        Happening.COMMISSION_FILED: "报送 已报送 约稿报送 完成 已完成 按时报送 按时完成 约稿完成",
        Happening.COMMISSION_ADOPTED: "采用 已采用 被采用 约稿采用",
        Happening.COMMISSION_MISSED: "未办 未报送 未报 未完成 约稿未办 未按时办理 逾期 约稿未按时办理",
    },
    PENALTIES: {
        Happening.LATE: "迟报",
        Happening.MISSING: "少报 漏报 少报漏报 少报、漏报",
        Happening.COMMISSION_MISSED: "约稿未办 约稿不报 约稿未报送 约稿未完成 约稿未按时办理",
        Happening.UNTRUE: "失实 不实 报道失实 内容失实 内容严重错误",
        Happening.NEGATIVE: "负面 负面报道",
    },
}
ALWAYS: Final[Mapping[str, Happening]] = {
    INSTRUCTIONS: Happening.INSTRUCTION,
    FORWARDED: Happening.FORWARDED,
    TASKS: Happening.TASK,
}
METRICS: Final[Mapping[Metric, str]] = {
    Metric.POINTS: "得分 分数 积分 points",
    Metric.FILED: "报送 报送数 报送篇数 filed",
    Metric.ISSUED: "签发 签发数 issued",
    Metric.ADOPTED: "采用 采用数 采用篇数 adopted",
    Metric.ITEMS_ADOPTED: "采用稿件 采用稿件数 items_adopted",
    Metric.CENTRAL: "中央 中央级 中央级采用 central",
    Metric.PROVINCE: "省 省级 自治区级 省级采用 自治区级采用 province",
    Metric.CITY: "市 市级 市级采用 city",
    Metric.COUNTY: "县 县级 县级采用 county",
}
WINDOWS: Final[Mapping[Window, str]] = {
    Window.WEEK: "周 每周 周度 week",
    Window.MONTH: "月 每月 月度 month",
    Window.QUARTER: "季 季度 每季 每季度 quarter",
    Window.HALF: "半年 每半年 half",
    Window.YEAR: "年 全年 年度 每年 year",
}
#: What may follow a level when it is a leader's: 省领导批示, 省及以上.
ENDINGS: Final = ("批示", "领导", "领导同志", "及以上", "以上")
