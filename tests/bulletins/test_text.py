"""Rules R59 and R80 of docs/scoring.md: how a bulletin's text is worded, and what becomes of edits."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletins.document.document import BulletinDocument
from bulletins.document.rows import Corrected, heading
from bulletins.text.placeholders import PLACEHOLDERS
from bulletins.text.sources import leading, resolve, shares
from bulletins.text.wording import SECTIONS, SHIPPED
from bulletins.text.writing import carried_over, edited, problems, written
from scoring.periods.period import Period
from tests.bulletins.sample import COUNTIES, sample_document

FREE_OF_FIGURES = {"demands", "title"}


@pytest.fixture(scope="module")
def document() -> BulletinDocument:
    return written(sample_document(issued=False))


def worded(document: BulletinDocument, section: str, wording: str) -> list[str]:
    """The paragraphs of one section under other words."""
    text = written(document, {section: wording}).text
    return [paragraph.text for paragraph in text if paragraph.section == section]


def test_r59_the_text_has_the_parts_of_a_real_bulletin_in_their_order(document) -> None:
    headings = [line.text for line in document.body if line.level == 1]
    assert headings == ["一、基本情况", "二、较好的单位", "三、存在问题", "四、下一步要求"]
    assert document.title == "关于2026年第一季度稿件报送及采用情况的通报"
    assert document.body[0].text == "现将2026年第一季度稿件报送及采用情况通报如下。"


def test_r59_every_figure_of_the_text_is_the_one_of_its_row(document) -> None:
    """Every digit that a placeholder wrote stands in a link, and the link's path leads to the same value."""
    for paragraph in document.text:
        text = list(paragraph.generated)
        for link in paragraph.links:
            assert paragraph.generated[link.start : link.start + len(link.text)] == link.text
            assert resolve(document, link.source) == link.text
            text[link.start : link.start + len(link.text)] = " " * len(link.text)
        if paragraph.section not in FREE_OF_FIGURES:
            assert not re.search("[0-9]", "".join(text)), paragraph.generated


def test_r59_the_totals_told_are_the_sums_of_the_rows(document) -> None:
    rows = [row for group in document.groups for row in group.rows]
    told = "".join(paragraph.text for paragraph in document.text if paragraph.section == "overview")
    assert f"{len(rows)}个单位共报送稿件{sum(row.filed for row in rows)}条" in told
    assert f"采用稿件{sum(row.items_adopted for row in rows)}条" in told
    for level, name in [
        ("central", "中央级"),
        ("province", "自治区级"),
        ("city", "市级"),
        ("county", "县级"),
    ]:
        assert f"{name}{sum(getattr(row, level) for row in rows)}条次" in told


def test_r59_changes_are_told_in_words_and_rates_in_percentage_points(document) -> None:
    assert document.before is not None
    wording = "{报送增减}；{采用稿件增减}；{采用率增减}"
    before = replace(document.before, filed=document.now.filed + 3, items_adopted=document.now.items_adopted)
    (told,) = worded(replace(document, before=before), "opening", wording)
    assert told == "比上季度减少3条；与上季度持平；比上季度提高2.9个百分点"


def test_r59_what_stands_in_brackets_is_left_out_when_there_is_nothing_to_say(document) -> None:
    alone = replace(document, before=None)
    assert worded(alone, "opening", "报送{报送}条【，{报送增减}】。") == [f"报送{document.now.filed}条。"]
    silent = replace(document, now=replace(document.now, filed=0))
    assert worded(silent, "opening", "【采用率{采用率}】") == []


def test_r59_zero_units_are_named_and_rows_of_zeros_counted(document) -> None:
    told = "".join(paragraph.text for paragraph in document.text if paragraph.section == "problems")
    assert f"2个单位零报送：{COUNTIES[6]}、{COUNTIES[7]}。" in told
    assert f"其中，{COUNTIES[7]}连续2个季度零报送。" in told
    assert f"{COUNTIES[6]}、{COUNTIES[7]}连续2个季度零采用" in told


