from django.http import Http404, HttpRequest, HttpResponse


def adoption_list(request: HttpRequest, **kwargs: int) -> HttpResponse:
    raise Http404


def adoption_export(request: HttpRequest, **kwargs: int) -> HttpResponse:
    raise Http404


def adoption_detail(request: HttpRequest, **kwargs: int) -> HttpResponse:
    raise Http404


def proof_download(request: HttpRequest, **kwargs: int) -> HttpResponse:
    raise Http404
