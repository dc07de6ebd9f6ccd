"""Steps that all occasions of a series take together: announced, opened in time, called off."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.flow import events
from gonghui.core.history.trail import record
from gonghui.core.notices.ticking import every_day
from gonghui.kit.errors import DomainError
from gonghui.kit.moments import bounds

from .actions.series import rest_of, shorten
from .flow import LIFE
from .models import Activity, Series, State

OPENS_AHEAD = timedelta(days=14)  # an occasion's sign-up opens by itself so long before it


@transaction.atomic
def announce_series(series: Series, *, by: Actor) -> int:
    """Announce every drafted occasion; people are told once, of the series."""
    locked = Series.objects.select_for_update().get(pk=series.pk)
    drafts = list(locked.occasions.filter(state=State.DRAFT, starts_at__gt=timezone.now()))
    if not drafts:
        raise DomainError("没有还没发布的场次。")
    for occasion in drafts:
        LIFE.perform(occasion, "announce", by=by)
    record(locked, "announce_series", by=by, changes={"count": len(drafts)})
    events.emit(locked, "announced", by=by, count=len(drafts))
    open_near(timezone.localdate(), locked)
    return len(drafts)


@transaction.atomic
def end_series(series: Series, since: date, reason: str, *, by: Actor) -> int:
    """Call off what has not been held from a day on; those who heard of it are told once."""
    locked = Series.objects.select_for_update().get(pk=series.pk)
    rest = rest_of(series, since)
    if not rest:
        raise DomainError("这一天以后没有还没办的场次。")
    heard_of = [one for one in rest if one.state != State.DRAFT]
    for occasion in rest:
        LIFE.perform(occasion, "cancel", by=by, reason=reason, series=locked)
    locked = shorten(series, since, by=by, reason=reason, count=len(rest))
    if heard_of:
        events.emit(locked, "ended", by=by, reason=reason, since=since, occasions=heard_of)
    return len(rest)


@every_day("activities.series")
def open_series(day: date) -> str:
    """Open the sign-up of the occasions that come near."""
    return f"{open_near(day)} opened"


def open_near(day: date, series: Series | None = None) -> int:
    """Open them in the name of whoever leads the series; one nobody leads any more waits.

    One whose own deadline has passed stays as it is, and stops no other.
    """
    end = bounds(day)[1] + OPENS_AHEAD
    now = timezone.now()
    rows = Activity.objects.filter(
        series__isnull=False, state=State.ANNOUNCED, starts_at__lt=end, ends_at__gt=now
    ).exclude(closes_at__lte=now)
    if series is not None:
        rows = rows.filter(series=series)
    opened = 0
    for occasion in rows.select_related("series__organiser", "series__made_by"):
        leader = occasion.organiser or occasion.series.made_by  # type: ignore[union-attr]  # filtered above
        step = LIFE.by_name["open"]
        if leader is not None and step.guard.allows(Actor(leader), occasion):
            LIFE.perform(occasion, "open", by=Actor(leader))
            opened += 1
    return opened
