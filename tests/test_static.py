"""What pages are made of: vendored files as published, nothing from outside, nothing the CSP refuses."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.utils import render_crispy_form
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import resolve

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "static"
VENDOR = STATIC / "vendor"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
OWN_ASSETS = sorted(
    path
    for path in STATIC.rglob("*")
    if path.suffix in {".css", ".js", ".svg"} and VENDOR not in path.parents
)
#: They fetch addresses that the page itself names, which the CSP keeps to this machine.
FETCHING = {"autosave.js", "progress.js"}
SHIPPED = sorted(path for path in STATIC.rglob("*") if path.suffix in {".css", ".js"})
#: A row of the README's table: file, name, version, licence, sum.
ROW = re.compile(r"^\| (?P<file>\S+) \|.+\| (?P<sum>[0-9a-f]{64}) \|$", re.MULTILINE)
SVG_NAMESPACE = "http://www.w3.org/2000/svg"
OUTSIDE = re.compile(r"(?:https?:)?//[\w-]+\.\w", re.IGNORECASE)
DRAWN_BY_COMPONENTS = datetime(2026, 4, 10, 1, 12, tzinfo=UTC)


class Refused(HTMLParser):
    """Collects what `style-src 'self'; script-src 'self'` refuses, and what would leave the machine."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "style" or "style" in given:
            self.found.append(f"style in <{tag}>")
        if tag == "script" and "src" not in given and given.get("type") != "application/json":
            self.found.append("inline script")
        self.found += [f"{name} on <{tag}>" for name in given if re.match(r"on[a-z]|(data-)?hx-on", name)]
        for name in ("src", "href", "action", "formaction", "srcset", "poster", "data"):
            value = (given.get(name) or "").strip().lower()
            if value.startswith("javascript:") or (tag != "a" and OUTSIDE.search(value)):
                self.found.append(f"{name}={value} on <{tag}>")


def test_every_vendored_file_is_the_one_named_in_the_readme() -> None:
    named = {row["file"]: row["sum"] for row in ROW.finditer((VENDOR / "README.md").read_text("utf-8"))}
    present = {
        path.relative_to(VENDOR).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*")
        if path.is_file() and path.name != "README.md"
    }
    assert named == present


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_no_shipped_file_points_to_a_source_map(path: Path) -> None:
    assert "sourceMappingURL" not in path.read_text("utf-8")


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_no_script_or_style_can_ask_another_machine(path: Path) -> None:
    text = path.read_text("utf-8")
    if path.suffix == ".css":
        assert re.findall(r"@import (?!url\()", text) == []
        assert re.findall(r"url\((?![\"']?(?:data:|\.\./vendor/))[^)]*", text) == []
    else:
        assert re.findall(r"XMLHttpRequest|sendBeacon|WebSocket|importScripts", text) == []
        assert path.name in FETCHING or "fetch(" not in text
        assert re.findall(r"\bfetch\(\s*[\"'`]", text) == [], "what is fetched, the page names"
        assert re.findall(r"new Function\b|\beval\(", text) == [], "the CSP has no unsafe-eval"


@pytest.mark.parametrize("path", OWN_ASSETS, ids=lambda path: path.name)
def test_our_own_assets_name_no_outside_address(path: Path) -> None:
    assert OUTSIDE.findall(path.read_text("utf-8").replace(SVG_NAMESPACE, "")) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT / "templates").as_posix())
def test_no_template_holds_what_the_policy_refuses(path: Path) -> None:
    # Tags are blanked out, so that `<a{% if x %} href=…` is read as the markup it becomes.
    assert Refused(re.sub(r"{%.*?%}|{#.*?#}", " ", path.read_text("utf-8"), flags=re.DOTALL)).found == []


@pytest.mark.parametrize(
    "html",
    [
        '<p style="color: red">x</p>',
        "<style>p {}</style>",
        "<script>1</script>",
        '<button onclick="x()">x</button>',
        '<a href="javascript:x()">x</a>',
        '<img src="//cdn.example.org/x.png">',
        '<script src="https://cdn.example.org/x.js"></script>',
    ],
)
def test_what_the_policy_refuses_is_recognised(html: str) -> None:
    assert len(Refused(html).found) == 1


@pytest.mark.parametrize("name", ["400.html", "500.html", "503.html"])
def test_pages_of_a_failing_system_need_neither_request_nor_database(name: str) -> None:
    html = render_to_string(name)
    assert "本系统为非涉密系统，严禁录入国家秘密、工作秘密" in html
    assert Refused(html).found == []


