from django.urls import path

from scoring.views import drafts, proposals, versions

app_name = "scoring"

urlpatterns = [
    path("", versions.scheme_list, name="scheme-list"),
    path("<int:version>/", versions.scheme_detail, name="scheme-detail"),
    path("<int:version>/download/", drafts.scheme_download, name="scheme-download"),
    path("drafts/start/", drafts.scheme_draft_start, name="scheme-draft-start"),
    path("drafts/<int:pk>/", drafts.scheme_draft_detail, name="scheme-draft-detail"),
    path("drafts/<int:pk>/edit/<slug:section>/", drafts.scheme_draft_edit, name="scheme-draft-edit"),
    path("drafts/<int:pk>/download/", drafts.scheme_draft_download, name="scheme-draft-download"),
    path("drafts/<int:pk>/discard/", drafts.scheme_draft_discard, name="scheme-draft-discard"),
    path("drafts/<int:pk>/propose/", proposals.scheme_draft_propose, name="scheme-draft-propose"),
    path("drafts/<int:pk>/recall/", drafts.scheme_draft_recall, name="scheme-draft-recall"),
    path("drafts/<int:pk>/confirm/", proposals.scheme_draft_confirm, name="scheme-draft-confirm"),
]
