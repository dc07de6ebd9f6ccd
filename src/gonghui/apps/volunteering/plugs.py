"""What volunteering adds: who is expected at a shift, shifts held again, one's own hours."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q

from gonghui.core.access.actor import Actor
from gonghui.core.activities.models import Activity, Session
from gonghui.core.attendance.sockets import expected
from gonghui.core.flow.events import on
from gonghui.core.signing.models import Choice, Registration
from gonghui.core.signing.sockets import Part, PortalLink, clashes, parts_of_people, portal_links

from .actions import copy_shifts
from .models import Shift
from .queries import service_of, shifts_at_once


def _of_shift(session: Session) -> Q | None:
    """Whoever has a place in it; those who chose none yet may still come to any."""
    shift = Shift.objects.filter(session=session).first()
    if shift is None:
        return None
    chosen = Choice.objects.filter(registration=OuterRef("pk")).order_by()
    return Q(Exists(chosen.filter(quota=shift.quota_id, line=None))) | ~Q(Exists(chosen))


def _own_shifts(person: int | OuterRef) -> Part:
    """Who chose shifts comes to these and to no others of the activity."""
    chosen = Choice.objects.filter(registration__person=person).order_by()
    some = Exists(chosen.filter(registration__activity=OuterRef("activity")))
    this = chosen.filter(quota__shift__session=OuterRef("pk"))
    of_shift = Q(Exists(Shift.objects.filter(session=OuterRef("pk")).order_by()))
    return Part(
        others=of_shift & Q(some) & ~Q(Exists(this)), waited=Q(Exists(this.filter(line__gt=0)))
    )


def _has_served(actor: Actor) -> bool:
    """Volunteers, and those who have signed up as one."""
    person = actor.person
    if person is None:
        return False
    asked = Registration.objects.filter(person=person, activity__kind="volunteer")
    return service_of(person).exists() or asked.exists()


@on("activities.activity", "cloned")
def arrange_shifts(activity: Activity, *, by: Actor, source: Activity, **said: Any) -> None:
    """After the sessions and places have been copied, which is told first."""
    copy_shifts(activity, source)


expected.add("shift", _of_shift)
clashes.add("shifts", shifts_at_once)
parts_of_people.add("shifts", _own_shifts)
portal_links.add(
    "hours", PortalLink("服务时长", "volunteering:hours", "heart-handshake", _has_served)
)
