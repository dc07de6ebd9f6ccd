"""Activities an actor may do something with, and what of a room's use they may read."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.orgs.models import Org, subtree
from gonghui.core.people.models import Person, Post

from ..models import Activity, Booking, Resource, Series, Session
from ..rules import ACTIVITY_RULES, SERIES_RULES, UPCOMING


def within(actor: Actor, action: str) -> QuerySet[Activity]:
    """Activities on which the actor may take the action, with who holds them."""
    rows = Activity.objects.select_related("org", "organiser")
    return ACTIVITY_RULES[action].narrow(rows, actor)


def standing(actor: Actor) -> QuerySet[Activity]:
    """What the actor may see that takes or took place."""
    return ACTIVITY_RULES["view"].narrow(Activity.objects.standing(), actor)


def sessions_within(actor: Actor, action: str) -> QuerySet[Session]:
    """Sessions of those activities."""
    held = within(actor, action).order_by().values("pk")
    return Session.objects.filter(activity__in=held).select_related("activity__org")


def series_within(actor: Actor, action: str) -> QuerySet[Series]:
    """Series on which the actor may take the action."""
    return SERIES_RULES[action].narrow(Series.objects.select_related("org"), actor)


def people_of(org: Org | None, actor: Actor, kept: int | None = None) -> QuerySet[Person]:
    """Who may be put in charge of what a body holds: its people, and who has a post in it.

    The members of an association belong elsewhere (R-016). Without a body, those in reach.
    ``kept`` is who is in charge already, and stays a choice after leaving.
    """
    if org is None:
        near = actor.reach("activities.write")
    else:
        held = Post.objects.held(timezone.localdate()).filter(org=org).order_by()
        near = subtree(org.path, field="org") | Q(pk__in=held.values("person"))
    rows = Person.objects.active().filter(near) | Person.objects.filter(pk=kept or 0)
    return rows.select_related("org")


@dataclass(frozen=True)
class Partner:
    """A body asked to hold an activity too: whether it agreed, and whether the actor may say so."""

    org: Org
    has_joined: bool
    may_join: bool


def partners_of(activity: Activity, actor: Actor) -> list[Partner]:
    """Nobody is asked any more once it is over."""
    partners = list(activity.partners.all())
    joined = set(activity.joined.all()) if partners else set()
    open_ = activity.state in UPCOMING and not activity.is_past
    return [
        Partner(one, one in joined, open_ and one not in joined and _leads(actor, one))
        for one in partners
    ]


def _leads(actor: Actor, org: Org) -> bool:
    return actor.can("activities.write", at=org)


def bookings_ahead(resource: Resource, actor: Actor, most: int) -> list[tuple[Booking, bool]]:
    """Who uses a room from now on, and whether the actor may read what for."""
    ahead = resource.bookings.filter(session__ends_at__gte=timezone.now())
    rows = list(
        ahead.select_related("session__activity__org").order_by("session__starts_at")[:most]
    )
    ids = [one.session.activity_id for one in rows]
    known = set(within(actor, "view").filter(pk__in=ids).values_list("pk", flat=True))
    return [(one, one.session.activity_id in known) for one in rows]
