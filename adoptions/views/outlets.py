from django.http import Http404, HttpRequest, HttpResponse


def outlet_list(request: HttpRequest, **kwargs: int) -> HttpResponse:
    raise Http404


def outlet_create(request: HttpRequest, **kwargs: int) -> HttpResponse:
    raise Http404


def outlet_edit(request: HttpRequest, **kwargs: int) -> HttpResponse:
    raise Http404
