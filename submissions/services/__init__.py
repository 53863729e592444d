"""Writes to items: drafts, attachments, filed versions, rounds, stale months.

None of these changes a status; that is `reviews.services.take_step`'s alone.
"""

from submissions.services.checking import (
    dictionary_of,
    digest_of_secrets,
    findings_of,
    remove_word,
    save_word,
    shipped_words,
)
from submissions.services.drafts import (
    TEXT_FIELDS,
    Author,
    ItemLocked,
    Superseded,
    attach,
    both_forms,
    claim,
    discard_draft,
    remove_attachment,
    save_draft,
    set_authors,
    settled_fields,
)
from submissions.services.filing import (
    Historic,
    content_hash,
    current_content,
    file_version,
    missing_for_filing,
    record_historic,
    take_numbers,
)
from submissions.services.months import mark_stale
from submissions.services.revising import add_authors_of, revise_text
from submissions.services.rounds import save_round

__all__ = [
    "TEXT_FIELDS",
    "Author",
    "Historic",
    "ItemLocked",
    "Superseded",
    "add_authors_of",
    "attach",
    "both_forms",
    "claim",
    "content_hash",
    "current_content",
    "dictionary_of",
    "digest_of_secrets",
    "discard_draft",
    "file_version",
    "findings_of",
    "mark_stale",
    "missing_for_filing",
    "record_historic",
    "remove_attachment",
    "remove_word",
    "revise_text",
    "save_draft",
    "save_round",
    "save_word",
    "set_authors",
    "settled_fields",
    "shipped_words",
    "take_numbers",
]
