"""When a day begins where the product is used, and from when to when days last."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone


def midnight(day: date) -> datetime:
    """The first moment of a day."""
    return datetime.combine(day, time(), timezone.get_current_timezone())


def bounds(first: date, last: date | None = None) -> tuple[datetime, datetime]:
    """From the first moment of a day to the one after it, or after the last of several."""
    return midnight(first), midnight((last or first) + timedelta(days=1))
