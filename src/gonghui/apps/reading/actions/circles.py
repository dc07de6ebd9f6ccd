"""A reading circle meets: its meetings are activities like any other."""

from __future__ import annotations

from django.db import transaction

from gonghui.core.access.actor import Actor
from gonghui.core.activities.actions.activities import plan_activity
from gonghui.core.activities.models import Activity
from gonghui.core.history.trail import VERBS, record

from ..models import Circle

VERBS |= {"plan_meeting": "据此办读书活动"}


@transaction.atomic
def plan_meeting(circle: Circle, *, by: Actor) -> Activity:
    """Draft a study activity about the circle's book; who comes and what was said is its record."""
    room = circle.bookroom
    activity = plan_activity(
        circle.org,
        by=by,
        kind="study",
        title=circle.title,
        theme=circle.books,
        purpose=circle.words,
        place=(room.place or room.name) if room else "",
        organiser=circle.leader or by.person,
    )
    meets(circle, activity, by=by)
    return activity


@transaction.atomic
def meets(circle: Circle, activity: Activity, *, by: Actor) -> Circle:
    """An activity is a meeting of the circle."""
    circle.activities.add(activity)
    record(circle, "plan_meeting", by=by, changes={"activity": str(activity)})
    return circle
