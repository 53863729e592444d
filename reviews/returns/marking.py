"""Files in which a reviewer marked what they mean."""

from __future__ import annotations

from collections.abc import Sequence

from reviews.models import Decision, MarkedFile
from submissions.uploads import CheckedUpload


def keep_marked(decision: Decision, uploads: Sequence[CheckedUpload]) -> list[MarkedFile]:
    """Store the files of a decision; one that the disk refuses leaves none of them behind."""
    kept: list[MarkedFile] = []
    try:
        for upload in uploads:
            marked = MarkedFile(decision=decision, name=upload.name, size=upload.size, sha256=upload.sha256)
            kept.append(marked)
            marked.file.save(upload.stored_name(decision.item_id, "marked"), upload.file, save=False)
            marked.save()
    except Exception:
        for marked in kept:
            if marked.file:
                marked.file.delete(save=False)
        raise
    return kept
