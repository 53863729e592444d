"""Writes to items: drafts, attachments, filed versions, rounds, stale months.

None of these changes a status; that is `reviews.steps.services.take_step`'s alone.
"""
