from django.urls import path

from notices import views

app_name = "notices"

urlpatterns = [
    path("", views.notice_list, name="notice-list"),
    path("read/", views.notice_read_all, name="notice-read-all"),
    path("settings/", views.preferences, name="preferences"),
    path("<int:pk>/", views.notice_open, name="notice-open"),
]
