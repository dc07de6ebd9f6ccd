"""How long somebody was at a session: the whole of it, or from when they came to when they left."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import ROUND_DOWN, Decimal

HUNDREDTH = Decimal("0.01")
NONE = timedelta()


def time_at(
    begin: datetime, end: datetime, *, came: datetime | None = None, left: datetime | None = None
) -> timedelta:
    """The part of a session between coming and leaving; either may be unknown or of no matter."""
    since = max(begin, came) if came else begin
    until = min(end, left) if left else end
    return max(until - since, NONE)


def hours(time: timedelta) -> Decimal:
    """In hours to two places, never more than it was."""
    exact = Decimal(int(time.total_seconds())) / 3600
    return exact.quantize(HUNDREDTH, rounding=ROUND_DOWN)
