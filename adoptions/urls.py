from django.urls import path

from adoptions import views
from adoptions.entries import views as entries
from adoptions.events import views as events
from adoptions.events.lists import EVENTS
from adoptions.importing import views as imports
from adoptions.importing.lists import IMPORTS
from adoptions.lists import ADOPTIONS
from adoptions.models import Adoption, Event
from adoptions.outlets import views as outlets
from adoptions.outlets.lists import OUTLETS

app_name = "adoptions"
of_adoptions, of_events = {"model": Adoption}, {"model": Event}

urlpatterns = [
    *ADOPTIONS.urls(),
    path("<int:pk>/", views.adoption_detail, name="adoption-detail"),
    path("<int:pk>/proof/", entries.entry_proof, of_adoptions, name="proof-download"),
    path("register/", views.adoption_find, name="adoption-find"),
    path("register/<int:item_pk>/", views.adoption_create, name="adoption-create"),
    path("<int:pk>/edit/", views.adoption_edit, name="adoption-edit"),
    path("<int:pk>/revoke/", entries.entry_revoke, of_adoptions, name="adoption-revoke"),
    path(
        "<int:pk>/corrections/<int:change_pk>/proof/",
        entries.entry_former_proof,
        of_adoptions,
        name="former-proof",
    ),
    *EVENTS.urls("events/"),
    path("events/register/", events.event_register, name="event-register"),
    path("events/<int:pk>/", events.event_detail, name="event-detail"),
    path("events/<int:pk>/proof/", entries.entry_proof, of_events, name="event-proof"),
    path(
        "events/<int:pk>/corrections/<int:change_pk>/proof/",
        entries.entry_former_proof,
        of_events,
        name="event-former-proof",
    ),
    path("events/<int:pk>/edit/", events.event_edit, name="event-edit"),
    path("events/<int:pk>/revoke/", entries.entry_revoke, of_events, name="event-revoke"),
    *OUTLETS.urls("outlets/"),
    path("outlets/new/", outlets.outlet_create, name="outlet-create"),
    path("outlets/<int:pk>/", outlets.outlet_edit, name="outlet-edit"),
    *IMPORTS.urls("imports/"),
    path("outlets/<int:pk>/names/", outlets.outlet_alias_add, name="outlet-alias-add"),
    path("outlets/names/<int:pk>/end/", outlets.outlet_alias_end, name="outlet-alias-end"),
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
