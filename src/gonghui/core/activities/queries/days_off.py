"""Which days are off by the year's notice, and by what name."""

from __future__ import annotations

from datetime import date

from gonghui.core.regulations.holidays import work_calendar
from gonghui.kit.dates import festival


def holiday_name(day: date) -> str:
    """The holiday a day is off for; empty for any other day, and of a year not entered yet."""
    calendar = work_calendar()
    if day not in calendar.off:
        return ""
    return calendar.names.get(day) or festival(day) or "节假日"
