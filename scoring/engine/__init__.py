"""The points of units and authors, each in the line that explains it.

Every point is a dated line, and what does not simply add up (the highest score, a cap, a threshold) is told
as running differences; so any cut of time adds up. Rules R24–R39 and R60–R69 of docs/scoring.md.

`pricing` one adoption · `sharing` several units or authors · `items` one item's running score ·
`filings` filing · `closings` the beginnings and ends of windows · `limits` caps, floors, void windows ·
`units` all of it in order · `outcomes` targets and consequences · `reach` how far back facts are needed.
"""
