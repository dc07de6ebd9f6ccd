"""The sessions of a month or a week, day by day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from gonghui.core.activities.models import Activity, Session
from gonghui.kit.dates import festival, weeks_of_month
from gonghui.kit.moments import bounds


@dataclass(frozen=True)
class Day:
    """One day of a month's page."""

    day: date
    is_of_month: bool
    festival: str
    sessions: list[Session]


def sessions_between(
    activities: QuerySet[Activity],
    first: date,
    last: date,
    among: QuerySet[Session] | None = None,
) -> list[Session]:
    """The sessions of these activities that touch the days, the earliest first.

    ``among`` says of which sessions, where not of all.
    """
    since, until = bounds(first, last)
    rows = Session.objects.all() if among is None else among
    return list(
        rows.filter(starts_at__lt=until, ends_at__gt=since)
        .filter(activity__in=activities.order_by().values("pk"))
        .select_related("activity__org")
        .order_by("starts_at", "pk")
    )


def month_of(
    activities: QuerySet[Activity], year: int, month: int, among: QuerySet[Session] | None = None
) -> list[list[Day]]:
    """The weeks of a month, from Monday, with the sessions of each day."""
    weeks = weeks_of_month(year, month)
    by_day = _by_day(activities, weeks[0][0], weeks[-1][-1], among)
    return [
        [Day(day, day.month == month, festival(day), by_day.get(day, [])) for day in week]
        for week in weeks
    ]


def week_of(activities: QuerySet[Activity], day: date) -> list[Day]:
    """The week of a day, from Monday."""
    monday = day - timedelta(days=day.weekday())
    week = [monday + timedelta(days=step) for step in range(7)]
    by_day = _by_day(activities, week[0], week[-1])
    return [Day(one, True, festival(one), by_day.get(one, [])) for one in week]


def _by_day(
    activities: QuerySet[Activity],
    first: date,
    last: date,
    among: QuerySet[Session] | None = None,
) -> dict[date, list[Session]]:
    by_day: dict[date, list[Session]] = defaultdict(list)
    for session in sessions_between(activities, first, last, among):
        for day in _days(session):
            by_day[day].append(session)
    return by_day


def _days(session: Session) -> Iterable[date]:
    """What ends at midnight is over with its day."""
    day = timezone.localdate(session.starts_at)
    last = timezone.localdate(session.ends_at - timedelta.resolution)
    while day <= last:
        yield day
        day += timedelta(days=1)
