"""What the demo items say: invented, harmless, and different enough to be searched and compared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from reviews.enums import Reason
from reviews.returns.points import Point
from submissions.enums import Genre, Stage


@dataclass(frozen=True, slots=True)
class Text:
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Flaw:
    """What an item is sent back for: how the first text differs, what the reviewer says and asks for,
    and how the writers answer."""

    spoil: Callable[[Text], Text]
    comment: str
    points: tuple[Point, ...]
    answers: tuple[str, ...]


FIELDS = (
    "乡村振兴资金", "粮食安全", "养老服务", "校园食品安全", "农村集体“三资”", "营商环境", "医保基金",
    "高标准农田建设", "民生实事", "基层减负", "草原生态保护", "供水供暖", "物业服务", "国企管理",
    "农牧民培训", "公共停车", "老旧小区改造", "基层党建", "选人用人", "项目建设",
)  # fmt: skip

#: (genre, title); {o} organ, {u} short name of the unit, {f} field.
TITLES: dict[Stage, tuple[tuple[Genre, str], ...]] = {
    Stage.BEFORE: (
        (Genre.NEWS, "{o}把好巡前准备“三道关”"),
        (Genre.NEWS, "{o}开展新一轮巡察干部业务培训"),
        (Genre.INFORMATION, "{o}建立{f}巡前信息会商机制"),
        (Genre.NEWS, "{u}：巡前调研摸实情 找准{f}切入点"),
        (Genre.EXPERIENCE, "{o}以“清单+案例”做实{f}巡前准备"),
        (Genre.RESEARCH, "做好{f}领域巡前情况分析的几点思考"),
        (Genre.PICTURE, "图片新闻：{o}组织模拟谈话演练"),
        (Genre.NEWS, "{u}：巡察干部集中“充电” 备战{f}专项巡察"),
    ),
    Stage.DURING: (
        (Genre.NEWS, "{o}聚焦{f}开展专项巡察"),
        (Genre.NEWS, "{u}：把接访点设到群众家门口"),
        (Genre.FEATURE, "{u}：“板凳会”听民声 {f}监督接地气"),
        (Genre.NEWS, "{o}紧盯{f}推动立行立改"),
        (Genre.EXPERIENCE, "{o}用“三单”管理压实{f}巡察责任"),
        (Genre.NEWS, "{u}：巡察下沉一线 破解{f}难题"),
        (Genre.INFORMATION, "{o}深化巡审联动 提升{f}监督质效"),
        (Genre.EXPERIENCE, "{u}探索数据比对助力{f}巡察的做法"),
        (Genre.FEATURE, "嘎查村里的“流动接访车”——{u}{f}巡察见闻"),
        (Genre.PICTURE, "图片新闻：{u}巡察组走访苏木乡镇了解{f}情况"),
        (Genre.COMMENTARY, "巡察要善听“弦外之音”——从{f}说起"),
        (Genre.NEWS, "{o}：{f}巡察走进田间地头"),
    ),
    Stage.AFTER: (
        (Genre.NEWS, "{o}打好{f}整改“组合拳”"),
        (Genre.NEWS, "{u}：一张清单盯到底 {f}问题逐项销号"),
        (Genre.NEWS, "{o}开展{f}巡察整改“回头看”"),
        (Genre.EXPERIENCE, "{o}推动巡察成果转化为{f}治理效能"),
        (Genre.NEWS, "{u}：整改“晒”出来 群众“评”进去"),
        (Genre.INFORMATION, "{o}建立{f}整改会审机制 严把销号关"),
        (Genre.RESEARCH, "关于提升{f}巡察整改质效的思考"),
        (Genre.EXPERIENCE, "{u}推动{f}建章立制的实践与启示"),
        (Genre.COMMENTARY, "让{f}整改经得起群众检验"),
        (Genre.FEATURE, "一件{f}“小事”的整改账"),
        (Genre.NEWS, "{u}：{f}整改从“有没有”到“好不好”"),
        (Genre.ANALYSIS, "{o}梳理{f}共性问题 推动未巡先改"),
    ),
}

OPENINGS: dict[Stage, tuple[str, ...]] = {
    Stage.BEFORE: (
        "为高质量做好新一轮巡察工作，{o}坚持把功夫下在进驻之前，围绕{f}提前谋划、提前培训、提前摸底。",
        "“带着问题进驻，才能少走弯路。”新一轮巡察启动前，{o}围绕{f}开展了为期一周的准备工作。",
        "近日，{o}召开巡前准备会，就{f}监督重点、方式方法和纪律要求作出部署。",
    ),
    Stage.DURING: (
        "进驻以来，{o}把{f}作为监督重点，坚持到一线、见实情、听真话，推动一批具体问题得到解决。",
        "“有事就在家门口说。”连日来，{o}组织干部深入苏木乡镇和社区，围绕{f}广泛听取群众意见。",
        "本轮巡察中，{o}坚持“小切口”切入，围绕{f}细化监督清单，做到边巡边查、边查边改。",
    ),
    Stage.AFTER: (
        "巡察反馈后，{o}把{f}整改作为检验成效的重要标尺，建立台账、压实责任、跟踪问效。",
        "“问题改没改，群众说了算。”{o}紧盯{f}反馈问题，推动被巡察单位即知即改、真改实改。",
        "连日来，{o}对照反馈意见逐条过筛，推动{f}整改从纸面落到地面。",
    ),
}
METHODS = (
    "通过个别谈话、查阅资料、实地走访等方式，把{f}相关政策落实情况逐项对照、逐项核实。",
    "坚持开门巡察，在嘎查村、社区设立意见箱{a}个，公开联系方式，畅通群众反映渠道。",
    "建立周调度、月会商机制，每周梳理进展，对推进缓慢的事项点对点提醒。",
    "加强与审计、财政、统计等部门沟通，共享政策和数据，减少基层重复报送。",
    "选派熟悉财务、工程、农牧业的干部参与，组建{b}个专业小组，提升发现问题的精准度。",
    "推行“一事一单”，明确问题、措施、责任和时限，做到件件有着落、事事有回音。",
    "采取“四不两直”方式随机走访{c}户群众，面对面了解{f}政策知晓情况和实际感受。",
    "把培训课堂搬到现场，用典型做法讲清楚怎么看、怎么问、怎么核，帮助新抽调干部尽快上手。",
)
RESULTS = (
    "截至目前，共收集意见建议{c}条，推动解决群众身边具体问题{a}件，健全完善制度{b}项。",
    "目前，台账内{c}项整改任务已完成{a}项，其余事项均明确了时限和责任人。",
    "一个月来，累计走访群众{c}户，召开座谈会{b}场，当场答复和协调解决事项{a}件。",
    "据统计，群众对{f}工作的满意度评价较上一轮提高{b}个百分点，办理时限平均缩短{b}个工作日。",
)
CLOSINGS = (
    "“现在反映问题方便多了，办得也快。”参加座谈的群众代表说。",
    "下一步，{o}将持续跟踪{f}整改情况，把好的做法固化为长效机制。",
    "相关负责人表示，将举一反三、以点带面，推动同类问题一并解决。",
    "目前，这一做法已在全{k}推广，有关情况将纳入下一轮巡察监督内容。",
)

COMMENTS_PASS = ("", "", "", "同意。", "内容属实，同意报送。", "政策口径准确，同意。", "标题和数据已核对。")
COMMENTS_ISSUE = ("", "", "同意签发。", "同意，可对外投送。", "同意签发，注意配图说明。")
REASONS_IMPORTANT = (
    "总结全市巡察整改经验，拟向自治区级以上媒体投送",
    "涉及主要领导部署的重点工作，需集体把关",
    "拟作为全市典型做法推广",
)


def compose(rng: Random, stage: Stage, *, organ: str, short_name: str, taken: set[str]) -> tuple[Genre, Text]:
    """A text for an item of this stage whose title is not among `taken` yet."""
    for _attempt in range(200):
        genre, title = rng.choice(TITLES[stage])
        field = rng.choice(FIELDS)
        words = {
            "o": organ,
            "u": short_name,
            "f": field,
            "k": "市" if organ.startswith("市委") else "旗" if short_name.endswith("旗") else "县",
            "a": rng.randint(6, 18),
            "b": rng.randint(2, 5),
            "c": rng.randint(21, 96),
        }
        heading = title.format(**words)
        if heading not in taken:
            break
    taken.add(heading)
    middle = rng.sample(METHODS, k=2 if genre in {Genre.NEWS, Genre.PICTURE} else 4)
    paragraphs = [
        rng.choice(OPENINGS[stage]),
        "".join(middle[:2]),
        *(["".join(middle[2:])] if middle[2:] else []),
        rng.choice(RESULTS),
        rng.choice(CLOSINGS),
    ]
    return genre, Text(heading, "\n".join(paragraphs).format(**words))


def _without_figures(text: Text) -> Text:
    lines = text.body.split("\n")
    return Text(text.title, "\n".join([*lines[:-2], lines[-1]]))


def _with_slip(text: Text) -> Text:
    return Text(text.title, text.body.replace("群众", "群众众", 1).replace("台账", "台账账", 1))


def _with_long_title(text: Text) -> Text:
    return Text(f"关于{text.title}的有关情况报道", text.body)


def _with_slogans(text: Text) -> Text:
    slogans = "下一步，将进一步提高站位、深化认识，进一步强化措施、压实责任，不断推动各项工作再上新台阶。"
    return Text(text.title, f"{text.body}\n{slogans}")


def _with_other_order(text: Text) -> Text:
    first, *rest = text.body.split("\n")
    return Text(text.title, "\n".join([*rest, first]))


FLAWS = (
    Flaw(
        _without_figures,
        "做法和成效不实，请补充核实后再报。",
        (Point(Reason.FACTS, "补充整改成效数据，与台账核对一致"), Point(Reason.STRUCTURE, "写明具体做法")),
        ("已与整改台账核对，补上数据", "已补充做法"),
    ),
    Flaw(
        _with_slip,
        "请通读校对后重报。",
        (Point(Reason.WORDING, "“群众众”应为“群众”"), Point(Reason.WORDING, "“台账账”应为“台账”")),
        ("已改正", "已改正，全文已通读"),
    ),
    Flaw(
        _with_long_title,
        "",
        (Point(Reason.TITLE, "标题过长，不像新闻标题，请精简"),),
        ("已精简",),
    ),
    Flaw(
        _with_slogans,
        "",
        (Point(Reason.STRUCTURE, "结尾空泛，请删去套话，突出做法和成效"),),
        ("已删去最后一段",),
    ),
    Flaw(
        _with_other_order,
        "导语不突出。",
        (Point(Reason.STRUCTURE, "把主要内容放到第一段"),),
        ("已调整段落顺序",),
    ),
)
