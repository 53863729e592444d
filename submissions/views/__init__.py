from submissions.views.autosave import item_autosave
from submissions.views.files import (
    attachment_download,
    attachment_page,
    attachment_picture,
    attachment_preview,
    attachment_thumb,
    attachment_video,
)
from submissions.views.items import (
    attachment_remove,
    item_check,
    item_create,
    item_detail,
    item_discard,
    item_edit,
    item_export,
    item_list,
    item_word,
    version_detail,
)
from submissions.views.rounds import round_create, round_edit, round_list
from submissions.views.words import word_edit, word_list, word_remove

__all__ = [
    "attachment_download",
    "attachment_page",
    "attachment_picture",
    "attachment_preview",
    "attachment_remove",
    "attachment_thumb",
    "attachment_video",
    "item_autosave",
    "item_check",
    "item_create",
    "item_detail",
    "item_discard",
    "item_edit",
    "item_export",
    "item_list",
    "item_word",
    "round_create",
    "round_edit",
    "round_list",
    "version_detail",
    "word_edit",
    "word_list",
    "word_remove",
]
