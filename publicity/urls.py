"""Every address of the site."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from publicity.desk import administration, desk
from publicity.help import help_page
from publicity.mine import mine
from publicity.tour import tour, tour_sample


@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """200 when the site and its database answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


handler500 = "kit.trouble.server_error"

urlpatterns = [
    path("", desk, name="desk"),
    path("mine/", mine, name="mine"),
    path("administration/", administration, name="administration"),
    path("help/", help_page, name="help"),
    path("tour/", tour, name="tour"),
    path("tour/sample/", tour_sample, name="tour-sample"),
    path("healthz", healthz, name="healthz"),
    path("accounts/", include("accounts.urls")),
    path("notices/", include("notices.urls")),
    path("items/", include("submissions.urls")),
    path("review/", include("reviews.urls")),
    path("adoptions/", include("adoptions.urls")),
    path("schemes/", include("scoring.urls")),
    path("stats/", include("stats.urls")),
    path("bulletins/", include("bulletins.urls")),
    path("targets/", include("incentives.urls")),
]
