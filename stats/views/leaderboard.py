"""The board for the screen on the wall."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.reader import reader_of
from stats.leaderboards import Span, leaderboard, span_label

#: Seconds until the board asks for new figures, and until it turns to the next span.
REFRESH, TURN = 300, 30


@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """The reader's own office; `turn=1` goes round month, quarter and year."""
    asked, turns = request.GET.get("span", ""), request.GET.get("turn") == "1"
    span = Span(asked) if asked in list(Span) else Span.MONTH
    following = span.following() if turns else span
    now = timezone.now()
    context = {
        "board": leaderboard(reader_of(request), span, timezone.localdate(now)),
        "now": now,
        "spans": [(choice, span_label(choice)) for choice in Span],
        "turns": turns,
        "seconds": TURN if turns else REFRESH,
        "next": f"?span={following}&turn=1" if turns else f"?span={span}",
    }
    return render(request, "stats/leaderboard.html", context)
