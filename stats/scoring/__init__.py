"""The points of units and authors, each in the line that explains it.

Every point is a dated line, and what does not simply add up (the highest score, a cap, a threshold) is told
as running differences; so any cut of time adds up. Rules R24–R39 and R60–R69 of docs/scoring.md.

`pricing` one adoption · `sharing` several units or authors · `items` one item's running score ·
`filings` filing · `closings` the beginnings and ends of windows · `limits` caps, floors, void windows ·
`units` all of it in order · `outcomes` targets and consequences · `reach` how far back facts are needed.
"""

from stats.scoring.authors import author_lines
from stats.scoring.outcomes import flags, target_counts
from stats.scoring.pricing import Price, PriceList
from stats.scoring.reach import reach
from stats.scoring.records import Earnings, Standing
from stats.scoring.sharing import split
from stats.scoring.tariffs import Tariffs
from stats.scoring.units import Given, Scored, score
from stats.scoring.windows import Span

__all__ = [
    "Earnings",
    "Given",
    "Price",
    "PriceList",
    "Scored",
    "Span",
    "Standing",
    "Tariffs",
    "author_lines",
    "flags",
    "reach",
    "score",
    "split",
    "target_counts",
]
