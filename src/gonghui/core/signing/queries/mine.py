"""A member's own view of activities: what is on, what is theirs, what they have been to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Prefetch, Q, QuerySet

from gonghui.core.access.actor import Actor
from gonghui.core.activities.models import Activity, State
from gonghui.core.activities.rules import UPCOMING, attends, invited

from ..models import Registration

SHOWN = 20
TONES = {"signed": "done", "waiting": "wait", "invited": "doing"}
LOOK_BACK = timedelta(days=366)


@dataclass(frozen=True)
class Offer:
    """An activity with the actor's own registration, if there is one."""

    activity: Activity
    mine: Registration | None

    @property
    def tone(self) -> str:
        return TONES.get(self.mine.status, "plain") if self.mine else "plain"


def offers(actor: Actor, now: datetime) -> list[Offer]:
    """What is to come and open to the actor, the soonest first."""
    ahead = Q(ends_at__gte=now) | Q(state=State.POSTPONED)
    rows = invited().narrow(Activity.objects.filter(ahead, state__in=UPCOMING), actor)
    return _offers(rows.order_by("starts_at", "pk")[:SHOWN], actor)


def been_to(actor: Actor, now: datetime) -> list[Offer]:
    """What the actor signed up for and is over, the latest first."""
    past = Activity.objects.filter(ends_at__lt=now, ends_at__gte=now - LOOK_BACK)
    rows = attends().narrow(past, actor).exclude(state=State.CANCELLED)
    return _offers(rows.order_by("-starts_at", "-pk")[:SHOWN], actor)


def open_to(actor: Actor) -> QuerySet[Activity]:
    """Everything the member may look at: what is for them and what they signed up for."""
    return (invited() | attends()).narrow(Activity.objects.exclude(state=State.DRAFT), actor)


def ahead_of(registration: Registration) -> int:
    """How many wait before this one for the same places; 0 for who has a place.

    Where only a group or a unit is full, those who wait for another are not in one's way.
    """
    if registration.line is None:
        return 0
    line = Registration.objects.filter(activity=registration.activity_id, line__isnull=False)
    rows = line.filter(line__lt=registration.line)
    left = registration.activity.seats_left
    if registration.quota_ids and (left is None or left > 0):
        rows = rows.filter(
            Q(quota__in=registration.quota_ids) | Q(unit_quota__in=registration.quota_ids)
        )
    return rows.count()


def owes(registration: Registration) -> bool:
    """Somebody else signed the member up, who has yet to agree to the notice or to answer."""
    activity = registration.activity
    if activity.consent and registration.consented_at is None:
        return True
    asked = activity.questions.filter(is_required=True).values_list("pk", flat=True)
    return any(not registration.answers.get(str(pk)) for pk in asked)


def own_registration(activity: Activity, actor: Actor) -> Registration | None:
    if actor.person is None:
        return None
    return activity.registrations.filter(person=actor.person).first()


def _offers(rows: QuerySet[Activity], actor: Actor) -> list[Offer]:
    own = Registration.objects.filter(person=actor.person)
    dressed = rows.select_related("org").prefetch_related(
        Prefetch("registrations", queryset=own, to_attr="own")
    )
    return [Offer(one, next(iter(one.own), None)) for one in dressed]  # type: ignore[attr-defined]  # prefetched above
