"""Decides when something was noted, by the clock of a phone that may be wrong (decision 0015)."""

from __future__ import annotations

from datetime import datetime, timedelta

from .codes import Window

AHEAD = timedelta(minutes=5)  # what a clock may run ahead without being called wrong
MOST = timedelta(days=1)  # a clock further off was not set wrong, it was never set


def moment_of(
    said: datetime, *, known: timedelta, measured: timedelta, doors: Window, now: datetime
) -> datetime | None:
    """The moment of a note, or ``None`` where no plausible one is found.

    ``known`` is how far the phone's clock was behind ours when it last spoke with us before the
    note; it is kept in the note, so the same note gives the same moment however often it comes.
    ``measured`` is that of the sending: it counts only where the first cannot be right.
    """
    for behind in (known, measured):
        moment = said + min(max(behind, -2 * MOST), 2 * MOST)
        in_time = doors.opens_at <= moment <= doors.closes_at and moment <= now + AHEAD
        if abs(behind) <= MOST and in_time:
            return moment
    return None
