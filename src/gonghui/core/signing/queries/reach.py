"""Registrations an actor may do something with."""

from __future__ import annotations

from django.db.models import QuerySet

from gonghui.core.access.actor import Actor
from gonghui.core.activities.queries.reach import within

from ..models import Registration


def registrations_within(actor: Actor, action: str) -> QuerySet[Registration]:
    """Registrations of those activities."""
    held = within(actor, action).order_by().values("pk")
    return Registration.objects.filter(activity__in=held).select_related("activity", "person")
