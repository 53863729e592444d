from django.urls import path

from submissions import views

app_name = "submissions"

urlpatterns = [
    path("", views.item_list, name="item-list"),
    path("export/", views.item_export, name="item-export"),
    path("new/", views.item_create, name="item-create"),
    path("check/", views.item_check, name="item-check"),
    path("autosave/", views.item_autosave, name="item-autosave"),
    path("<int:pk>/", views.item_detail, name="item-detail"),
    path("<int:pk>/word/", views.item_word, name="item-word"),
    path("<int:pk>/edit/", views.item_edit, name="item-edit"),
    path("<int:pk>/autosave/", views.item_autosave, name="item-autosave"),
    path("<int:pk>/discard/", views.item_discard, name="item-discard"),
    path("<int:pk>/versions/<int:number>/", views.version_detail, name="version-detail"),
    path("files/<int:pk>/", views.attachment_download, name="attachment-download"),
    path("files/<int:pk>/remove/", views.attachment_remove, name="attachment-remove"),
    path("files/<int:pk>/preview/", views.attachment_preview, name="attachment-preview"),
    path("files/<int:pk>/thumb/", views.attachment_thumb, name="attachment-thumb"),
    path("files/<int:pk>/picture/", views.attachment_picture, name="attachment-picture"),
    path("files/<int:pk>/pages/<int:number>/", views.attachment_page, name="attachment-page"),
    path("files/<int:pk>/video/", views.attachment_video, name="attachment-video"),
    path("rounds/", views.round_list, name="round-list"),
    path("rounds/new/", views.round_create, name="round-create"),
    path("rounds/<int:pk>/", views.round_edit, name="round-edit"),
    path("words/", views.word_list, name="word-list"),
    path("words/edit/", views.word_edit, name="word-edit"),
    path("words/<int:pk>/remove/", views.word_remove, name="word-remove"),
]
