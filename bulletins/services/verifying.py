"""Whether a bulletin still is what its frozen facts come to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from accounts.models import AuditEntry
from bulletins.composing import compose
from bulletins.document.codec import canonical, digest
from bulletins.document.document import BulletinDocument
from bulletins.document.inputs import Inputs
from bulletins.document.rows import Paragraph
from bulletins.models import Bulletin, FrozenFacts


@dataclass(frozen=True, slots=True)
class Verified:
    """`recorded` is the hash given at issue, `stored` that of the document now, `recomputed` of a new one.

    `audited` is the hash that the audit trail holds of the issue: a document changed together with its facts
    and its hash still differs from it. `parts` names the parts of the document that differ from the
    recomputed one; `fault` tells why it could not be recomputed.
    """

    audited: str
    recorded: str
    stored: str
    recomputed: str = ""
    parts: tuple[str, ...] = ()
    fault: str = ""

    @property
    def holds(self) -> bool:
        return not self.fault and self.audited == self.recorded == self.stored == self.recomputed


def verify(bulletin: Bulletin) -> Verified:
    """Compute the document again from its frozen facts, wording and settings, and compare the hashes.

    What people wrote into the text is taken as it stands; the sentences it replaced are written again.
    """
    given = (_audited(bulletin), bulletin.sha256, digest(bulletin.document))
    try:
        document = bulletin.content
        again = recomputed(document, Inputs.from_json(bulletin.facts.data))
    except FrozenFacts.DoesNotExist:
        return Verified(*given, fault="no facts")
    except (KeyError, ValueError, TypeError) as error:
        return Verified(*given, fault=repr(error))
    data, anew = document.to_json(), again.to_json()
    parts = (field.name for field in fields(document) if _differ(data, anew, field.name))
    return Verified(*given, digest(anew), tuple(parts))


def recomputed(document: BulletinDocument, inputs: Inputs) -> BulletinDocument:
    """The document made again, with the same edits and the same number."""
    again = compose(inputs, document.format)
    edits = {paragraph.key: paragraph for paragraph in document.text if paragraph.edited is not None}
    text = [_as_edited(paragraph, edits.pop(paragraph.key, None)) for paragraph in again.text]
    # Paragraphs whose sentence is no longer generated stand where people kept them.
    kept = [edit for edit in edits.values() if not edit.generated]
    order = [paragraph.key for paragraph in document.text]
    text = sorted([*text, *kept], key=lambda paragraph: _place(order, paragraph))
    return replace(
        again, text=tuple(text), year=document.year, number=document.number, issued_on=document.issued_on
    )


def _differ(data: Mapping[str, Any], anew: Mapping[str, Any], part: str) -> bool:
    """Whether a part is not the same; the former format lacks some."""
    return canonical(data.get(part)) != canonical(anew.get(part))


def _audited(bulletin: Bulletin) -> str:
    """The hash in the audit trail's entry of the issue; nothing without one."""
    entries = AuditEntry.objects.filter(
        action="bulletin.issue", target_type="bulletins.bulletin", target_id=str(bulletin.pk)
    )
    entry = entries.order_by("pk").first()
    return str(entry.detail["sha256"]) if entry else ""


def _as_edited(paragraph: Paragraph, edit: Paragraph | None) -> Paragraph:
    return paragraph if edit is None else replace(paragraph, edited=edit.edited, stale=edit.stale)


def _place(order: list[str], paragraph: Paragraph) -> int:
    return order.index(paragraph.key) if paragraph.key in order else len(order)
