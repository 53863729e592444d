"""Typst in a process of its own: texts stay texts, time is limited, fonts are the given ones."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest
from pylopdf_fonts_zh_cn import serif_path

from paper.typesetting import Fonts, NoFonts, TookTooLong, TypesettingError, typeset

FONTS = Fonts((serif_path().parent,), {"body": ("Noto Serif SC",)}, (), "中")


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "page.typ"
    path.write_text(
        "#let data = json(bytes(sys.inputs.data))\n"
        "#set page(width: 90mm, height: 30mm)\n#set text(font: data.fonts.body)\n#data.words\n",
        encoding="utf-8",
    )
    return path


@pytest.mark.parametrize(
    "words", ["#panic()", "$1/0$", "= 标题", "*粗*", '#read("/etc/passwd")', "\\u{41}", "] #x ["]
)
def test_no_text_is_read_as_markup(template, words) -> None:
    assert typeset(template, {"words": words}, FONTS).files[0].startswith(b"%PDF")


def test_the_same_data_gives_the_same_bytes(template) -> None:
    first, second = (typeset(template, {"words": "巡察"}, FONTS).files for _ in range(2))
    assert first == second


def test_pages_are_drawn_as_pictures(template) -> None:
    (picture,) = typeset(template, {"words": "巡察"}, FONTS, form="png", ppi=72).files
    assert picture.startswith(b"\x89PNG")


def test_without_a_font_for_chinese_nothing_is_printed(template, tmp_path) -> None:
    with pytest.raises(NoFonts):
        typeset(template, {"words": "巡察"}, Fonts((tmp_path,), {"body": ("Noto Serif SC",)}, (), "中"))


def test_a_compile_that_goes_on_and_on_is_stopped(tmp_path) -> None:
    path = tmp_path / "endless.typ"
    path.write_text(
        "#for a in range(2000) { for b in range(2000) { for c in range(2000) {} } }", encoding="utf-8"
    )
    with pytest.raises(TookTooLong):
        typeset(path, {}, FONTS, seconds=1)


def test_a_faulty_template_is_told_with_the_compilers_words(tmp_path) -> None:
    path = tmp_path / "faulty.typ"
    path.write_text("#nothing-of-this-name", encoding="utf-8")
    with pytest.raises(TypesettingError, match="nothing-of-this-name"):
        typeset(path, {}, FONTS)


def test_controls_vanish_and_accents_are_joined(template) -> None:
    done = typeset(template, {"words": "e\u0301\x00\x1b\ud800中"}, FONTS)
    assert done.missing == ()


def test_a_forked_child_sets_pages_after_its_parent_did(template) -> None:
    typeset(template, {"words": "父"}, FONTS)
    with multiprocessing.get_context("fork").Pool(1) as pool:
        assert pool.apply_async(typeset, (template, {"words": "子"}, FONTS)).get(60).files
