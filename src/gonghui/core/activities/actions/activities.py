"""An activity is planned, given its sessions, announced, held, recorded, put off or called off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max, Min, ProtectedError
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.files.store import attach, attachments_of
from gonghui.core.flow import events
from gonghui.core.history.trail import VERBS, history_of, record
from gonghui.core.orgs.models import Org
from gonghui.core.screens.changes import changes_of, snapshot
from gonghui.kit.errors import DomainError

from ..models import Activity, Booking, Resource, Series, Session, State
from ..rules import ACTIVITY_RULES
from ..sockets import missing_of
from .joining import follow_partners

VERBS |= {"sessions": "调整场次", "clone": "照此新建"}


COPIED = (
    "kind", "title", "occasion", "theme", "purpose", "place", "outside_partners", "programme",
    "cost", "categories", "outsiders", "admits", "capacity", "items_allowed",
    "companions_allowed", "consent",
)  # fmt: skip


@dataclass(frozen=True)
class Sitting:
    """One session as a form gives it; ``pk`` is that of the session it changes."""

    starts_at: datetime
    ends_at: datetime
    title: str = ""
    place: str = ""
    resources: tuple[Resource, ...] = ()
    pk: int | None = None


@transaction.atomic
def plan_activity(
    org: Org, *, by: Actor, sittings: Sequence[Sitting] = (), **values: Any
) -> Activity:
    """Draft an activity of a body; it is nobody's business but the organisers' until announced."""
    many = {name: values.pop(name) for name in ("audience", "partners") if name in values}
    activity = Activity(org=org, **values)
    activity.full_clean(exclude=["org"])
    activity.save()
    for name, orgs in many.items():
        getattr(activity, name).set(orgs)
    follow_partners(activity, by)
    if sittings:
        _seat(activity, sittings, by)
    record(activity, "create", by=by, changes=changes_of({}, snapshot(activity)))
    return activity


@transaction.atomic
def clone_activity(old: Activity, begins_on: date, *, by: Actor) -> Activity:
    """Draft the same anew from a day on, with its papers; sessions keep their hours and distance.

    Deadlines move along; whoever organised it is asked again and not taken for granted when gone.
    """
    sessions = list(old.sessions.order_by("starts_at", "pk"))
    first = timezone.localdate(sessions[0].starts_at) if sessions else begins_on
    shift = begins_on - first
    many = {name: list(getattr(old, name).filter(until=None)) for name in ("audience", "partners")}
    values = {name: getattr(old, name) for name in COPIED}
    for name in ("opens_at", "closes_at", "withdraw_by"):
        moment = getattr(old, name)
        values[name] = moment and moved(moment, shift)
    organiser = old.organiser if old.organiser and old.organiser.left_on is None else None
    sittings = [
        Sitting(moved(one.starts_at, shift), moved(one.ends_at, shift), one.title, one.place)
        for one in sessions
    ]
    made = plan_activity(
        old.org, by=by, sittings=sittings, organiser=organiser, copied_from=old, **values, **many
    )
    for paper in attachments_of(old):
        with paper.file.open("rb") as file:
            attach(made, file, name=paper.name, by=by, role=paper.role)
    _keep_doors(sessions, list(made.sessions.order_by("starts_at", "pk")))
    record(made, "clone", by=by, changes={"from": f"{old} #{old.pk}"})
    events.emit(made, "cloned", by=by, source=old)
    return made


DOORS = ("doors_before", "doors_after", "latitude", "longitude", "radius")


def _keep_doors(old: Sequence[Session], new: Sequence[Session]) -> None:
    """When and where members sign in by themselves is as it was."""
    for before, after in zip(old, new, strict=True):
        for name in DOORS:
            setattr(after, name, getattr(before, name))
        after.save(update_fields=DOORS)


def moved(moment: datetime, shift: timedelta) -> datetime:
    """The same hour of the local day, so many days on."""
    local = timezone.localtime(moment)
    return datetime.combine(local.date() + shift, local.time(), timezone.get_current_timezone())


@transaction.atomic
def change_activity(activity: Activity, said: dict[str, Any], *, by: Actor) -> Activity:
    """Change the notice; one occasion of a series that is changed no longer follows the rest."""
    kept = Activity.objects.select_for_update().get(pk=activity.pk)
    before = snapshot(kept)
    for name in ("audience", "partners"):
        if name in said:
            getattr(kept, name).set(said[name])
    follow_partners(kept, by)
    for name, value in said.items():
        if name not in ("audience", "partners"):
            setattr(kept, name, value)
    kept.full_clean(exclude=["org"])
    changes = changes_of(before, snapshot(kept))
    kept.differs |= bool(changes) and kept.series_id is not None
    kept.save()
    if changes:
        record(kept, "update", by=by, changes=changes)
        events.emit(kept, "changed", by=by, changes=changes)
    return kept


@transaction.atomic
def set_sessions(
    activity: Activity, sittings: Sequence[Sitting], *, by: Actor, is_told: bool = True
) -> Activity:
    """Replace the sessions of an activity; one that has marks already may not vanish.

    Who heard of a time or a place that is no longer true is told, unless nobody cares for it. What
    follows from the times, such as who was late, follows the new ones (``resat``); hours that were
    credited and certified do not, so a finished record has to be taken up again first.
    """
    kept = Activity.objects.select_for_update().get(pk=activity.pk)
    if kept.state == State.RECORDED:
        raise DomainError("记录已经完成，时间不能再改；要改请先按“继续补记”。")
    before = [str_of(session) for session in kept.sessions.all()]
    _seat(kept, sittings, by)
    after = [str_of(session) for session in kept.sessions.all()]
    if before != after:
        kept.differs = kept.series_id is not None
        kept.save(update_fields=["differs"])
        changes = {"sessions": ["；".join(before), "；".join(after)]}
        record(kept, "sessions", by=by, changes=changes)
        events.emit(kept, "resat", by=by)
        if is_told and set(before) - set(after):
            events.emit(kept, "moved", by=by)
    return kept


def str_of(session: Session) -> str:
    begin, end = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    return f"{begin:%Y-%m-%d %H:%M}–{end:%H:%M} {session.place}".strip()


def _seat(activity: Activity, sittings: Sequence[Sitting], by: Actor) -> None:
    wanted = {sitting.pk for sitting in sittings if sitting.pk}
    gone = activity.sessions.exclude(pk__in=wanted)
    for session in gone:
        try:
            session.delete()
        except ProtectedError:
            raise DomainError(f"「{str_of(session)}」已经有签到，不能删去这一场。") from None
    for sitting in sittings:
        _seat_one(activity, sitting, by)
    ends = activity.sessions.aggregate(first=Min("starts_at"), last=Max("ends_at"))
    activity.starts_at, activity.ends_at = ends["first"], ends["last"]
    activity.save(update_fields=["starts_at", "ends_at"])


def _seat_one(activity: Activity, sitting: Sitting, by: Actor) -> Session:
    if sitting.ends_at <= sitting.starts_at:
        raise DomainError("结束时间要晚于开始时间。")
    kept = activity.sessions.filter(pk=sitting.pk).first() if sitting.pk else None
    session = kept or Session(activity=activity)
    session.starts_at, session.ends_at = sitting.starts_at, sitting.ends_at
    session.title, session.place = sitting.title, sitting.place
    session.save()
    book(session, sitting.resources, by=by)
    return session


def book(session: Session, resources: Sequence[Resource], *, by: Actor) -> None:
    """Hold rooms and equipment for a session; the rows are locked, so nothing is held twice.

    Who has it then is named only as far as one may read it: another's draft is nobody's business.
    """
    wanted = {resource.pk for resource in resources}
    session.bookings.exclude(resource__in=wanted).delete()
    for resource in Resource.objects.select_for_update().filter(pk__in=wanted).order_by("pk"):
        if not resource.is_in_use:
            raise DomainError(f"「{resource}」现在不能预订，请换一处。")
        if other := _taken_by(resource, session):
            begin, end = timezone.localtime(other.starts_at), timezone.localtime(other.ends_at)
            may_read = ACTIVITY_RULES["view"].allows(by, other.activity)
            who = f"「{other.activity}」" if may_read else str(other.activity.org)
            raise DomainError(
                f"「{resource}」{begin:%m月%d日 %H:%M}–{end:%H:%M}已由{who}使用，请换时间或换一处。"
            )
        Booking.objects.get_or_create(resource=resource, session=session)


def _taken_by(resource: Resource, session: Session) -> Session | None:
    return (
        Session.objects.filter(
            resources=resource, starts_at__lt=session.ends_at, ends_at__gt=session.starts_at
        )
        .exclude(pk=session.pk)
        .exclude(activity__state=State.CANCELLED)
        .select_related("activity__org")
        .first()
    )


# What follows are the effects of the flow's steps; the flow locks, saves the state and records.


def announce(activity: Activity, *, by: Actor, words: str = "") -> None:
    """Nobody can come to what has no time, nor to the day it was put off from."""
    if not activity.sessions.exists():
        raise DomainError("还没有排时间，请先加场次再发通知。")
    if activity.is_past and history_of(activity).filter(verb="postpone").exists():
        raise DomainError("原定的时间已过，请先在“场次”里改成新的时间，再发通知。")


def open_signing(activity: Activity, *, by: Actor) -> None:
    """A deadline that has passed would close it again at once."""
    if activity.closes_at and activity.closes_at <= timezone.now():
        raise DomainError("报名截止时间已过，请先改截止时间。")


def hold(activity: Activity, *, by: Actor) -> None:
    if not activity.has_begun:
        raise DomainError("活动还没有开始，不能记作已举办。")


def check_record(activity: Activity, *, by: Actor) -> None:
    """A record is complete with a plan, a theme, an attendance and what was gained (R-118)."""
    if missing := missing_of(activity):
        raise DomainError(f"记录还缺{'、'.join(missing)}，补齐后再完成。")


def postpone(activity: Activity, *, by: Actor, reason: str) -> None:
    """Those who signed up keep their places; the rooms are free until it has a new time."""
    Booking.objects.filter(session__activity=activity).delete()


def call_off(activity: Activity, *, by: Actor, reason: str, series: Series | None = None) -> None:
    """``series`` is called off from a day on, and this occasion with it."""
    Booking.objects.filter(session__activity=activity).delete()
