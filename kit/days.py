"""Days and moments as documents print them."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone


def in_words(day: date) -> str:
    """2026年4月10日."""
    return f"{day.year}年{day.month}月{day.day}日"


def to_the_minute(moment: datetime) -> str:
    """2026年4月10日 09:05, in China's time."""
    local = timezone.localtime(moment)
    return f"{in_words(local)} {local:%H:%M}"
