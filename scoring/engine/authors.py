"""What people earn: each item's points, divided among its authors. Rule R48 of docs/scoring.md."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final

from scoring.engine.sharing import Part, shared
from scoring.figures.facts import AuthorFact
from scoring.figures.lines import ZERO, AuthorLine, LineKind, ScoreLine
from scoring.schemes.scheme import Scheme
from scoring.schemes.timetable import Timetable
from scoring.schemes.words import Sharing

_OF_ITEMS: Final = (LineKind.ADOPTION, LineKind.BONUS, LineKind.FILING)


def author_lines(
    lines: Iterable[ScoreLine], authors: Iterable[AuthorFact], timetable: Timetable
) -> Iterator[AuthorLine]:
    """A line for every author of every item by every fact that earned the item points.

    `lines` are those of all units; a fact credited to several units earns its authors points once. What
    units lose or are granted beside their items does not concern authors.
    """
    authors_of: defaultdict[int, dict[str, AuthorFact]] = defaultdict(dict)
    for author in authors:
        authors_of[author.item_id][author.key] = author
    for line in _one_for_each_fact(lines):
        scheme = timetable.scheme_on(line.date)
        written_by = authors_of.get(line.item_id) if line.item_id is not None else None
        if scheme is None or not written_by:
            continue
        parts = {key: author.share for key, author in sorted(written_by.items())}
        for key, part in _divided(line.earned, parts, scheme).items():
            yield AuthorLine(key, written_by[key].name, line, part.share, part.points)


def _one_for_each_fact(lines: Iterable[ScoreLine]) -> Iterator[ScoreLine]:
    """Of the lines of one fact the one that says most: units of different groups may earn differently."""
    found: dict[str, ScoreLine] = {}
    for line in lines:
        if line.kind in _OF_ITEMS and line.item_id is not None:
            known = found.get(line.key)
            if known is None or (abs(line.earned), -line.unit_id) > (abs(known.earned), -known.unit_id):
                found[line.key] = line
    yield from sorted(found.values(), key=lambda line: (line.order, line.unit_id))


def _divided(earned: Decimal, parts: dict[str, int], scheme: Scheme) -> dict[str, Part]:
    policy = scheme.several_authors
    if len(parts) == 1 or policy.policy not in (Sharing.FIXED, Sharing.FLAT) or not earned:
        return shared(earned, parts, policy, scheme)
    most = scheme.rounded(policy.points)
    if policy.policy is Sharing.FIXED:
        most = min(abs(earned), most)
    return dict.fromkeys(parts, Part(most if earned > ZERO else -most, "1"))