def test_r59_a_section_of_which_only_headings_are_left_goes_and_the_rest_is_numbered_anew(document) -> None:
    none_leads = tuple(
        replace(group, rows=tuple(replace(row, points=Decimal(0)) for row in group.rows))
        for group in document.groups
    )
    anew = written(replace(document, groups=none_leads))
    assert [line.text for line in anew.body if line.level == 1] == [
        "一、基本情况",
        "二、存在问题",
        "三、下一步要求",
    ]


@pytest.mark.parametrize(("size", "most"), [(1, 0), (2, 1), (3, 1), (4, 2), (5, 2), (6, 3), (9, 3)])
def test_r59_no_more_than_half_of_a_group_are_named_as_good(document, size, most) -> None:
    best = document.groups[0].rows[0]
    rows = tuple(replace(best, unit_id=n, rank=n, points=Decimal(100 - n)) for n in range(1, size + 1))
    assert len(leading(replace(document.groups[0], rows=rows))) == most


def test_r59_good_units_are_told_group_by_group_at_most_the_better_half(document) -> None:
    lines = [paragraph.text for paragraph in document.text if paragraph.section == "leading"][1:]
    assert [line.split("中，")[0] for line in lines] == ["旗县市区", "巡察组"]
    for group in document.groups:
        named = leading(group)
        assert all(row.rank is not None and row.rank <= 3 and row.points > 0 for row in named)
    assert leading(document.groups[2]) == [], "a group of one has nobody to be better than"


def test_r59_a_correction_names_what_it_corrects(document) -> None:
    corrects = Corrected(2026, 3, document.cutoff.date(), "青山县采用数由3条更正为4条。")
    anew = written(replace(document, corrects=corrects))
    assert anew.title.endswith("的通报（更正2026年第3期）")
    assert anew.body[1].text == "2026年第3期通报有误：青山县采用数由3条更正为4条。现予更正，以本期为准。"


def test_r59_shares_add_up_to_a_hundred_only_when_the_words_say_so(document) -> None:
    thirds = replace(document, now=replace(document.now, adopted=3, central=1, province=1, city=1, county=0))
    plain = "{中央级占比}{自治区级占比}{市级占比}{县级占比}"
    assert worded(thirds, "opening", plain) == ["33.3%33.3%33.3%0.0%"]
    forced = plain.replace("}", "|to100}")
    assert worded(thirds, "opening", forced) == ["33.4%33.3%33.3%0.0%"]


@given(st.lists(st.integers(0, 500), min_size=4, max_size=4).filter(sum))
def test_r59_forced_shares_always_add_up_and_none_moves_by_more_than_a_tenth(counts) -> None:
    base = sample_document(0, issued=False)
    now = replace(
        base.now, adopted=sum(counts), central=counts[0], province=counts[1], city=counts[2], county=counts[3]
    )
    forced = [Decimal(text[:-1]) for text in shares(replace(base, now=now), to100=True).values()]
    assert sum(forced) == 100
    for share, number in zip(forced, counts, strict=True):
        assert abs(share - Decimal(number) * 100 / sum(counts)) < Decimal("0.1")


@pytest.mark.parametrize(
    ("wording", "fault"),
    [
        ("共{报送条数}条", "unknown"),
        ("{报送|to100}", "filter"),
        ("{市级占比|全部}", "filter"),
        ("{报送", "braces"),
        ("报送}", "braces"),
        ("【{报送}", "brackets"),
        ("【a【b】】", "brackets"),
    ],
)
def test_r59_a_wording_that_cannot_be_filled_in_is_refused_with_its_line(wording, fault) -> None:
    assert [(problem.line, problem.fault) for problem in problems(f"好的一行\n{wording}")][:1] == [(2, fault)]


def test_r59_the_wording_that_comes_with_the_system_is_without_fault() -> None:
    assert [problems(section.shipped) for section in SECTIONS] == [[] for _section in SECTIONS]
    assert {name for text in SHIPPED.values() for name in re.findall(r"\{([^|}]+)", text)} <= set(
        PLACEHOLDERS
    )


