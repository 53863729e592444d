"""Units and people of the demo city. The names of places and their codes are public, the people invented."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.enums import Role, UnitKind

OFFICE = "150500"
#: Everybody's; shown by `./manage seed_demo --logins`, and there is no demo in production.
PASSWORD = "Malanhua-2026"  # noqa: S105 of the demo, printed for all


@dataclass(frozen=True, slots=True)
class DemoUnit:
    """A unit below the office, or below `parent`. `organ` is how its items name it, `monthly` how many
    items it files in an average month."""

    code: str
    kind: UnitKind
    name: str
    short_name: str
    organ: str
    monthly: float
    region_code: str = ""
    parent: str = OFFICE
    checker: str = ""


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """A person with an account; `roles` are held at the person's unit, or at the office."""

    username: str
    name: str
    unit: str
    post: str
    roles: tuple[Role, ...]
    shown: str = ""  # how the list of logins calls them; empty: not listed


def _county(code: str, name: str, short_name: str, monthly: float, checker: str) -> DemoUnit:
    organ = f"{short_name}{'旗' if short_name.endswith('旗') else ''}委巡察办"
    return DemoUnit(code, UnitKind.COUNTY, name, short_name, organ, monthly, code, checker=checker)


#: Its head signs its items before the office's levels do.
OWN_CHECK = "150502"
#: Files nothing at all.
ZERO_FILING = "150524"
#: Files, but nothing of it is adopted.
ZERO_ADOPTION = "150581"
#: End the last full quarter with the same points.
TIED = ("150523", "150525")

UNITS: tuple[DemoUnit, ...] = (
    DemoUnit("150500-K1", UnitKind.SECTION, "综合科", "综合科", "市委巡察办综合科", 1.3, checker="季核稿"),
    DemoUnit("150500-K2", UnitKind.SECTION, "督查科", "督查科", "市委巡察办督查科", 0.6, checker="季核稿"),
    DemoUnit("150500-K3", UnitKind.SECTION, "指导科", "指导科", "市委巡察办指导科", 0.6, checker="季核稿"),
    *(
        DemoUnit(
            f"150500-Z{number}",
            UnitKind.TEAM,
            f"第{digit}巡察组",
            f"第{digit}巡察组",
            f"市委第{digit}巡察组",
            monthly,
            checker="施把关",
        )
        for number, digit, monthly in [
            (1, "一", 0.8),
            (2, "二", 0.6),
            (3, "三", 0.5),
            (4, "四", 0.4),
            (5, "五", 0.2),
            (6, "六", 0.0),
        ]
    ),
    _county("150502", "科尔沁区", "科尔沁区", 3.6, "丁把关"),
    _county("150521", "科尔沁左翼中旗", "科左中旗", 2.9, "卜核对"),
    _county("150522", "科尔沁左翼后旗", "科左后旗", 2.6, "石核稿"),
    _county("150523", "开鲁县", "开鲁县", 2.5, "杜核实"),
    _county("150524", "库伦旗", "库伦旗", 0.0, "管把关"),
    _county("150525", "奈曼旗", "奈曼旗", 2.5, "申核准"),
    _county("150526", "扎鲁特旗", "扎鲁特旗", 1.9, "盖核定"),
    _county("150581", "霍林郭勒市", "霍林郭勒市", 1.2, "沙核校"),
    DemoUnit(
        "150502-B1",
        UnitKind.DEPARTMENT,
        "区委巡察信息中心",
        "区信息中心",
        "科尔沁区委巡察信息中心",
        0.8,
        parent="150502",
        checker="丁把关",
    ),
    DemoUnit(
        "150523-B1",
        UnitKind.DEPARTMENT,
        "县委巡察综合股",
        "县综合股",
        "开鲁县委巡察办综合股",
        0.5,
        parent="150523",
        checker="杜核实",
    ),
)

