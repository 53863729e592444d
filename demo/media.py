"""The demo city's list of media: obviously fictional, one or more of every level and carrier."""

from __future__ import annotations

from dataclasses import dataclass

from adoptions.enums import Carrier, OutletLevel


@dataclass(frozen=True, slots=True)
class DemoOutlet:
    """`weight`: how often it takes an item, compared with the others of its level; `closed`: it ended
    with the first day of the demo; `former`: what it was called when it was entered."""

    name: str
    level: OutletLevel
    carrier: Carrier
    weight: int
    closed: bool = False
    former: str = ""


OUTLETS: tuple[DemoOutlet, ...] = (
    DemoOutlet("示例中央日报（演示）", OutletLevel.CENTRAL, Carrier.NEWSPAPER, 2),
    DemoOutlet("《示例巡察》杂志（演示）", OutletLevel.CENTRAL, Carrier.JOURNAL, 1),
    DemoOutlet("示例中央新闻网（演示）", OutletLevel.CENTRAL, Carrier.WEBSITE, 4),
    DemoOutlet("示例学习平台（演示）", OutletLevel.CENTRAL, Carrier.APP, 3),
    DemoOutlet("中央示例信息专刊（演示）", OutletLevel.CENTRAL, Carrier.INTERNAL, 1),
    DemoOutlet("示例自治区日报（演示）", OutletLevel.PROVINCE, Carrier.NEWSPAPER, 4),
    DemoOutlet("《示例草原》杂志（演示）", OutletLevel.PROVINCE, Carrier.JOURNAL, 2),
    DemoOutlet("示例自治区网（演示）", OutletLevel.PROVINCE, Carrier.WEBSITE, 6),
    DemoOutlet("示例自治区广播电视台（演示）", OutletLevel.PROVINCE, Carrier.BROADCAST, 2),
    DemoOutlet("自治区示例公众号（演示）", OutletLevel.PROVINCE, Carrier.SOCIAL, 4),
    DemoOutlet("自治区示例信息简报（演示）", OutletLevel.PROVINCE, Carrier.INTERNAL, 2),
    DemoOutlet("示例市日报（演示）", OutletLevel.CITY, Carrier.NEWSPAPER, 6),
    DemoOutlet(
        "示例市广播电视台（演示）", OutletLevel.CITY, Carrier.BROADCAST, 3, former="示例市电视台（演示）"
    ),
    DemoOutlet("示例市政务网（演示）", OutletLevel.CITY, Carrier.WEBSITE, 6),
    DemoOutlet("示例市公众号（演示）", OutletLevel.CITY, Carrier.SOCIAL, 6),
    DemoOutlet("示例市信息刊物（演示）", OutletLevel.CITY, Carrier.INTERNAL, 3),
    DemoOutlet("示例旗县融媒体中心（演示）", OutletLevel.COUNTY, Carrier.APP, 5),
    DemoOutlet("示例旗县公众号（演示）", OutletLevel.COUNTY, Carrier.SOCIAL, 5),
    DemoOutlet("示例旗县政务网（演示）", OutletLevel.COUNTY, Carrier.WEBSITE, 3),
    DemoOutlet("示例市晚报（已停刊，演示）", OutletLevel.CITY, Carrier.NEWSPAPER, 0, closed=True),
)
