"""Where a person helps without answering for it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from gonghui.core.access.actor import Actor

from ..models import Item


def helped_by(actor: Actor) -> QuerySet[Any, Any]:
    """The numbers of tasks that name the person as helper, or a body where they hold a post."""
    people: QuerySet[Any] = Item.helpers.through.objects.filter(person=actor.person)
    numbers = people.order_by().values("item")
    if not actor.posts:
        return numbers
    bodies: QuerySet[Any] = Item.helper_orgs.through.objects.filter(org__in=list(actor.posts))
    return numbers.union(bodies.order_by().values("item"))
