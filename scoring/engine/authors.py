"""What people earn: each item's points, divided among its authors. Rule R48 of docs/scoring.md."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
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
    units lose or are granted beside their items does not concern authors. The authors of an item come in the
    order in which they sign; whoever signs twice has both parts.
    """
    signed: defaultdict[int, dict[str, AuthorFact]] = defaultdict(dict)
    for author in authors:
        known = signed[author.item_id].get(author.key)
        more = replace(author, share=author.share + known.share) if known else author
        signed[author.item_id][author.key] = more
    for line in _one_for_each_fact(lines):
        written_by = signed.get(line.item_id) if line.item_id is not None else None
        if written_by:
            for key, part in _parts(line, written_by, timetable).items():
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


def _parts(line: ScoreLine, written_by: Mapping[str, AuthorFact], timetable: Timetable) -> Mapping[str, Part]:
    """What each author gets of a line; of one that takes back, exactly what they got."""
    parts = {key: author.share for key, author in written_by.items()}
    if not line.taken:
        scheme = timetable.scheme_on(line.date)
        return _divided(line.kind, line.earned, parts, scheme) if scheme else {}
    given = [
        _divided(line.kind, gained, parts, scheme)
        for day, gained in line.taken
        if (scheme := timetable.scheme_on(day))
    ]
    return {key: Part(-sum((each[key].points for each in given), ZERO), "") for key in parts}


def _divided(kind: LineKind, earned: Decimal, parts: dict[str, int], scheme: Scheme) -> dict[str, Part]:
    """A fixed or flat value is for adoptions alone (R34, R97)."""
    policy = scheme.several_authors
    valued = policy.policy in (Sharing.FIXED, Sharing.FLAT) and kind is LineKind.ADOPTION and earned
    if len(parts) == 1 or not valued:
        return shared(earned, parts, policy, scheme)
    most = scheme.rounded(policy.points)
    return dict.fromkeys(parts, Part(min(earned, most) if policy.policy is Sharing.FIXED else most, "1"))
