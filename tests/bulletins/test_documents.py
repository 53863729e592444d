"""Word and PDF files from the page and by command: who gets them, their names, what goes wrong in words."""

from __future__ import annotations

import re
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from shutil import copy
from urllib.parse import quote

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse
from docx import Document
from pylopdf_fonts_zh_cn import sans_path

from bulletins.files.pdf import bulletin_pdf
from bulletins.files.word.building import bulletin_docx
from bulletins.layout.official import head_lines, head_size
from bulletins.layout.titles import title_lines, width
from paper.trouble import trouble
from paper.typefaces import SHIPPED
from paper.typesetting import NoFonts, TookTooLong, TypesettingError
from scoring.services.versions import create_default_scheme
from tests.bulletins.pdf_pages import pages
from tests.bulletins.sample import sample_document
from tests.conftest import LONG_AGO
from tests.stats.world import AFTER, adopted, drafted, put_out

FORMS = ("docx", "pdf")


@pytest.fixture
def march(cast, city, outlets):
    create_default_scheme(office=city.office, effective_from=LONG_AGO, now=AFTER)
    adopted(cast, outlets["city"], "2026-02-11", title="巡察整改见实效")
    return drafted(city.office)


def url(bulletin, form: str) -> str:
    return reverse(f"bulletins:bulletin-{form}", args=[bulletin.pk])


@pytest.mark.parametrize("form", FORMS)
def test_the_page_gives_the_file_of_the_command(form, march, cast, as_user, tmp_path) -> None:
    bulletin = put_out(cast)
    answer = as_user(cast.author).get(url(bulletin, form))
    assert answer.status_code == 200
    target = tmp_path / f"通报.{form}"
    call_command("bulletin", "2026Q1", office=bulletin.office.code, format=form, output=target)
    assert answer.content == target.read_bytes()
    assert quote(f"{bulletin.title}.{form}") in answer["Content-Disposition"]


@pytest.mark.parametrize("form", FORMS)
def test_a_draft_is_for_the_office_and_an_issued_bulletin_for_everybody_below_it(
    form, march, cast, as_user
) -> None:
    assert as_user(cast.admin).get(url(march, form)).status_code == 200
    assert as_user(cast.other_author).get(url(march, form)).status_code == 404
    assert as_user(cast.other_author).get(url(put_out(cast), form)).status_code == 200


@pytest.mark.parametrize("form", FORMS)
def test_other_offices_do_not_find_it(form, march, cast, foreign_cast, as_user) -> None:
    assert as_user(foreign_cast.admin).get(url(put_out(cast), form)).status_code == 404


@pytest.mark.parametrize("form", FORMS)
def test_nobody_gets_it_without_a_login(form, march, client) -> None:
    assert "/accounts/login/" in client.get(url(march, form)).url


@pytest.mark.parametrize("form", FORMS)
def test_files_for_preprinted_paper_say_so_in_their_name(form, march, cast, as_user) -> None:
    client = as_user(cast.admin)
    plain, preprinted = (client.get(url(march, form), {"preprinted": flag}) for flag in ("0", "1"))
    assert quote("（套打）") in preprinted["Content-Disposition"]
    assert quote("（套打）") not in plain["Content-Disposition"]


def test_a_draft_says_that_it_is_one(march, cast, as_user) -> None:
    client = as_user(cast.admin)
    document = Document(BytesIO(client.get(url(march, "docx")).content))
    assert document.paragraphs[1].text == "草稿"
    assert pages(client.get(url(march, "pdf")).content)[0].texts[0] == "草稿"


def test_the_fonts_of_the_office_come_first(settings, tmp_path) -> None:
    copy(sans_path(), tmp_path / "仿宋_GB2312.otf")
    settings.FONTS_DIR = tmp_path
    done = bulletin_pdf(sample_document())
    assert (done.fonts["body"], done.fonts["title"]) == ("Noto Sans SC", "Noto Serif SC")


def test_a_damaged_font_does_not_stop_the_press(settings, tmp_path) -> None:
    (tmp_path / "方正小标宋简体.ttf").write_bytes(b"\x00\x01\x00\x00 no font at all")
    settings.FONTS_DIR = tmp_path
    assert bulletin_pdf(sample_document()).files[0].startswith(b"%PDF")


