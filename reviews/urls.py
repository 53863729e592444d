from django.urls import path

from reviews import views

app_name = "reviews"

urlpatterns = [
    path("", views.inbox_page, name="inbox"),
    path("terms/", views.clock_settings, name="clock-settings"),
    path("terms/days/", views.day_set, name="day-set"),
    path("terms/days/<int:pk>/remove/", views.day_unset, name="day-unset"),
    path("stand-ins/", views.stand_in_list, name="stand-in-list"),
    path("stand-ins/new/", views.stand_in_create, name="stand-in-create"),
    path("stand-ins/<int:pk>/end/", views.stand_in_end, name="stand-in-end"),
    path("history/", views.history, name="history"),
    path("items/<int:pk>/", views.item_decide, name="item-decide"),
    path("items/<int:pk>/submit/", views.item_submit, name="item-submit"),
    path("items/<int:pk>/withdraw/", views.item_withdraw, name="item-withdraw"),
    path("items/<int:pk>/compare/<int:other>/", views.item_compare, name="item-compare"),
    path("items/submit/", views.item_submit_new, name="item-submit-new"),
]
