"""A need becomes an activity; shifts are added to it and taken away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from gonghui.core.access.actor import Actor
from gonghui.core.activities.actions.activities import Sitting, plan_activity, set_sessions
from gonghui.core.activities.models import Activity
from gonghui.core.history.trail import VERBS, record
from gonghui.core.orgs.models import Org
from gonghui.core.screens.changes import changes_of, snapshot
from gonghui.core.signing.actions.places import Share, set_places
from gonghui.kit.errors import DomainError

from .models import Need, Partner, Shift

VERBS |= {"plan_for": "据此办活动", "add_shift": "加班次", "drop_shift": "减班次"}


@dataclass(frozen=True)
class Turn:
    """A shift as a form gives it: a name, from when to when, how many."""

    title: str
    starts_at: datetime
    ends_at: datetime
    places: int


@transaction.atomic
def keep_partner(org: Org, *, by: Actor, **facts: Any) -> Partner:
    """Put an outside body on record."""
    partner = Partner(org=org, **facts)
    partner.full_clean(exclude=["org"])
    partner.save()
    record(partner, "create", by=by, changes=changes_of({}, snapshot(partner)))
    return partner


@transaction.atomic
def keep_need(partner: Partner, *, by: Actor, **facts: Any) -> Need:
    """Put on record what a partner asks for; the body that works with it takes it on."""
    need = Need(org=partner.org, partner=partner, **facts)
    need.full_clean(exclude=["org"])
    need.save()
    record(need, "create", by=by, changes=changes_of({}, snapshot(need)))
    return need


@transaction.atomic
def served_by(need: Need, activity: Activity, *, by: Actor) -> Need:
    """An activity that was planned apart serves the need."""
    need.activities.add(activity)
    record(need, "plan_for", by=by, changes={"activity": str(activity)})
    return need


@transaction.atomic
def plan_for(need: Need, *, by: Actor) -> Activity:
    """Draft an activity that serves the need; what was agreed stands in its purpose.

    It has as many places as volunteers are needed.
    """
    agreed = f"商定：{need.agreed}" if need.agreed else ""
    activity = plan_activity(
        need.org,
        by=by,
        kind="volunteer",
        title=need.title,
        purpose="\n".join(filter(None, [need.words, agreed])),
        place=need.partner.address,
        capacity=need.volunteers,
        outside_partners=need.partner.name,
        organiser=by.person,
    )
    served_by(need, activity, by=by)
    return activity


@transaction.atomic
def add_shift(activity: Activity, turn: Turn, *, by: Actor) -> Shift:
    """A session with its own places; volunteers choose it when they sign up."""
    locked = Activity.objects.select_for_update().get(pk=activity.pk)
    if locked.quotas.filter(name=turn.title).exists():
        raise DomainError(f"已有叫“{turn.title}”的班次，请换一个名称。")
    before = set(locked.sessions.values_list("pk", flat=True))
    kept = _sittings(locked)
    set_sessions(locked, [*kept, Sitting(turn.starts_at, turn.ends_at, turn.title)], by=by)
    session = locked.sessions.exclude(pk__in=before).get()
    shares = [
        Share(one.capacity, one.name, one.org, one.pk)
        for one in locked.quotas.select_related("org")
    ]
    set_places(locked, locked.capacity, shares=[*shares, Share(turn.places, turn.title)], by=by)
    shift = Shift.objects.create(session=session, quota=locked.quotas.get(name=turn.title))
    record(locked, "add_shift", by=by, changes={"shift": turn.title, "count": turn.places})
    return shift


@transaction.atomic
def drop_shift(shift: Shift, *, by: Actor) -> Activity:
    """Take away one nobody signed up for; the last goes with its time."""
    activity = Activity.objects.select_for_update().get(pk=shift.quota.activity_id)
    kept = Shift.objects.select_for_update().get(pk=shift.pk)
    if kept.quota.chosen.exists():
        raise DomainError(f"“{kept}”已有人报名，不能减去。")
    quota, session = kept.quota, kept.session
    rest = [one for one in _sittings(activity) if one.pk != session.pk]
    set_sessions(activity, rest, by=by, is_told=False)  # nobody had chosen it
    quota.delete()
    record(activity, "drop_shift", by=by, changes={"shift": str(quota)})
    return activity


@transaction.atomic
def copy_shifts(activity: Activity, source: Activity) -> None:
    """Held again, it has the same shifts: sessions and places came along in the same order."""
    both = (one.sessions.order_by("starts_at", "pk") for one in (source, activity))
    fresh = {old.pk: new for old, new in zip(*both, strict=True)}
    quotas = {one.name: one for one in activity.quotas.exclude(name="")}
    Shift.objects.bulk_create(
        Shift(session=fresh[one.session_id], quota=quotas[one.quota.name])
        for one in Shift.objects.filter(session__activity=source).select_related("quota")
    )


def _sittings(activity: Activity) -> list[Sitting]:
    """The sessions as they are, with the rooms they hold."""
    return [
        Sitting(
            one.starts_at, one.ends_at, one.title, one.place, tuple(one.resources.all()), one.pk
        )
        for one in activity.sessions.prefetch_related("resources")
    ]