def test_missing_characters_are_named_on_the_next_page(march, cast, city, outlets, as_user) -> None:
    adopted(cast, outlets["city"], "2026-03-11", title="学习古文字𓀀的体会")
    bulletin = drafted(city.office)
    client = as_user(cast.admin)
    assert client.get(url(bulletin, "pdf")).status_code == 200
    text = client.get(reverse("bulletins:bulletin-detail", args=[bulletin.pk])).content.decode()
    assert "𓀀（U+13000）" in text


@pytest.mark.parametrize(
    ("error", "words"),
    [(NoFonts(), "字体"), (TookTooLong("x"), "时间"), (TypesettingError("stack"), "stack")],
)
def test_what_goes_wrong_is_told_with_what_to_do(error, words) -> None:
    assert words in trouble(error)
    assert str(django_settings.FONTS_DIR) in trouble(error) or isinstance(error, TookTooLong)


def test_the_command_says_where_it_cannot_write(march, city, tmp_path) -> None:
    with pytest.raises(CommandError):
        call_command(
            "bulletin", "2026Q1", office=city.office.code, format="pdf", output=tmp_path / "no" / "x"
        )


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("通报", ["通报"]),
        ("关于2025年12月稿件报送及采用情况的通报", ["关于2025年12月稿件报送及采用情况的通报"]),
        ("关于2026年第一季度稿件报送及采用情况的通报", ["关于2026年第一季度", "稿件报送及采用情况的通报"]),
        (
            "关于2026年3月5日—4月10日稿件报送及采用情况的通报",
            ["关于2026年3月5日—4月10日", "稿件报送及采用情况的通报"],
        ),
        (
            "关于更正《关于2026年第一季度稿件报送及采用情况的通报》（2026年第3号）的通报",
            ["关于更正《关于2026年第一季度稿件报送", "及采用情况的通报》（2026年第3号）的通报"],
        ),
    ],
)
def test_long_titles_break_between_words_into_lines_of_different_length(title, lines) -> None:
    assert list(title_lines(title, 20)) == lines


@pytest.mark.parametrize("length", [1, 19, 20, 21, 40, 59, 90])
def test_every_title_fits_its_lines_and_loses_nothing(length) -> None:
    title = ("巡察工作、情况通报及统计" * 9)[:length]
    lines = title_lines(title, 20)
    assert "".join(lines) == title
    assert max(map(width, lines)) <= 20


@pytest.mark.parametrize(
    ("name", "size", "narrowed"),
    [
        ("市委巡察办", 62.0, 1.0),
        ("中共通辽市委巡察办文件", 40.0, 0.98),
        ("中共通辽市委巡察工作领导小组办公室", 40.0, 0.63),
    ],
)
def test_the_red_head_is_as_large_as_its_length_allows(name, size, narrowed) -> None:
    lines = head_lines(name)
    assert lines == (name,)
    found, how = head_size(lines)
    assert found == pytest.approx(size, abs=1)
    assert how == pytest.approx(narrowed, abs=0.02)


def test_the_shipped_fonts_carry_their_licence() -> None:
    readme = (SHIPPED / "README.md").read_text(encoding="utf-8")
    for font in SHIPPED.glob("*.ttf"):
        assert font.name in readme
        assert sha256(font.read_bytes()).hexdigest() in readme
    assert "SIL OPEN FONT LICENSE" in (SHIPPED / "OFL.txt").read_text(encoding="utf-8")


def test_every_test_that_the_check_list_names_exists() -> None:
    page = (django_settings.BASE_DIR / "docs" / "gongwen-check.md").read_text(encoding="utf-8")
    sources = [
        (Path(__file__).parent / f"test_{name}.py").read_text() for name in ("pdf", "docx", "documents")
    ]
    known = re.findall(r"def test_(\w+)", "".join(sources))
    named = [name for name in re.findall(r"`([a-z0-9_…]{9,})`", page) if "_" in name]
    assert len(named) > 30
    for name in named:
        pattern = re.compile(name.replace("…", ".*"))
        assert any(pattern.fullmatch(each) for each in known), name


def test_no_file_of_a_draft_can_be_taken_for_the_issued_one() -> None:
    draft, issued = sample_document(issued=False), sample_document()
    assert bulletin_docx(draft) != bulletin_docx(issued)
