"""The charts as pictures, for files that cannot draw them; set by typst."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Final

from bulletins.layout.charts import Chart
from paper.typefaces import fonts
from paper.typesetting import typeset

TEMPLATES: Final = Path(__file__).parents[1] / "typst"


def chart_images(charts: list[Chart], ppi: int = 300) -> tuple[bytes, ...]:
    """A PNG picture of each chart, as wide as the text."""
    if not charts:
        return ()
    data = {"charts": [asdict(chart) for chart in charts]}
    return typeset(TEMPLATES / "chart-images.typ", data, fonts(), form="png", ppi=ppi).files
