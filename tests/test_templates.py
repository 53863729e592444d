"""Templates say once what they say: frames carry what pages share, folders the nouns of their names."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent / "templates"
TEMPLATES = {path.relative_to(ROOT): path.read_text("utf-8") for path in sorted(ROOT.rglob("*.html"))}
#: What has pages of its own within a page of something else; everything else extends paged.html.
PARTS_WITH_PAGES = {
    Path("adoptions/importing/rows.html"),
    Path("bulletins/detail.html"),
    Path("reviews/office_settings/settings.html"),
    Path("stats/_explained.html"),
}


def block(name: str, source: str) -> str | None:
    found = re.search(rf"{{% block {name} %}}(.*?){{% endblock %}}", source, re.DOTALL)
    return found[1] if found else None


def test_a_heading_is_written_where_it_says_something_else_than_the_title() -> None:
    said_twice = [
        str(path)
        for path, source in TEMPLATES.items()
        if block("heading", source) is not None and block("heading", source) == block("title", source)
    ]
    assert said_twice == []


def test_one_frame_has_the_pages_of_lists() -> None:
    paged = {path for path, source in TEMPLATES.items() if "components/pagination.html" in source}
    assert paged == {Path("paged.html")} | PARTS_WITH_PAGES


def test_the_names_of_a_folder_repeat_no_noun() -> None:
    nouns = Counter(
        (path.parent, path.name.lstrip("_").partition("_")[0])
        for path in TEMPLATES
        if "_" in path.name.lstrip("_") and path.parent != Path("components")
    )
    assert [key for key, times in nouns.items() if times > 2] == []
