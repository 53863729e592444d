"""What a Word file becomes: the text, its title and authors, and what is told about the rest."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from PIL import Image

from accounts.models import User
from submissions.models import Item
from submissions.wordfile.blocks import Missed
from submissions.wordfile.package import UnreadableWord
from submissions.wordfile.reading import WordText, read_word
from tests.conftest import Cast, City, draft, filed, shanghai
from tests.submissions.builders import CONTENT_TYPES, archive, form_data

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NOW = shanghai("2026-04-10")
NEW = "submissions:item-create"


def word(fill: Callable[[Any], object]) -> bytes:
    """A Word file whose document was filled by `fill`."""
    document = docx.Document()
    fill(document)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def story(document: Any, title: str = "青山县压实整改责任", signature: str = "作者：甲作者、李四光") -> None:
    head = document.add_paragraph()
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    head.add_run(title).font.size = Pt(22)
    if signature:
        document.add_paragraph(signature)
    document.add_paragraph("　　4月10日，青山县委召开会议。")


def from_xml(body: str, **parts: str) -> WordText:
    """What is read from a document with this body, its namespaces left out."""
    document = f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    members = {CONTENT_TYPES: "<Types/>", "word/document.xml": document}
    for name, text in parts.items():
        members[f"word/{name}.xml"] = f'<w:root xmlns:w="{W}">{text}</w:root>'
    return read_word(io.BytesIO(archive(members)))


def p(text: str, look: str = "", run: str = "") -> str:
    return f"<w:p><w:pPr>{look}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def read(fill: Callable[[Any], object]) -> WordText:
    return read_word(io.BytesIO(word(fill)))


# The text --------------------------------------------------------------------------------------------------


def test_paragraphs_bold_words_headings_and_lists_are_kept() -> None:
    def fill(document: Any) -> None:
        story(document)
        document.add_paragraph("一、压实责任")
        document.add_paragraph("县委书记").add_run("亲自部署").bold = True
        document.add_paragraph("第一项", style="List Bullet")
        document.add_paragraph("第二项", style="List Bullet")
        document.add_heading("小结", level=2)

    assert read(fill).html == (
        "<p>4月10日，青山县委召开会议。</p><h2>一、压实责任</h2><p>县委书记<strong>亲自部署</strong></p>"
        "<ul><li>第一项</li><li>第二项</li></ul><h3>小结</h3>"
    )


def test_merged_cells_stay_merged() -> None:
    def fill(document: Any) -> None:
        story(document)
        table = document.add_table(3, 3)
        table.cell(0, 0).merge(table.cell(0, 1)).text = "横"
        table.cell(1, 2).merge(table.cell(2, 2)).text = "竖"
        table.cell(2, 0).text = "左下"

    assert read(fill).html.endswith(
        '<table><tbody><tr><td colspan="2">横</td><td></td></tr>'
        '<tr><td></td><td></td><td rowspan="2">竖</td></tr><tr><td>左下</td><td></td></tr></tbody></table>'
    )


def test_a_table_of_one_cell_is_a_frame_around_text() -> None:
    text = from_xml(f"{p('标题')}<w:tbl><w:tr><w:tc>{p('框内文字。')}</w:tc></w:tr></w:tbl>")
    assert text.html == "<p>框内文字。</p>"


def test_tracked_changes_are_read_as_accepted() -> None:
    text = from_xml(
        p("标题")
        + "<w:p><w:r><w:t>共</w:t></w:r><w:del><w:r><w:delText>十二</w:delText></w:r></w:del>"
        + "<w:ins><w:r><w:t>十三</w:t></w:r></w:ins><w:r><w:t>家。</w:t></w:r></w:p>"
    )
    assert text.html == "<p>共十三家。</p>"
    assert Missed.TRACKED in text.missed


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next_one() -> None:
    text = from_xml(
        p("标题")
        + "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>前半，</w:t></w:r></w:p>"
        + p("后半。")
    )
    assert text.html == "<p>前半，后半。</p>"


def test_what_was_moved_stands_only_where_it_was_moved_to() -> None:
    moved = (
        "<w:moveFrom><w:r><w:t>移</w:t></w:r></w:moveFrom>",
        "<w:moveTo><w:r><w:t>移</w:t></w:r></w:moveTo>",
    )
    text = from_xml(p("标题") + f"<w:p>{moved[0]}</w:p><w:p>{moved[1]}<w:r><w:t>动。</w:t></w:r></w:p>")
    assert text.html == "<p>移动。</p>"


def test_hidden_text_and_field_codes_are_no_text() -> None:
    text = from_xml(
        p("标题")
        + "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r>"
        + "<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>可见。</w:t></w:r></w:p>"
    )
    assert text.html == "<p>可见。</p>"


def test_soft_breaks_stay_and_page_breaks_go() -> None:
    runs = '<w:r><w:t>上</w:t><w:br/><w:t>下</w:t><w:br w:type="page"/></w:r>'
    assert from_xml(p("标题") + f"<w:p>{runs}</w:p>").html == "<p>上<br>下</p>"


def test_numbers_that_word_counts_become_text() -> None:
    def level(depth: int, kind: str, text: str) -> str:
        return f'<w:lvl w:ilvl="{depth}"><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'

    levels = level(0, "chineseCounting", "%1、") + level(1, "decimal", "%2.")
    numbering = (
        f'<w:abstractNum w:abstractNumId="1">{levels}</w:abstractNum>'
        '<w:num w:numId="7"><w:abstractNumId w:val="1"/></w:num>'
    )

    def numbered(text: str, depth: int) -> str:
        return p(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="7"/></w:numPr>')

    body = (
        p("标题")
        + numbered("甲。", 0)
        + numbered("乙。", 1)
        + numbered("丙。", 1)
        + numbered("丁。", 0)
        + numbered("戊。", 1)
    )
    assert from_xml(body, numbering=numbering).html == (
        "<p>一、甲。</p><p>1.乙。</p><p>2.丙。</p><p>二、丁。</p><p>1.戊。</p>"
    )


def test_footnotes_stand_at_the_end() -> None:
    note = f'<w:footnote w:id="2">{p("数据截至三月底。")}</w:footnote>'
    body = p("标题") + '<w:p><w:r><w:t>完成率高</w:t><w:footnoteReference w:id="2"/></w:r></w:p>'
    assert from_xml(body, footnotes=note).html == "<p>完成率高<sup>[1]</sup></p><p>[1] 数据截至三月底。</p>"


def test_a_text_box_is_read_once_though_it_is_stored_twice() -> None:
    box = f"<w:txbxContent>{p('框中话。')}</w:txbxContent>"
    drawn = f"<w:Choice><w:drawing>{box}</w:drawing></w:Choice>"
    old = f"<w:Fallback><w:pict>{box}</w:pict></w:Fallback>"
    both = f"<w:AlternateContent>{drawn}{old}</w:AlternateContent>"
    text = from_xml(p("标题") + f"<w:p><w:r><w:t>正文。</w:t>{both}</w:r></w:p>")
    assert text.html == "<p>正文。</p><p>框中话。</p>"
    assert Missed.TEXT_BOX in text.missed


def test_elements_of_the_strict_variant_are_read_too() -> None:
    body = (p("标题") + p("正文。")).replace("w:", "x:")
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    document = f'<x:document xmlns:x="{strict}"><x:body>{body}</x:body></x:document>'
    assert read_word(io.BytesIO(archive({"word/document.xml": document}))).html == "<p>正文。</p>"


@pytest.mark.parametrize(
    "document",
    [
        "no xml",
        "<w:document/>",
        '<!DOCTYPE x [<!ENTITY a "aaaa">]><document><body><p><r><t>&a;</t></r></p></body></document>',
        "<document><body>" + "<p>" * 5000 + "</p>" * 5000 + "</body></document>",
        "<document><body>" + "<p/>" * 150_000 + "</body></document>",
    ],
)
def test_damaged_and_hostile_documents_are_refused(document: str) -> None:
    with pytest.raises(UnreadableWord):
        read_word(io.BytesIO(archive({"word/document.xml": document})))


def test_a_document_that_unpacks_to_too_much_is_refused() -> None:
    with pytest.raises(UnreadableWord):
        read_word(io.BytesIO(archive({"word/document.xml": b"<d>" + b" " * 13_000_000 + b"</d>"})))


# Nothing that a reader of the file sees is lost in silence --------------------------------------------------

NAMES = " ".join(f'xmlns:{name}="urn:{name}"' for name in ("w", "r", "mc", "v", "a", "m", "wp", "x"))
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEARD = "能看到的字"


def package(
    body: str, members: Mapping[str, bytes | str] | None = None, *, main: str = "word/document.xml"
) -> WordText:
    """What is read from a file whose parts are found by their relations alone; a member's name has its
    relation before it: `aFChunk__word/a.htm`."""
    members = members or {}
    folder, _slash, base = main.rpartition("/")
    parts = {name.partition("__")[2]: content for name, content in members.items()}
    relations = "".join(
        f'<Relationship Id="r{number}" Type="{RELATIONS}/{name.partition("__")[0]}" Target="/{part}"/>'
        for number, (name, part) in enumerate(zip(members, parts, strict=True), 1)
    )
    start = f'<Relationship Id="r" Type="{RELATIONS}/officeDocument" Target="{main}"/>'
    whole = {
        "_rels/.rels": f"<Relationships>{start}</Relationships>",
        f"{folder}/_rels/{base}.rels".lstrip("/"): f"<Relationships>{relations}</Relationships>",
        main: f"<w:document {NAMES}><w:body>{p('标题')}{body}</w:body></w:document>",
    }
    return read_word(io.BytesIO(archive({CONTENT_TYPES: "<Types/>"} | whole | parts)))


def run(inner: str) -> str:
    return f"<w:p><w:r>{inner}</w:r></w:p>"


def choice(first: str, second: str, requires: str) -> str:
    ways = f'<mc:Choice Requires="{requires}">{first}</mc:Choice><mc:Fallback>{second}</mc:Fallback>'
    return f"<mc:AlternateContent>{ways}</mc:AlternateContent>"


T = f"<w:t>{HEARD}</w:t>"
OTHER = "<w:t>另一种</w:t>"
DROP_DOWN = (
    '<w:fldChar><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="甲"/>'
    f'<w:listEntry w:val="{HEARD}"/></w:ddList></w:ffData></w:fldChar>'
)
TAKEN = {
    "the first way, known": run(choice(T, OTHER, "wps")),
    "the second way, the first unknown": run(choice(OTHER, T, "w99")),
    "a run in two ways": f"<w:p>{choice(f'<w:r>{T}</w:r>', f'<w:r>{OTHER}</w:r>', 'w14')}</w:p>",
    "a paragraph in two ways": choice(run(T), run(OTHER), "wps"),
    "a chosen value": run(DROP_DOWN),
    "WordArt": run(f'<w:pict><v:shape><v:textpath string="{HEARD}"/></v:shape></w:pict>'),
    "a drawing on a canvas": run(
        f"<w:drawing><a:txBody><a:p><a:r><a:t>{HEARD}</a:t></a:r></a:p></a:txBody></w:drawing>"
    ),
    "a control": f"<w:sdt><w:sdtContent>{run(T)}</w:sdtContent></w:sdt>",
    "an element nobody knows around a run": f"<w:p><x:new><w:r>{T}</w:r></x:new></w:p>",
    "an element nobody knows around a paragraph": f"<x:new>{run(T)}</x:new>",
    "a run beside paragraphs": f"<w:r>{T}</w:r>",
    "a formula beside paragraphs": f"<m:oMathPara><m:r><m:t>{HEARD}</m:t></m:r></m:oMathPara>",
    "a text box in a text box": run(
        f"<w:drawing><w:txbxContent><w:p><w:r><w:pict><w:txbxContent>{run(T)}"
        "</w:txbxContent></w:pict></w:r></w:p></w:txbxContent></w:drawing>"
    ),
}


@pytest.mark.parametrize("body", TAKEN.values(), ids=TAKEN)
def test_words_are_taken_from_whatever_holds_them_and_once(body: str) -> None:
    text = package(body)
    assert text.html.count(HEARD) == 1
    assert "另一种" not in text.html
    assert text.left_out == []


@pytest.mark.parametrize(("code", "shown"), [("1F44D", "👍"), ("F0AB", "★"), ("2460", "①")])
def test_signs_of_picture_fonts_and_emoji_are_characters(code: str, shown: str) -> None:
    text = package(run(f'<w:t>好</w:t><w:sym w:char="{code}"/>'))
    assert text.html == f"<p>好{shown}</p>"
    assert Missed.SIGN not in text.missed


@pytest.mark.parametrize("code", ["F021", "D83D", "0", "7FFFFFFFFFFFFFFF", "110000", "x", ""])
def test_a_sign_that_is_no_character_is_told_of(code: str) -> None:
    text = package(run(f'<w:t>好</w:t><w:sym w:char="{code}"/>'))
    assert text.html == "<p>好</p>"
    assert Missed.SIGN in text.missed


PAGE = "<html><body><h1>小标题</h1><p>能<b>看</b>到的字</p><table><tr><td>甲<td>乙</table></body></html>"
CHUNKS = {
    "a page": ("word/a.htm", PAGE.encode("gb18030")),
    "a saved page": ("word/a.mht", b"MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n" + PAGE.encode()),
    "RTF": ("word/a.rtf", rb"{\rtf1\ansi\ansicpg936 %s}" % "".join(f"\\u{ord(c)} ?" for c in HEARD).encode()),
    "plain text": ("word/a.txt", HEARD.encode()),
    "a Word file": ("word/a.docx", word(lambda document: document.add_paragraph(HEARD))),
}  # fmt: skip


@pytest.mark.parametrize(("name", "content"), CHUNKS.values(), ids=CHUNKS)
@pytest.mark.parametrize("element", ['<w:altChunk r:id="r1"/>', '<w:p><w:subDoc r:id="r1"/></w:p>'])
def test_a_text_kept_in_another_file_is_taken(element: str, name: str, content: bytes) -> None:
    text = package(element, {f"aFChunk__{name}": content})
    assert HEARD in text.html.replace("<strong>", "").replace("</strong>", "")
    assert Missed.CHUNK in text.missed
    assert text.left_out == []
    if content == CHUNKS["a page"][1]:
        assert "<td>甲</td><td>乙</td>" in text.html


@pytest.mark.parametrize("content", [b"\xd0\xcf\x11\xe0" + bytes(99), b"PK\x03\x04 damaged"])
def test_a_text_that_cannot_be_read_is_named(content: bytes) -> None:
    text = package('<w:altChunk r:id="r1"/>', {"aFChunk__word/a.doc": content})
    assert Missed.PART in text.missed
    assert "a.doc" in text.left_out[0]


def test_a_document_that_is_not_in_the_file_is_named() -> None:
    text = package('<w:p><w:subDoc r:id="r7"/></w:p>')
    assert text.left_out == ["r7"]


@pytest.mark.parametrize("main", ["word/document2.xml", "word/a/b.xml", "document.xml"])
def test_parts_are_found_by_their_relations_whatever_their_names(main: str) -> None:
    note = f'<w:footnotes {NAMES}><w:footnote w:id="2">{p("附注。")}</w:footnote></w:footnotes>'
    style = '<w:style w:styleId="x"><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    text = package(
        p("小标题", '<w:pStyle w:val="x"/>') + run('<w:footnoteReference w:id="2"/>'),
        {
            "footnotes__word/notes9.xml": note,
            "styles__word/looks.xml": f"<w:styles {NAMES}>{style}</w:styles>",
        },
        main=main,
    )
    assert text.html == "<h2>小标题</h2><p><sup>[1]</sup></p><p>[1] 附注。</p>"


def test_words_in_a_place_where_none_are_expected_are_listed() -> None:
    text = package(f"<w:p><w:pPr/><x:odd>{HEARD}</x:odd><w:r><w:t>正文。</w:t></w:r></w:p>")
    assert text.html == "<p>正文。</p>"
    assert text.left_out == [HEARD]


@pytest.mark.parametrize("kind", ["header", "footer"])
def test_heads_of_pages_are_told_of_and_their_numbers_are_not(kind: str) -> None:
    def with_head(words: str) -> WordText:
        return package(run(T), {f"{kind}__word/{kind}1.xml": f"<w:hdr {NAMES}>{p(words)}</w:hdr>"})

    assert Missed.HEADERS in with_head("内部通讯").missed
    assert Missed.HEADERS not in with_head("第 1 页").missed


def test_readings_are_told_of() -> None:
    above, below = "<w:rt><w:r><w:t>hǎo</w:t></w:r></w:rt>", "<w:r><w:t>好</w:t></w:r>"
    text = package(run(f"<w:ruby>{above}<w:rubyBase>{below}</w:rubyBase></w:ruby>"))
    assert text.html == "<p>好</p>"
    assert Missed.READINGS in text.missed


def test_every_word_of_a_file_is_taken_or_listed() -> None:
    """The words of a body of every construct above, each with a name of its own, and what came of them."""
    bodies = [body.replace(HEARD, f"{HEARD}{number}号") for number, body in enumerate(TAKEN.values())]
    bodies.append(f"<w:p><x:odd>{HEARD}99号</x:odd></w:p>")
    text = package("".join(bodies))
    told = text.html + "".join(text.left_out)
    written = {f"{HEARD}{number}号" for number in [*range(len(TAKEN)), 99]}
    assert {words for words in written if words not in told} == set()


# Title and authors -----------------------------------------------------------------------------------------


def test_the_centred_line_is_the_title_also_in_two_lines() -> None:
    look, run = '<w:jc w:val="center"/>', '<w:sz w:val="44"/>'
    text = from_xml(
        p("通讯简报") + p("青山县压实责任", look, run) + p("推动整改见效", look, run) + p("正文。")
    )
    assert text.title == "青山县压实责任推动整改见效"
    assert text.html == "<p>通讯简报</p><p>正文。</p>"


def test_without_looks_a_short_first_line_is_the_title_and_a_sentence_is_not() -> None:
    assert from_xml(p("青山县压实责任") + p("正文。")).title == "青山县压实责任"
    plain = from_xml(p("4月10日，青山县委召开会议。") + p("正文。"))
    assert (plain.title, plain.html) == ("", "<p>4月10日，青山县委召开会议。</p><p>正文。</p>")


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("（通讯员 张三 李四光）", ["张三", "李四光"]),
        ("(通讯员：张三、李四光)", ["张三", "李四光"]),
        ("作者：张三", ["张三"]),
        ("文/张三 李四光", ["张三", "李四光"]),
        ("供稿：青山县委巡察办 张　三", ["张三"]),
        ("青山县委巡察办　张　三　李四光", ["张三", "李四光"]),
        ("青山县委巡察办 阿拉坦·巴特尔", ["阿拉坦·巴特尔"]),
        ("通讯员：王𬱖、李喆", ["王𬱖", "李喆"]),
    ],
)
def test_a_signature_below_the_title_names_the_authors(line: str, names: list[str]) -> None:
    text = from_xml(p("标题", '<w:jc w:val="center"/>') + p(line) + p("正文。"))
    assert text.authors == names
    assert text.html == "<p>正文。</p>"


@pytest.mark.parametrize(
    "line",
    [
        "记者：谢谢",
        "作者：本组经过三个月的走访，发现",
        "青山县委 全面部署 压实责任",
        "作者单位：青山县委巡察办",
        "文化建设：稳步推进",
    ],
)
def test_what_is_not_surely_a_signature_stays_text(line: str) -> None:
    text = from_xml(p("标题", '<w:jc w:val="center"/>') + p(line) + p("正文。"))
    assert text.authors == []
    assert line in text.html


def test_a_signature_at_the_end_of_the_last_sentence_names_the_authors_and_stays() -> None:
    text = from_xml(p("标题") + p("整改落地见效。（记者 王五 通讯员 张三）"))
    assert text.authors == ["王五", "张三"]
    assert text.html == "<p>整改落地见效。（记者 王五 通讯员 张三）</p>"


def test_a_line_of_the_checker_is_the_checker() -> None:
    text = from_xml(p("标题") + p("正文。") + p("作者：张三") + p("审核：李四光"))
    assert (text.authors, text.checker, text.html) == (["张三"], "李四光", "<p>正文。</p>")


# The form --------------------------------------------------------------------------------------------------


def send(client: Client, content: bytes, name: str = "稿件.docx", to: str = "", **fields: Any) -> Any:
    """Choose a Word file in an otherwise empty form."""
    data = form_data(**{"title": "", "body": "", "checker": "", "declared_unclassified": None} | fields)
    return client.post(
        to or reverse(NEW), data | {"word_file": SimpleUploadedFile(name, content)}, follow=True
    )


def notes(answer: Any) -> str:
    return " ".join(str(message) for message in answer.context["messages"])


def picture() -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(file, "PNG")
    file.seek(0)
    return file


@pytest.mark.usefixtures("clean_files")
def test_a_word_file_fills_an_empty_form(cast: Cast, as_user: Callable[[User], Client]) -> None:
    def fill(document: Any) -> None:
        story(document)
        document.add_picture(picture())

    answer = send(as_user(cast.author), word(fill))
    item = Item.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("submissions:item-edit", args=[item.pk])
    assert (item.title, item.body) == ("青山县压实整改责任", "4月10日，青山县委召开会议。")
    assert item.html == "<p>4月10日，青山县委召开会议。</p>"
    authors = item.authorships.order_by("position").values_list("name", "user")
    assert list(authors) == [("甲作者", cast.author.pk), ("李四光", None)]
    assert list(item.attachments.order_by("pk").values_list("name", flat=True)) == ["稿件.docx", "图片1.png"]
    assert "甲作者、李四光" in notes(answer)


@pytest.mark.usefixtures("clean_files")
def test_a_word_file_sent_twice_makes_one_item(cast: Cast, as_user: Callable[[User], Client]) -> None:
    client, data = as_user(cast.author), word(story)
    key = form_data()["form_key"]
    for _ in range(2):
        assert send(client, data, form_key=key).status_code == 200
    item = Item.objects.get()
    assert item.title == "青山县压实整改责任"
    assert item.attachments.count() == 1


@pytest.mark.usefixtures("clean_files")
def test_a_word_file_beside_a_text_is_attached_and_the_text_stays(
    cast: Cast, as_user: Callable[[User], Client]
) -> None:
    item, client = draft(cast.author, NOW), as_user(cast.author)
    edit = reverse("submissions:item-edit", args=[item.pk])
    kept = {name: form_data(item)[name] for name in ("title", "body", "form_key", "read")}
    assert "正文保持不变" in notes(send(client, word(story), to=edit, **kept))
    item.refresh_from_db()
    assert (item.title, item.attachments.count()) == ("青山县扎实推进巡察整改", 1)


@pytest.mark.usefixtures("clean_files")
def test_a_ticked_box_replaces_the_text_but_not_the_authors_at_hand(
    cast: Cast, as_user: Callable[[User], Client]
) -> None:
    item = draft(cast.author, NOW)
    edit = reverse("submissions:item-edit", args=[item.pk])
    kept = {name: form_data(item)[name] for name in ("title", "body", "form_key", "read")}
    authors = {"authors-TOTAL_FORMS": "2", "authors-1-name": "外请作者", "authors-1-share": "1"}
    answer = send(as_user(cast.author), word(story), to=edit, replace_text="on", **kept, **authors)
    item.refresh_from_db()
    assert (item.title, item.body) == ("青山县压实整改责任", "4月10日，青山县委召开会议。")
    assert [authorship.name for authorship in item.authorships.order_by("position")] == ["甲作者", "外请作者"]
    assert "李四光" in notes(answer)


@pytest.mark.usefixtures("clean_files")
def test_a_typed_title_is_kept_and_that_of_the_file_leads_the_text(
    cast: Cast, as_user: Callable[[User], Client]
) -> None:
    send(as_user(cast.author), word(story), title="我的标题")
    item = Item.objects.get()
    assert (item.title, item.body) == ("我的标题", "青山县压实整改责任\n4月10日，青山县委召开会议。")


@pytest.mark.parametrize("name", ["稿件.doc", "稿件.wps", "稿件.rtf", "稿件.docx"])
def test_an_old_or_locked_file_is_refused_with_what_to_do(
    name: str, cast: Cast, as_user: Callable[[User], Client]
) -> None:
    answer = send(as_user(cast.author), b"\xd0\xcf\x11\xe0" + bytes(600), name=name)
    assert answer.status_code == 422
    assert "另存为 .docx" in answer.content.decode()
    assert not Item.objects.exists()


def test_a_locked_file_is_refused_for_its_password(cast: Cast, as_user: Callable[[User], Client]) -> None:
    locked = b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    page = send(as_user(cast.author), locked).content.decode()
    assert "密码" in page
    assert "旧格式" not in page


@pytest.mark.parametrize(
    "lines",
    [
        [
            "中共河源市委巡察工作领导小组办公室文件",
            "河巡办发〔2026〕3号",
            "关于推进整改的通知",
            "各县委巡察办：",
        ],
        ["关于推进整改的通知", "正文。", "河源市委巡察办　2026年4月10日印发"],
    ],
)
def test_an_official_document_is_refused(
    lines: Iterable[str], cast: Cast, as_user: Callable[[User], Client]
) -> None:
    answer = send(
        as_user(cast.author), word(lambda document: [document.add_paragraph(line) for line in lines])
    )
    assert answer.status_code == 422
    assert "公文" in answer.content.decode()
    assert not Item.objects.exists()


@pytest.mark.usefixtures("clean_files")
def test_a_text_that_quotes_the_number_of_a_document_is_none(
    cast: Cast, as_user: Callable[[User], Client]
) -> None:
    def fill(document: Any) -> None:
        story(document)
        document.add_paragraph("根据《条例》（中办发〔2012〕14号）要求，印发方案。")

    assert send(as_user(cast.author), word(fill)).status_code == 200


def test_what_is_no_word_file_is_refused_and_what_was_typed_stays(
    cast: Cast, as_user: Callable[[User], Client]
) -> None:
    answer = send(as_user(cast.author), archive({"a.txt": "x"}), title="我的标题")
    assert answer.status_code == 422
    assert 'value="我的标题"' in answer.content.decode()


def test_an_auditor_cannot_fill_a_form(cast: Cast, as_user: Callable[[User], Client]) -> None:
    assert send(as_user(cast.auditor), word(story)).status_code == 403


@pytest.mark.usefixtures("clean_files")
def test_a_file_is_not_taken_into_an_item_under_review(cast: Cast, as_user: Callable[[User], Client]) -> None:
    item = filed(cast.author, NOW)
    edit = reverse("submissions:item-edit", args=[item.pk])
    answer = send(
        as_user(cast.author), word(story), to=edit, read=item.changed_at.isoformat(), replace_text="on"
    )
    assert answer.status_code == 409
    item.refresh_from_db()
    assert item.title == "青山县扎实推进巡察整改"
    assert not item.attachments.exists()


@pytest.mark.usefixtures("clean_files")
def test_pictures_of_other_kinds_are_named(
    cast: Cast, city: City, as_user: Callable[[User], Client], tmp_path: Path
) -> None:
    def fill(document: Any) -> None:
        story(document, signature="")
        document.add_picture(picture())

    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word(fill))) as source, zipfile.ZipFile(packed, "w") as target:
        for member in source.namelist():
            content = source.read(member).replace(b"media/image1.png", b"media/image1.wmf")
            target.writestr(member.replace("image1.png", "image1.wmf"), content)
    answer = send(as_user(cast.author), packed.getvalue())
    assert "image1.wmf" in notes(answer)
    assert Item.objects.get().attachments.count() == 1
