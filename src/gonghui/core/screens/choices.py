"""What forms of several apps offer: bodies in reach, and the names by which one is found."""

from __future__ import annotations

from django.db.models import QuerySet

from gonghui.core.access.actor import Actor
from gonghui.core.orgs.models import Org

ORG_NAMES = ("name", "short_name", "pinyin", "initials")
PERSON_NAMES = ("name", "pinyin", "initials")


def reachable(actor: Actor, capability: str) -> QuerySet[Org]:
    """The bodies that still stand where the actor holds a capability."""
    return Org.objects.filter(actor.reach(capability, field=""), until=None)
