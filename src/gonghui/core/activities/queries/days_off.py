"""Which days are off by the year's notice, and by what name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from gonghui.core.regulations.holidays import work_calendar
from gonghui.kit.dates import festival
from gonghui.kit.deadlines import WorkCalendar

from ..models import Activity


def holiday_name(day: date) -> str:
    """The holiday a day is off for; empty for any other day, and of a year not entered yet."""
    return _named(day, work_calendar())


def holidays_of(activities: Sequence[Activity]) -> dict[int, str]:
    """Activity → the holiday it begins on, of those that begin on one; two queries for all."""
    if not activities:
        return {}
    calendar = work_calendar()
    named = {one.pk: _named(timezone.localdate(one.starts_at), calendar) for one in activities}
    return {pk: name for pk, name in named.items() if name}


def _named(day: date, calendar: WorkCalendar) -> str:
    if day not in calendar.off:
        return ""
    return calendar.names.get(day) or festival(day) or "节假日"