AUTHOR, COUNTY_ADMIN = (Role.AUTHOR,), (Role.COUNTY_ADMIN,)
PEOPLE: tuple[DemoPerson, ...] = (
    DemoPerson("zonghe", "何模拟", "150500-K1", "综合科负责人", (Role.SECTION_HEAD,), "综合科负责人（一审）"),
    DemoPerson("fenguan", "安样例", OFFICE, "副主任", (Role.SUPERVISING_LEADER,), "分管领导（二审）"),
    DemoPerson("zhuyao", "甄示范", OFFICE, "主任", (Role.PRINCIPAL_LEADER,), "主要领导（三审、签发）"),
    DemoPerson("xiaozu", "高演示", OFFICE, "领导小组成员", (Role.GROUP_MEMBER,), "领导小组成员（重要稿件）"),
    DemoPerson("xiaozu2", "梁示例", OFFICE, "领导小组成员", (Role.GROUP_MEMBER,)),
    DemoPerson("guanli", "常试用", "150500-K1", "管理员", (Role.OFFICE_ADMIN,), "巡察办管理员（采用、通报）"),
    DemoPerson("guanli2", "路练习", "150500-K2", "管理员（备岗）", (Role.OFFICE_ADMIN,)),
    DemoPerson("shenji", "严留痕", "150500-K2", "审计员", (Role.AUDITOR,), "审计员（操作审计）"),
    DemoPerson("baomi", "靳样审", "150500-K3", "科员", (Role.SECRECY_REVIEWER,), "保密审查员（重要稿件）"),
    DemoPerson("ducha", "邵试签", "150500-K2", "督查科负责人", ()),
    DemoPerson("zhk", "毕试写", "150500-K1", "科员", AUTHOR, "作者（综合科）"),
    DemoPerson("dck", "纪样稿", "150500-K2", "科员", AUTHOR),
    DemoPerson("zdk", "明试稿", "150500-K3", "科员", AUTHOR),
    *(
        DemoPerson(f"zu{number}", name, f"150500-Z{number}", "联络员", AUTHOR, shown)
        for number, name, shown in [
            (1, "郝练笔", "作者（第一巡察组）"),
            (2, "童试笔", ""),
            (3, "简练习", ""),
            (4, "成样本", ""),
            (5, "柏草稿", ""),
            (6, "温空白", ""),
        ]
    ),
    DemoPerson("keerqin", "云示例", "150502", "信息员", AUTHOR, "作者（科尔沁区）"),
    DemoPerson("keerqin2", "苗练稿", "150502", "信息员", AUTHOR),
    DemoPerson(
        "keerqin-fzr", "鲁试审", "150502", "主任", (Role.UNIT_HEAD,), "单位负责人（科尔沁区，先把关）"
    ),
    DemoPerson("keerqin-gl", "司管账", "150502", "副主任", COUNTY_ADMIN, "旗县管理员（科尔沁区）"),
    DemoPerson("keerqin-xx", "向数据", "150502-B1", "干事", AUTHOR),
    DemoPerson("zuozhong", "白试写", "150521", "信息员", AUTHOR, "作者（科尔沁左翼中旗）"),
    DemoPerson("zuozhong2", "示例其木格", "150521", "信息员", AUTHOR),
    DemoPerson("zuohou", "包演习", "150522", "信息员", AUTHOR),
    DemoPerson("zuohou2", "席样文", "150522", "信息员", AUTHOR),
    DemoPerson("kailu", "康举例", "150523", "信息员", AUTHOR),
    DemoPerson("kailu-zh", "齐样章", "150523-B1", "干事", AUTHOR),
    DemoPerson("kailu-gl", "章代管", "150523", "副主任", COUNTY_ADMIN),
    DemoPerson("kulun", "宝暂缺", "150524", "信息员", AUTHOR, "作者（库伦旗，零报送）"),
    DemoPerson("naiman", "乐仿写", "150525", "信息员", AUTHOR),
    DemoPerson("naiman2", "边试投", "150525", "信息员", AUTHOR),
    DemoPerson("zhalute", "金习作", "150526", "信息员", AUTHOR),
    DemoPerson("huolin", "霍待采", "150581", "信息员", AUTHOR),
)

#: Name of the cadres without an account who write along now and then.
GUESTS = ("外单位作者甲", "外单位作者乙")
