"""Dull factories for what activities left."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import factory

from gonghui.core.records.models import (
    Certificate,
    Contribution,
    Feedback,
    Photo,
    Record,
    Scoring,
)

from .activities import ActivityFactory
from .signing import RegistrationFactory


class RecordFactory(factory.django.DjangoModelFactory):
    activity = factory.SubFactory(ActivityFactory)

    class Meta:
        model = Record


class ScoringFactory(factory.django.DjangoModelFactory):
    activity = factory.SubFactory(ActivityFactory)
    points = factory.LazyFunction(lambda: [5, 3, 1])

    class Meta:
        model = Scoring


class ContributionFactory(factory.django.DjangoModelFactory):
    registration = factory.SubFactory(RegistrationFactory)
    activity = factory.SelfAttribute("registration.activity")
    kind = Contribution.Kind.SPOKE

    class Meta:
        model = Contribution


class FeedbackFactory(factory.django.DjangoModelFactory):
    registration = factory.SubFactory(RegistrationFactory)
    stars = 4

    class Meta:
        model = Feedback


class CertificateFactory(factory.django.DjangoModelFactory):
    registration = factory.SubFactory(RegistrationFactory)
    org = factory.SelfAttribute("registration.activity.org")
    title = "书法讲座"
    first_on = last_on = issued_on = date(2026, 3, 3)
    role = "attended"
    hours = Decimal(2)

    class Meta:
        model = Certificate


class PhotoFactory(factory.django.DjangoModelFactory):
    activity = factory.SubFactory(ActivityFactory, state="held")
    width = 40
    height = 30

    class Meta:
        model = Photo
