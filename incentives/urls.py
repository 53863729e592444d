from django.urls import path

from incentives import views

app_name = "incentives"

urlpatterns = [
    path("", views.target_list, name="target-list"),
    path("export/", views.target_export, name="target-export"),
    path("edit/", views.target_edit, name="target-edit"),
    path("units/<int:pk>/", views.person_target_list, name="person-target-list"),
    path("units/<int:pk>/edit/", views.person_target_edit, name="person-target-edit"),
]
