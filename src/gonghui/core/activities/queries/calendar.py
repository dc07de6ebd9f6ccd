"""Sessions in time, and what clashes with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from gonghui.kit.dates import festival, weeks_of_month

from ..models import Activity, Session, State


@dataclass(frozen=True)
class Day:
    """One day of a month's page."""

    day: date
    is_of_month: bool
    festival: str
    sessions: list[Session]


def sessions_between(activities: QuerySet[Activity], first: date, last: date) -> list[Session]:
    """The sessions of these activities that touch the days, the earliest first."""
    since = timezone.make_aware(datetime.combine(first, datetime.min.time()))
    until = timezone.make_aware(datetime.combine(last + timedelta(days=1), datetime.min.time()))
    rows = Session.objects.filter(starts_at__lt=until, ends_at__gt=since)
    return list(
        rows.filter(activity__in=activities.order_by().values("pk"))
        .select_related("activity__org")
        .order_by("starts_at", "pk")
    )


def month_of(activities: QuerySet[Activity], year: int, month: int) -> list[list[Day]]:
    """The weeks of a month, from Monday, with the sessions of each day."""
    weeks = weeks_of_month(year, month)
    by_day: dict[date, list[Session]] = defaultdict(list)
    for session in sessions_between(activities, weeks[0][0], weeks[-1][-1]):
        for day in _days(session):
            by_day[day].append(session)
    return [
        [Day(day, day.month == month, festival(day), by_day.get(day, [])) for day in week]
        for week in weeks
    ]


def _days(session: Session) -> Iterable[date]:
    day = timezone.localdate(session.starts_at)
    last = timezone.localdate(session.ends_at)
    while day <= last:
        yield day
        day += timedelta(days=1)


def clashes(activity: Activity) -> list[Session]:
    """Other sessions of the same organisers' body, or of its organiser, at the same time."""
    found: dict[int, Session] = {}
    for session in activity.sessions.all():
        at_once = Session.objects.filter(
            starts_at__lt=session.ends_at, ends_at__gt=session.starts_at
        ).exclude(activity=activity)
        rows = at_once.exclude(activity__state__in=(State.DRAFT, State.CANCELLED, State.POSTPONED))
        near = rows.filter(activity__org=activity.org)
        if activity.organiser_id:
            near |= rows.filter(activity__organiser=activity.organiser_id)
        found |= {one.pk: one for one in near.select_related("activity")}
    return sorted(found.values(), key=lambda one: (one.starts_at, one.pk))
