"""Answers that pages of several apps give."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def conflict(request: HttpRequest, message: str, back_url: str) -> HttpResponse:
    """409: the world has moved on since the page was drawn."""
    return render(request, "409.html", {"message": message, "back_url": back_url}, status=409)
