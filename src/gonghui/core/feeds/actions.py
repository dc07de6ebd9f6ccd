"""A calendar's address is made and renewed."""

from __future__ import annotations

import secrets

from django.db import transaction

from gonghui.core.access.actor import Actor
from gonghui.core.history.trail import VERBS, record
from gonghui.core.people.models import Person

from .models import Feed

VERBS |= {"renew_feed": "换日历地址"}


@transaction.atomic
def renew_feed(person: Person, source: str, about: int | None, *, by: Actor) -> Feed:
    """A new secret calendar address; the one before answers no more."""
    Person.objects.select_for_update().filter(pk=person.pk).first()
    own = {"person": person, "source": source, "about": about}
    feed = Feed.objects.filter(**own).first() or Feed(**own)
    feed.token = secrets.token_urlsafe(32)
    feed.save()
    record(person, "renew_feed", by=by)
    return feed