class EveryWidget(forms.Form):
    """One field of each look that forms of the system use."""

    title = forms.CharField(help_text="help")
    body = forms.CharField(widget=forms.Textarea)
    genre = forms.ChoiceField(choices=[("a", "a")])
    stage = forms.ChoiceField(choices=[("a", "a")], widget=forms.RadioSelect)
    topics = forms.MultipleChoiceField(choices=[("a", "a")], widget=forms.CheckboxSelectMultiple)
    file = forms.FileField()
    secrecy = forms.BooleanField()
    day = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))
    token = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.helper = FormHelper()
        self.helper.form_tag = False


@pytest.mark.parametrize("data", [None, {}], ids=["empty", "with errors"])
def test_crispy_forms_need_no_inline_style(data: dict[str, str] | None) -> None:
    html = render_crispy_form(EveryWidget(data))
    assert Refused(html).found == []
    assert ("invalid-feedback" in html) is (data is not None)


ROWS = forms.formset_factory(EveryWidget)


def test_the_components_without_a_model_render_within_the_policy() -> None:
    request = RequestFactory().get("/items/", {"o": "-date", "page": "5", "q": "巡察"})
    request.resolver_match = resolve("/items/")
    request.user = AnonymousUser()
    chart = {
        "categories": ["2026-01"],
        "unit": "件",
        "series": [{"name": "采用", "data": [{"value": 3, "url": "/items"}]}],
    }
    contexts: dict[str, dict[str, object]] = {
        "chart": {"id": "trend", "title": "趋势", "chart": chart},
        "chart_scripts": {},
        "confirm": {"question": "?", "action_label": "x", "cancel_url": "/", "form": EveryWidget()},
        "diff": {"pieces": [("same", "会议"), ("ins", "强调"), ("del", "指出")]},
        "empty": {"text": "没有稿件", "action_url": "/", "action_label": "报送"},
        "facts": {"facts": [("编号", "1"), ("体裁", None)]},
        "file": {"name": "附件.docx", "size": 2048, "url": "/", "delete_url": "/"},
        "filter": {"form": EveryWidget({"title": "x"})},
        "formset": {"formset": ROWS(prefix="rows"), "label": "行", "add_label": "增加"},
        "pagination": {"page": Paginator(range(235), 20).page(5)},
        "progress": {"value": 1, "max": 2, "label": "采用"},
        "sort_header": {"field": "date", "label": "日期"},
        "stat": {"number": 3, "label": "待审", "url": "/", "delta": -1},
        "status": {"code": "issued", "label": "已签发"},
        "timeline": {"code": "issued", "label": "签发", "who": "某某", "when": DRAWN_BY_COMPONENTS},
    }
    for name, context in contexts.items():
        html = render_to_string(f"components/{name}.html", context, request)
        assert Refused(html).found == [], name


def test_page_links_keep_the_filter_and_the_order() -> None:
    request = RequestFactory().get("/items", {"o": "-date", "q": "巡察", "page": "5"})
    html = render_to_string(
        "components/pagination.html", {"page": Paginator(range(235), 20).page(5)}, request
    )
    assert 'href="?o=-date&amp;q=%E5%B7%A1%E5%AF%9F&amp;page=6"' in html
    assert 'aria-current="page">5<' in html


@pytest.mark.parametrize(
    ("order", "context", "link", "sorted_as"),
    [
        ("", {}, "?o=points", None),
        ("", {"descending": True}, "?o=-points", None),
        ("points", {}, "?o=-points", "ascending"),
        ("-points", {}, "?o=points", "descending"),
        ("-points", {"descending": True}, "?o=points", "descending"),
        ("", {"default": "-points"}, "?o=points", "descending"),
    ],
)
def test_a_header_sorts_and_sorts_back(
    order: str, context: dict[str, object], link: str, sorted_as: str | None
) -> None:
    request = RequestFactory().get("/items", {"o": order} if order else {})
    html = render_to_string(
        "components/sort_header.html", {"field": "points", "label": "得分", **context}, request
    )
    assert f'href="{link}"' in html
    assert ("aria-sort" in html) is (sorted_as is not None)
    assert sorted_as is None or f'aria-sort="{sorted_as}"' in html


def test_what_people_typed_is_escaped_in_differences() -> None:
    html = render_to_string("components/diff.html", {"pieces": [("ins", "<script>1</script>")]})
    assert "<ins>&lt;script&gt;1&lt;/script&gt;</ins>" in html
