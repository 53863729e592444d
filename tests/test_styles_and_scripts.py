"""Styles stand in one order, scripts are modules, and one of them alone hears of what is sent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "static"
STYLES = sorted((STATIC / "css").glob("*.css"))
SCRIPTS = sorted((STATIC / "js").rglob("*.js"))
TEMPLATES = {path: path.read_text("utf-8") for path in (ROOT / "templates").rglob("*.html")}
BASE = TEMPLATES[ROOT / "templates/base.html"]
LAYERS = "css/layers.css"
#: Where something has to be !important, and how often; the file gives the reason.
IMPORTANT = {LAYERS: 2}

PRELOADED = re.compile(r'<link rel="modulepreload" href="{% static "(.+?)" %}">')
MODULE = re.compile(r'<script type="module" src="{% static "(.+?)" %}"></script>')


def name(path: Path) -> str:
    return path.relative_to(STATIC).as_posix()


def bare(style: Path) -> str:
    """Without comments, and without the strings and drawings in it."""
    return re.sub(r'/\*.*?\*/|"[^"]*"', "", style.read_text("utf-8"), flags=re.DOTALL)


def outermost(css: str) -> Iterator[str]:
    """What begins each block, and each statement without one, that stands in no block."""
    depth, begun = 0, ""
    for piece in re.split(r"([{};])", css):
        if depth == 0 and piece in {"{", ";"}:
            yield begun.strip()
        depth += (piece == "{") - (piece == "}")
        begun = piece


def imported(module: str) -> set[str]:
    """All that a module needs, and what that needs."""
    path = STATIC / module
    found = re.findall(r'^import .*?"(\..+?)";$', path.read_text("utf-8"), re.MULTILINE)
    needed = {name((path.parent / other).resolve()) for other in found}
    return needed.union(*map(imported, needed))


def test_every_rule_stands_in_a_layer_of_the_one_order() -> None:
    (order,) = re.findall(r"@layer ([\w, -]+);", bare(STATIC / LAYERS))
    for style in STYLES:
        begun = set(outermost(bare(style))) - {f"@layer {layer}" for layer in order.split(", ")}
        allowed = {f"@layer {order}", "@import url() layer(bootstrap)"} if name(style) == LAYERS else set()
        assert begun == allowed, name(style)


def test_little_is_important_and_each_of_it_has_its_reason() -> None:
    counted = {name(style): bare(style).count("!important") for style in STYLES}
    assert {style: count for style, count in counted.items() if count} == IMPORTANT


def test_every_style_is_linked_and_the_order_of_layers_comes_first() -> None:
    linked = re.findall(r'<link rel="stylesheet" href="{% static "(.+?)" %}">', BASE)
    assert linked[0] == LAYERS
    assert sorted(linked) == [name(style) for style in STYLES]


def test_what_modules_import_is_asked_for_with_them_and_no_module_is_left_over() -> None:
    loaded: set[str] = set()
    for template, text in TEMPLATES.items():
        modules, preloaded = set(MODULE.findall(text)), set(PRELOADED.findall(text))
        needed = set().union(*map(imported, modules)) - modules
        assert preloaded == (needed if text is BASE else needed - set(PRELOADED.findall(BASE))), template
        loaded |= modules | preloaded
    assert loaded == {name(script) for script in SCRIPTS}


def test_one_module_alone_hears_of_what_is_sent() -> None:
    listening = re.compile(r"""addEventListener\(\s*["'`]submit|\.onsubmit\b""")
    assert [name(path) for path in SCRIPTS if listening.search(path.read_text("utf-8"))] == [
        "js/submitting.js"
    ]


def test_every_script_of_our_own_is_a_module() -> None:
    for template, text in TEMPLATES.items():
        for script in re.findall(r"<script\b[^>]*\bsrc=.*?></script>", text):
            assert MODULE.fullmatch(script) or re.search(r'"vendor/.+ defer>', script), template
