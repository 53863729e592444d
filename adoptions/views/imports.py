from django.http import Http404, HttpRequest, HttpResponse


def import_list(request: HttpRequest, **kwargs: int) -> HttpResponse:
    raise Http404


def import_start(request: HttpRequest, **kwargs: int) -> HttpResponse:
    raise Http404


def ledger_template(request: HttpRequest, **kwargs: int) -> HttpResponse:
    raise Http404


def import_preview(request: HttpRequest, **kwargs: int) -> HttpResponse:
    raise Http404


def import_recheck(request: HttpRequest, **kwargs: int) -> HttpResponse:
    raise Http404


def import_confirm(request: HttpRequest, **kwargs: int) -> HttpResponse:
    raise Http404


def import_discard(request: HttpRequest, **kwargs: int) -> HttpResponse:
    raise Http404


def import_detail(request: HttpRequest, **kwargs: int) -> HttpResponse:
    raise Http404


def import_fates(request: HttpRequest, **kwargs: int) -> HttpResponse:
    raise Http404


def import_file(request: HttpRequest, **kwargs: int) -> HttpResponse:
    raise Http404
