from django.urls import path

from accounts.lists import AUDIT, PEOPLE, UNITS
from accounts.views import own, people, saved_lists, units

app_name = "accounts"

urlpatterns = [
    path("login/", own.SignIn.as_view(), name="login"),
    path("logout/", own.SignOut.as_view(), name="logout"),
    path("profile/", own.profile, name="profile"),
    path("password/", own.password_change, name="password-change"),
    *PEOPLE.urls("people/"),
    path("people/new/", people.user_create, name="user-create"),
    path("people/<int:pk>/", people.user_edit, name="user-edit"),
    path("people/<int:pk>/roles/", people.grant_create, name="grant-create"),
    path("people/<int:pk>/password/", people.user_reset_password, name="user-reset-password"),
    path("people/<int:pk>/deactivate/", people.user_deactivate, name="user-deactivate"),
    path("people/<int:pk>/reactivate/", people.user_reactivate, name="user-reactivate"),
    path("roles/<int:pk>/end/", people.grant_end, name="grant-end"),
    *UNITS.urls("units/"),
    path("units/<int:parent_pk>/new/", units.unit_create, name="unit-create"),
    path("units/<int:pk>/", units.unit_edit, name="unit-edit"),
    path("units/<int:pk>/names/", units.unit_alias_add, name="unit-alias-add"),
    path("units/names/<int:pk>/end/", units.unit_alias_end, name="unit-alias-end"),
    path("lists/save/", saved_lists.list_save, name="list-save"),
    path("lists/<int:pk>/remove/", saved_lists.list_remove, name="list-remove"),
    *AUDIT.urls("audit/"),
]
