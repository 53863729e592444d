from django.urls import path

from submissions.lists import ITEMS, ROUNDS, WORDS
from submissions.views import autosave, files, items, rounds, words

app_name = "submissions"

urlpatterns = [
    *ITEMS.urls(),
    path("new/", items.item_create, name="item-create"),
    path("check/", items.item_check, name="item-check"),
    path("autosave/", autosave.item_autosave, name="item-autosave"),
    path("<int:pk>/", items.item_detail, name="item-detail"),
    path("<int:pk>/word/", items.item_word, name="item-word"),
    path("<int:pk>/edit/", items.item_edit, name="item-edit"),
    path("<int:pk>/autosave/", autosave.item_autosave, name="item-autosave"),
    path("<int:pk>/discard/", items.item_discard, name="item-discard"),
    path("<int:pk>/versions/<int:number>/", items.version_detail, name="version-detail"),
    path("files/<int:pk>/", files.attachment_download, name="attachment-download"),
    path("files/<int:pk>/remove/", items.attachment_remove, name="attachment-remove"),
    path("files/<int:pk>/preview/", files.attachment_preview, name="attachment-preview"),
    path("files/<int:pk>/thumb/", files.attachment_thumb, name="attachment-thumb"),
    path("files/<int:pk>/picture/", files.attachment_picture, name="attachment-picture"),
    path("files/<int:pk>/pages/<int:number>/", files.attachment_page, name="attachment-page"),
    path("files/<int:pk>/video/", files.attachment_video, name="attachment-video"),
    *ROUNDS.urls("rounds/"),
    path("rounds/new/", rounds.round_create, name="round-create"),
    path("rounds/<int:pk>/", rounds.round_edit, name="round-edit"),
    *WORDS.urls("words/"),
    path("words/edit/", words.word_edit, name="word-edit"),
    path("words/<int:pk>/remove/", words.word_remove, name="word-remove"),
]
