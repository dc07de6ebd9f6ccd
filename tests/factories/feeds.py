"""Dull factories for calendar addresses."""

from __future__ import annotations

import factory

from gonghui.core.feeds.models import Feed

from .organisation import PersonFactory


class FeedFactory(factory.django.DjangoModelFactory):
    """Of one's own tasks, unless a source and a record are named."""

    person = factory.SubFactory(PersonFactory)
    source = "tasks"
    about = None
    token = factory.Sequence(lambda n: f"token-{n:032}")

    class Meta:
        model = Feed
        django_get_or_create = ("person", "source", "about")
