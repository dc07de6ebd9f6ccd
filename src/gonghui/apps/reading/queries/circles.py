"""Who reads together: the circles and campaigns a member may join now."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from gonghui.core.access.actor import Actor

from ..models import Circle
from ..rules import CIRCLE_RULES


def circles_for(actor: Actor, day: date) -> QuerySet[Circle]:
    """Of the bodies above a member, and what they lead themselves, as long as it goes on."""
    if actor.person is None:
        return Circle.objects.none()
    near = Q(org__path__in=actor.person.org.ancestor_paths()) | Q(leader=actor.person)
    rows = Circle.objects.filter(Q(until=None) | Q(until__gte=day)).filter(near)
    return CIRCLE_RULES["view"].narrow(rows, actor).select_related("org", "leader")
