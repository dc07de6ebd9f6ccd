"""A series is begun, changed or ended from a day on, and made longer; its occasions follow."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.flow import events
from gonghui.core.history.trail import VERBS, record
from gonghui.core.orgs.models import Org
from gonghui.core.regulations.holidays import work_calendar
from gonghui.core.screens.changes import changes_of, snapshot
from gonghui.kit.dates import full_day
from gonghui.kit.errors import DomainError
from gonghui.kit.moments import midnight

from ..engine.cadence import MOST, Cadence, days, kept
from ..models import Activity, Series, Session, State
from .activities import book

VERBS |= {"extend_series": "延长", "end": "停办以后各次", "announce_series": "发布系列"}

SHARED = ("title", "kind", "theme", "programme", "place", "organiser", "capacity")
HOURS = ("starts_at", "ends_at")
AHEAD = (State.DRAFT, State.ANNOUNCED, State.OPEN, State.CLOSED, State.POSTPONED)


@dataclass(frozen=True)
class Made:
    """What became of a series: how many occasions, and the holidays left out.

    ``unknown`` are the years whose holidays nobody has entered: none of theirs could be left out.
    """

    series: Series
    count: int
    skipped: tuple[date, ...] = ()
    unknown: tuple[int, ...] = ()


@transaction.atomic
def begin_series(org: Org, cadence: Cadence, *, by: Actor, **values: Any) -> Made:
    """Keep the series and draft every occasion of it."""
    series = Series(org=org, rhythm=cadence.text(), made_by=by.person, **values)
    series.full_clean(exclude=["org"])
    series.save()
    made = _fill(series, series.since, by)
    if not made.count:
        raise DomainError("这段时间里一次也没有，请改周期或起止日期。")
    record(series, "create", by=by, changes=changes_of({}, snapshot(series)))
    return made


@transaction.atomic
def change_rest(series: Series, since: date, said: dict[str, Any], *, by: Actor) -> int:
    """Change the series and its occasions from a day on, those changed by themselves left alone.

    Only what is new is given to them: what was agreed for a later day stays with that day. Where
    nothing is new they all take on what the series says. One that has taken place stays as it was;
    of one that goes on, who was late follows the new hour.
    """
    locked = _lock(series)
    before = snapshot(locked)
    new = {name for name, value in said.items() if getattr(locked, name) != value}
    for name in new:
        setattr(locked, name, said[name])
    locked.full_clean(exclude=["org"])
    locked.save()
    rows = _ahead(locked, since).filter(differs=False)
    occasions = list(rows.select_for_update())
    for occasion in occasions:
        _follow(occasion, locked, new or {*SHARED, *HOURS}, by)
    if changes := changes_of(before, snapshot(locked)):
        record(locked, "update", by=by, changes=changes | {"since": str(since)})
        events.emit(locked, "changed", by=by, since=since, changes=changes)
    return len(occasions)


@transaction.atomic
def extend_series(series: Series, until: date, *, by: Actor) -> Made:
    """Make it longer; what was drafted meanwhile is not drafted again."""
    locked = _lock(series)
    if until <= locked.until:
        raise DomainError(f"这个系列已经排到 {full_day(locked.until)}，请选更晚的日期。")
    before, locked.until = locked.until, until
    locked.save(update_fields=["until"])
    made = _fill(locked, before, by, fresh=True)
    changes = {"until": [str(before), str(until)], "count": made.count}
    record(locked, "extend_series", by=by, changes=changes)
    return made


def rest_of(series: Series, since: date) -> list[Activity]:
    """The occasions from a day on that have not begun; what is put off has no time yet."""
    ahead = Q(starts_at__gt=timezone.now()) | Q(state=State.POSTPONED)
    return list(_ahead(series, since).filter(ahead))


@transaction.atomic
def shorten(series: Series, since: date, *, by: Actor, reason: str, count: int) -> Series:
    """Write down that nothing follows from this day on; the occasions are called off beside it."""
    locked = _lock(series)
    locked.until = max(locked.since, min(locked.until, since))
    locked.save(update_fields=["until"])
    changes = {"since": str(since), "count": count, "reason": reason}
    record(locked, "end", by=by, changes=changes)
    return locked


def _lock(series: Series) -> Series:
    return Series.objects.select_for_update().get(pk=series.pk)


def _ahead(series: Series, since: date) -> Any:
    """Those from a day on that are not over, whatever button was pressed."""
    is_on = Q(ends_at__gt=timezone.now()) | Q(state=State.POSTPONED)
    rows = series.occasions.filter(is_on, starts_at__gte=midnight(since), state__in=AHEAD)
    return rows.order_by("starts_at")


def _fill(series: Series, since: date, by: Actor, *, fresh: bool = False) -> Made:
    """Draft the occasions from a day on; ``fresh`` leaves that day itself out."""
    found = [day for day in days(series.rhythm, series.since, series.until) if day >= since]
    found = [day for day in found if day > since] if fresh else found
    if len(found) >= MOST:
        raise DomainError(f"一个系列最多排 {MOST - 1} 次，请缩短起止日期。")
    calendar = work_calendar()
    holidays = calendar.off if series.skips_holidays else frozenset()
    unknown = calendar.unknown(found[0], found[-1]) if found and series.skips_holidays else ()
    wanted = list(kept(found, holidays.__contains__))
    for day in wanted:
        occasion = Activity(org=series.org, series=series)
        _dress(occasion, series, SHARED)
        _seat(occasion, series, day, by)
    skipped = tuple(day for day in found if day in holidays)
    return Made(series, len(wanted), skipped, tuple(unknown))


def _follow(occasion: Activity, series: Series, names: Set[str], by: Actor) -> None:
    """Give a drafted or announced occasion some of what the series says."""
    _dress(occasion, series, [name for name in SHARED if name in names])
    occasion.save()
    hours = occasion.starts_at, occasion.ends_at
    if not names.isdisjoint(HOURS):
        _seat(occasion, series, timezone.localdate(occasion.starts_at), by)
    if hours != (occasion.starts_at, occasion.ends_at):
        events.emit(occasion, "resat", by=by)


def _dress(occasion: Activity, series: Series, names: Iterable[str]) -> None:
    for name in names:
        setattr(occasion, name, getattr(series, name))
    if series.capacity is not None and series.capacity < occasion.seats_taken:
        raise DomainError(f"有一次已报 {occasion.seats_taken} 人，名额不能少于这个数。")


def _seat(occasion: Activity, series: Series, day: date, by: Actor) -> None:
    """Give an occasion its hours on a day; a new one gets its session."""
    zone = timezone.get_current_timezone()
    occasion.starts_at = datetime.combine(day, series.starts_at, zone)
    occasion.ends_at = datetime.combine(day, series.ends_at, zone)
    occasion.save()
    session, is_new = Session.objects.update_or_create(
        activity=occasion,
        defaults={"starts_at": occasion.starts_at, "ends_at": occasion.ends_at, "place": ""},
    )
    if not is_new:  # what it holds has to be free at the new hour too
        book(session, tuple(session.resources.all()), by=by)
