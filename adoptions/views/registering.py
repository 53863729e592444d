from django.http import Http404, HttpRequest, HttpResponse


def adoption_find(request: HttpRequest, **kwargs: int) -> HttpResponse:
    raise Http404


def adoption_create(request: HttpRequest, **kwargs: int) -> HttpResponse:
    raise Http404


def adoption_edit(request: HttpRequest, **kwargs: int) -> HttpResponse:
    raise Http404


def adoption_revoke(request: HttpRequest, **kwargs: int) -> HttpResponse:
    raise Http404
