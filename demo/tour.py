"""A walk of five minutes through the demo city: who to be, where to go, what to do, what to notice."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH


@dataclass(frozen=True, slots=True)
class Stop:
    """One minute of the walk; `page` is the name of the address to open."""

    account: str
    title: str
    page: str
    doing: tuple[str, ...]
    noticing: str
    sample: bool = False


STOPS: tuple[Stop, ...] = (
    Stop(
        "keerqin",
        "写稿：从 Word 文件报送",
        "submissions:item-create",
        (
            "下载上面的示例稿件，在“写稿件”页最上方选这个文件，点“从 Word 文件填写”。",
            "看标题、作者、正文和表格是否都已填好；改几个字，看按钮旁的“已自动保存”。",
            "写上单位审核人，勾选保密声明，点“提交”。",
        ),
        "正文里有一处容易写错的机构简称，页面会当场指出来并给出改法。",
        sample=True,
    ),
    Stop(
        "keerqin2",
        "查原因：稿件为什么被退回",
        "mine",
        (
            "“退回待改”里写明谁退的、为什么、要改哪几处。",
            "点“去修改”，逐条勾选“已改”或写明情况，再点“重新提交”。",
        ),
        "每一条意见都要有回应才能再报；改了什么，审核人看得见。",
    ),
    Stop(
        "zonghe",
        "审稿：手机上也能批",
        "reviews:inbox",
        (
            "待审稿件按超期、加急、先后排好。点开一篇，看正文、检查结果和附件。",
            "逐项勾选审核要点，点“通过”；点错了五分钟内可以撤销。",
            "打开过的稿件可以在列表里一并勾选通过。",
        ),
        "把浏览器窗口拉窄，或用手机打开同一地址：按钮就在拇指旁边。",
    ),
    Stop(
        "guanli",
        "登记采用：一篇一行，有据可查",
        "adoptions:adoption-find",
        (
            "找一篇已签发的稿件，登记媒体、日期和链接。",
            "到“统计”看：几秒钟后本月的数字就变了，点任何一个数字都能看到是哪几篇。",
        ),
        "没有链接或样报的采用先登记、不计数，列在工作台上等着补。",
    ),
    Stop(
        "guanli",
        "出通报：名次、得分、文件",
        "bulletins:bulletin-list",
        (
            "打开最近一季的通报，看名次和“为什么是这个分数”。",
            "点“导出”，存成 Word、PDF 或 Excel。",
        ),
        "印发后的通报不再改动，任何时候都能用当时的数据重算核对。",
    ),
)


def sample_item() -> BytesIO:
    """A Word file such as a county sends: a title, a line of authors, paragraphs, a table."""
    document = Document()
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.add_run("科尔沁区委巡察办：巡察回访“回头看” 整改实效看得见").bold = True
    authors = document.add_paragraph("（通讯员 云示例 苗练稿）")
    authors.alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph(
        "　　近日，科尔沁区委巡察办会同区纪检委、组织部组成三个回访组，对上一轮巡察的六个单位开展整改"
        "“回头看”，现场核对整改台账，面对面听取群众评价。"
    )
    document.add_paragraph("　　回访采取“三看三问”的办法，重点了解下列情况：")
    table = document.add_table(rows=1, cols=3)
    table.style = "Table Grid"
    for cell, text in zip(table.rows[0].cells, ("类别", "问题（个）", "已整改（个）"), strict=True):
        cell.text = text
    for line in (("乡村振兴资金", "12", "12"), ("校园食品安全", "8", "7"), ("物业服务", "9", "9")):
        for cell, text in zip(table.add_row().cells, line, strict=True):
            cell.text = text
    document.add_paragraph("　　截至目前，29 个问题已整改 28 个，其余 1 个已明确时限和责任人。")
    file = BytesIO()
    document.save(file)
    file.seek(0)
    return file
