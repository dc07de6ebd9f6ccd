"""What volunteering adds: who is expected at a shift, and the way to one's own hours."""

from __future__ import annotations

from django.db.models import Q

from gonghui.core.access.actor import Actor
from gonghui.core.activities.models import Session
from gonghui.core.attendance.sockets import expected
from gonghui.core.signing.models import Registration
from gonghui.core.signing.sockets import PortalLink, portal_links

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


expected.add("shift", _of_shift)
portal_links.add(
    "hours", PortalLink("服务时长", "volunteering:hours", "heart-handshake", _has_served)
)
