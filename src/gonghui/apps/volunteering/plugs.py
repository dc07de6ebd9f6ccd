"""What volunteering adds: who is expected at a shift, shifts held again, one's own hours."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from gonghui.core.access.actor import Actor
from gonghui.core.activities.models import Activity, Session
from gonghui.core.attendance.sockets import expected
from gonghui.core.flow.events import on
from gonghui.core.signing.models import Registration
from gonghui.core.signing.sockets import PortalLink, portal_links

from .actions import copy_shifts
from .models import Shift
from .queries import service_of


def _of_shift(session: Session) -> Q | None:
    """Whoever chose it; those who chose none yet may still come to any."""
    shift = Shift.objects.filter(session=session).first()
    return Q(quota=shift.quota_id) | Q(quota=None) if shift else None


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
portal_links.add(
    "hours", PortalLink("服务时长", "volunteering:hours", "heart-handshake", _has_served)
)
