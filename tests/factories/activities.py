"""Dull factories for activities, their sessions and rooms."""

from __future__ import annotations

from datetime import timedelta

import factory
from django.utils import timezone

from gonghui.core.activities.models import Activity, Booking, Resource, Series, Session

from .organisation import OrgFactory


class SeriesFactory(factory.django.DjangoModelFactory):
    org = factory.SubFactory(OrgFactory)
    title = "每周羽毛球"
    kind = "association"
    rhythm = "FREQ=WEEKLY;BYDAY=WE"
    since = factory.LazyFunction(timezone.localdate)
    until = factory.LazyAttribute(lambda series: series.since + timedelta(days=60))

    class Meta:
        model = Series


class ActivityFactory(factory.django.DjangoModelFactory):
    org = factory.SubFactory(OrgFactory)
    kind = "sport"
    title = factory.Sequence(lambda n: f"第{n}场羽毛球赛")

    class Meta:
        model = Activity


class SessionFactory(factory.django.DjangoModelFactory):
    """One that goes on now, so that its doors are open."""

    activity = factory.SubFactory(ActivityFactory)
    starts_at = factory.LazyFunction(timezone.now)
    ends_at = factory.LazyAttribute(lambda session: session.starts_at + timedelta(hours=2))

    class Meta:
        model = Session


class ResourceFactory(factory.django.DjangoModelFactory):
    org = factory.SubFactory(OrgFactory)
    name = factory.Sequence(lambda n: f"第{n}会议室")

    class Meta:
        model = Resource


class BookingFactory(factory.django.DjangoModelFactory):
    resource = factory.SubFactory(ResourceFactory)
    session = factory.SubFactory(SessionFactory)

    class Meta:
        model = Booking
