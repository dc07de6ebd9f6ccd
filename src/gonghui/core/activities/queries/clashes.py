"""What speaks against a time: who is busy then, what else is held there, which day it is."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils import timezone

from gonghui.core.access.actor import Actor

from ..models import Activity, Resource, Session, State
from ..rules import ACTIVITY_RULES
from ..sockets import warnings
from .days_off import holiday_name

NOT_HELD = (State.DRAFT, State.CANCELLED, State.POSTPONED)


def warnings_of(activity: Activity, actor: Actor) -> list[str]:
    """Everything that speaks against its time, in sentences; other parts add theirs."""
    said = [*_days_off(activity), *_too_small(activity), *_held_at_once(activity, actor)]
    return said + [line for warn in warnings for line in warn(activity, actor)]


def others_at_once(activity: Activity) -> QuerySet[Session]:
    """Sessions of other activities that take place while this one's do."""
    times = Q(pk__in=())
    for session in activity.sessions.all():
        times |= Q(starts_at__lt=session.ends_at, ends_at__gt=session.starts_at)
    rows = Session.objects.filter(times).exclude(activity=activity)
    return rows.exclude(activity__state__in=NOT_HELD).select_related("activity")


def _held_at_once(activity: Activity, actor: Actor) -> Iterable[str]:
    """Of the same body, of the same organiser, at the same place; what one may not read is held
    by somebody else.
    """
    same = Q(activity__org=activity.org_id)
    if activity.organiser_id:
        same |= Q(activity__organiser=activity.organiser_id)
    places = {session.place or activity.place for session in activity.sessions.all()} - {""}
    there = Q(place__in=places) | Q(place="", activity__place__in=places)
    found = others_at_once(activity).filter(same | there).order_by("starts_at", "pk")
    sessions = list(found.distinct())
    held = Activity.objects.filter(pk__in={one.activity_id for one in sessions})
    known = set(ACTIVITY_RULES["view"].narrow(held, actor).values_list("pk", flat=True))
    for one in sessions:
        name = f"「{one.activity}」" if one.activity_id in known else "其他组织的活动"
        at = one.place or one.activity.place
        yield f"{_when(one)}还有{name}{f'，也在{at}' if at in places else ''}。"


def _days_off(activity: Activity) -> Iterable[str]:
    days = {timezone.localdate(session.starts_at) for session in activity.sessions.all()}
    for day in sorted(days):
        if name := holiday_name(day):
            yield f"{day.month} 月 {day.day} 日{name}放假。"


def _too_small(activity: Activity) -> Iterable[str]:
    """Rooms that hold fewer than may come, or have signed up; several for one session add up."""
    people = max(activity.capacity or 0, activity.seats_taken)
    for session in activity.sessions.prefetch_related("resources"):
        rooms = [one for one in session.resources.all() if one.kind == Resource.Kind.ROOM]
        seats = [one.seats for one in rooms if one.seats is not None]
        if rooms and len(seats) == len(rooms) and sum(seats) < people:
            names = "、".join(str(one) for one in rooms)
            yield f"{_when(session)}在{names}，可容纳 {sum(seats)} 人，不够 {people} 人用。"


def _when(session: Session) -> str:
    return f"{timezone.localtime(session.starts_at):%m月%d日 %H:%M}"