def test_every_placeholder_writes_something_for_the_sample_or_nothing_but_never_fails(document) -> None:
    for name in PLACEHOLDERS:
        worded(document, "opening", f"【{{{name}}}】")
        worded(sample_document(0, issued=False), "opening", f"{{{name}}}")
        free = replace(document, period=Period.parse("2026-01..2026-05"), before=None)
        worded(free, "opening", f"{{{name}}}")


def test_r80_an_edit_stays_while_its_figures_stay_and_is_marked_when_they_move(document) -> None:
    text = edited(document.text, "overview.2", "报送踊跃。")
    text = edited(text, "opening.1", "现通报如下。")
    again = carried_over(written(document).text, text)
    kept = {paragraph.key: paragraph for paragraph in again}
    assert (kept["overview.2"].text, kept["overview.2"].stale) == ("报送踊跃。", False)
    moved = written(replace(document, now=replace(document.now, filed=999)))
    kept = {paragraph.key: paragraph for paragraph in carried_over(moved.text, again)}
    assert (kept["overview.2"].text, kept["overview.2"].stale) == ("报送踊跃。", True)
    assert "999条" in kept["overview.2"].generated
    assert (kept["opening.1"].text, kept["opening.1"].stale) == ("现通报如下。", False)


def test_r80_an_edited_paragraph_that_is_no_longer_generated_stays_and_wants_a_look(document) -> None:
    text = edited(document.text, "late.1", "另有补登一条。")
    anew = carried_over(written(replace(document, late=())).text, text)
    (orphan,) = [paragraph for paragraph in anew if paragraph.section == "late"]
    assert (orphan.generated, orphan.text, orphan.stale) == ("", "另有补登一条。", True)
    assert "late.1" not in {paragraph.key for paragraph in edited(anew, "late.1", None)}


def test_r80_an_edit_is_taken_back_and_an_empty_one_leaves_the_paragraph_out(document) -> None:
    changed = edited(document.text, "opening.1", "别的话。")
    assert edited(changed, "opening.1", None) == document.text
    assert edited(changed, "opening.1", document.text[0].generated) == document.text
    without = replace(document, text=edited(document.text, "opening.1", ""))
    assert len(without.body) == len(document.body) - 1
    two = replace(document, text=edited(document.text, "opening.1", "一行。\n又一行。"))
    assert [line.text for line in two.body[:2]] == ["一行。", "又一行。"]
    with pytest.raises(KeyError):
        edited(document.text, "nothing.1", "话")


@pytest.mark.parametrize(
    ("line", "level", "head"),
    [
        ("一、基本情况", 1, 6),
        ("（一）压实责任。各单位要按月报送。", 2, 8),
        ("1. 压实责任", 3, 7),
        ("一、二季度，全市共报送稿件128条。", 0, 0),
        ("2026年第一季度共报送稿件。", 0, 0),
        ("（三十余家媒体转载）各单位报送踊跃，内容翔实，质量较高，宣传声势浩大，社会反响良好。", 0, 0),
        ("十分感谢。", 0, 0),
    ],
)
def test_headings_are_told_from_sentences_that_begin_like_one(line, level, head) -> None:
    assert heading(line) == (level, head)


def test_the_document_is_stored_and_read_back_whole(document) -> None:
    assert BulletinDocument.from_json(document.to_json()) == document
    with pytest.raises(ValueError, match="format"):
        BulletinDocument.from_json(document.to_json() | {"format": 1})


def test_r59_who_is_at_zero_is_not_named_among_the_good(document) -> None:
    """Points may come from a bonus: the same unit would stand in two lists of one bulletin."""
    group = document.groups[0]
    (best,) = [row for row in group.rows if row.rank == 1][:1]
    for nothing in ({"filed": 0}, {"central": 0, "province": 0, "city": 0, "county": 0}):
        rows = tuple(replace(row, **nothing) if row is best else row for row in group.rows)
        named = leading(replace(group, rows=rows))
        assert best.name not in [row.name for row in named]
        assert named
