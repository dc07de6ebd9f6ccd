"""Registrations an actor may do something with."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet

from gonghui.core.access.actor import Actor
from gonghui.core.files.models import Attachment

from ..models import Registration
from ..rules import REGISTRATION_RULES


def registrations_within(actor: Actor, action: str) -> QuerySet[Registration]:
    """Registrations on which the actor may take the action."""
    rows = Registration.objects.select_related("activity", "person")
    return REGISTRATION_RULES[action].narrow(rows, actor)


def papers_within(actor: Actor) -> QuerySet[Attachment]:
    """What was sent along with registrations the actor may see."""
    seen = REGISTRATION_RULES["view"].narrow(Registration.objects.all(), actor)
    kind = ContentType.objects.get_for_model(Registration)
    return Attachment.objects.filter(content_type=kind, object_id__in=seen.order_by().values("pk"))
