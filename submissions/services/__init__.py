"""Writes to items: drafts, attachments, filed versions, rounds, stale months.

None of these changes a status; that is `reviews.services.take_step`'s alone.
"""

from submissions.services.drafts import (
    TEXT_FIELDS,
    Author,
    ItemLocked,
    Superseded,
    attach,
    discard_draft,
    remove_attachment,
    save_draft,
    set_authors,
    settled_fields,
)
from submissions.services.filing import (
    content_hash,
    current_content,
    file_version,
    missing_for_filing,
    record_historic,
    take_numbers,
)
from submissions.services.months import mark_stale
from submissions.services.rounds import save_round

__all__ = [
    "TEXT_FIELDS",
    "Author",
    "ItemLocked",
    "Superseded",
    "attach",
    "content_hash",
    "current_content",
    "discard_draft",
    "file_version",
    "mark_stale",
    "missing_for_filing",
    "record_historic",
    "remove_attachment",
    "save_draft",
    "save_round",
    "set_authors",
    "settled_fields",
    "take_numbers",
]
