"""An issued bulletin of the former format is read, printed and verified as it was (rule R56).

`former_format.json` was written by the program of that time: a joint item of three counties, one of three
units of two groups, a county closed in the quarter, and a paragraph that somebody edited.
"""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from bulletins.document.codec import digest
from bulletins.document.document import FORMAT, SUMMED, BulletinDocument
from bulletins.document.inputs import Inputs
from bulletins.files.xlsx import bulletin_workbook
from bulletins.layout.annexes import annexes
from bulletins.models import Bulletin, FrozenFacts
from bulletins.services.drafting import draft_bulletin
from bulletins.services.verifying import recomputed, verify
from tests.bulletins.constellations import composed
from tests.stats.world import AFTER, QUARTER, opened, put_out


@pytest.fixture
def former() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(Path(__file__).with_name("former_format.json").read_text("utf-8"))
    return data


def test_what_was_stored_is_read_and_written_as_it_was(former) -> None:
    document = BulletinDocument.from_json(former["document"])
    assert document.to_json() == former["document"]
    assert digest(document.to_json()) == former["sha256"]
    assert document.format == SUMMED


def test_its_totals_are_the_sums_that_it_printed(former) -> None:
    document = BulletinDocument.from_json(former["document"])
    county, team = document.groups
    assert (county.total.items_adopted, document.now.items_adopted) == (6, 4)
    assert (county.excess("items_adopted"), team.excess("adopted")) == (0, 0)
    assert sum(row.total(range(5)) for row in document.matrix().rows) == 11
    sheet = opened(bulletin_workbook(document), data_only=True)["旗县市区"]
    assert 6 in {cell.value for row in sheet.iter_rows() for cell in row}
    assert not any("多" in note for note in annexes(document)[0].notes)


def test_r56_of_its_facts_the_same_document_is_made_again(former) -> None:
    document = BulletinDocument.from_json(former["document"])
    again = recomputed(document, Inputs.from_json(former["facts"]))
    assert again.to_json() == former["document"]


def test_r56_an_issued_one_verifies_and_a_changed_one_does_not(former, cast, city) -> None:
    bulletin = put_out(cast)
    made_former(bulletin, former)
    verified = verify(Bulletin.objects.get(pk=bulletin.pk))
    assert (verified.fault, verified.parts, verified.recomputed) == ("", (), former["sha256"])
    changed = deepcopy(former)
    changed["document"]["groups"][0]["total"]["items_adopted"] = 4
    made_former(bulletin, changed)
    assert verify(Bulletin.objects.get(pk=bulletin.pk)).parts == ("groups",)


def test_a_draft_of_the_former_format_is_drafted_anew(former, city) -> None:
    """Nobody issues sums any more: what is not checked yet takes the present form."""
    draft = draft_bulletin(office=city.office, period=QUARTER, now=AFTER)
    made_former(draft, former)
    again = draft_bulletin(office=city.office, period=QUARTER, now=AFTER)
    assert again.content.format == FORMAT


def test_an_unknown_format_is_refused(former) -> None:
    for unknown in (1, FORMAT + 1, None):
        with pytest.raises(ValueError, match="format"):
            BulletinDocument.from_json(former["document"] | {"format": unknown})


def test_the_present_format_is_read_as_it_was_written() -> None:
    document = composed()
    assert document.format == FORMAT
    assert BulletinDocument.from_json(document.to_json()) == document


def made_former(bulletin: Bulletin, former: dict[str, Any]) -> None:
    bulletin.document, bulletin.sha256 = former["document"], digest(former["document"])
    bulletin.save(update_fields=["document", "sha256"])
    FrozenFacts.objects.filter(bulletin=bulletin).update(data=former["facts"])
