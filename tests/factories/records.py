"""Dull factories for what activities left."""

from __future__ import annotations

import factory

from gonghui.core.records.models import Contribution, Feedback, Record

from .activities import ActivityFactory
from .signing import RegistrationFactory


class RecordFactory(factory.django.DjangoModelFactory):
    activity = factory.SubFactory(ActivityFactory)

    class Meta:
        model = Record


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
