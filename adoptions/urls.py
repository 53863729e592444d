from django.urls import path

from adoptions import reading as ledger
from adoptions import views as registering
from adoptions.events import views as events
from adoptions.events import writing as event_writing
from adoptions.importing import views as imports
from adoptions.outlets import views as outlets

app_name = "adoptions"

urlpatterns = [
    path("", ledger.adoption_list, name="adoption-list"),
    path("export/", ledger.adoption_export, name="adoption-export"),
    path("<int:pk>/", ledger.adoption_detail, name="adoption-detail"),
    path("<int:pk>/proof/", ledger.proof_download, name="proof-download"),
    path("register/", registering.adoption_find, name="adoption-find"),
    path("register/<int:item_pk>/", registering.adoption_create, name="adoption-create"),
    path("<int:pk>/edit/", registering.adoption_edit, name="adoption-edit"),
    path("<int:pk>/revoke/", registering.adoption_revoke, name="adoption-revoke"),
    path("<int:pk>/corrections/<int:change_pk>/proof/", ledger.former_proof_download, name="former-proof"),
    path("events/", events.event_list, name="event-list"),
    path("events/export/", events.event_export, name="event-export"),
    path("events/register/", event_writing.event_register, name="event-register"),
    path("events/<int:pk>/", events.event_detail, name="event-detail"),
    path("events/<int:pk>/proof/", events.event_proof, name="event-proof"),
    path(
        "events/<int:pk>/corrections/<int:change_pk>/proof/",
        events.event_former_proof,
        name="event-former-proof",
    ),
    path("events/<int:pk>/edit/", event_writing.event_edit, name="event-edit"),
    path("events/<int:pk>/revoke/", event_writing.event_revoke, name="event-revoke"),
    path("outlets/", outlets.outlet_list, name="outlet-list"),
    path("outlets/export/", outlets.outlet_export, name="outlet-export"),
    path("outlets/new/", outlets.outlet_create, name="outlet-create"),
    path("outlets/<int:pk>/", outlets.outlet_edit, name="outlet-edit"),
    path("imports/", imports.import_list, name="import-list"),
    path("imports/new/", imports.import_start, name="import-start"),
    path("imports/template/", imports.ledger_template, name="ledger-template"),
    path("imports/<int:pk>/preview/", imports.import_preview, name="import-preview"),
    path("imports/<int:pk>/recheck/", imports.import_recheck, name="import-recheck"),
    path("imports/<int:pk>/confirm/", imports.import_confirm, name="import-confirm"),
    path("imports/<int:pk>/discard/", imports.import_discard, name="import-discard"),
    path("imports/<int:pk>/", imports.import_detail, name="import-detail"),
    path("imports/<int:pk>/fates/", imports.import_fates, name="import-fates"),
    path("imports/<int:pk>/file/", imports.import_file, name="import-file"),
]
