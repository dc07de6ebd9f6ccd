"""Dull factories for who came and what was left."""

from __future__ import annotations

import factory
from django.utils import timezone

from gonghui.core.attendance.models import Attendance, Contribution, Feedback, Mark, Record

from .activities import ActivityFactory, SessionFactory
from .signing import RegistrationFactory


class RecordFactory(factory.django.DjangoModelFactory):
    activity = factory.SubFactory(ActivityFactory)

    class Meta:
        model = Record


class MarkFactory(factory.django.DjangoModelFactory):
    session = factory.SubFactory(SessionFactory)
    registration = factory.SubFactory(
        RegistrationFactory, activity=factory.SelfAttribute("..session.activity")
    )
    act = Mark.Act.IN
    way = Mark.Way.TICKED
    at = factory.LazyFunction(timezone.now)

    class Meta:
        model = Mark


class AttendanceFactory(factory.django.DjangoModelFactory):
    session = factory.SubFactory(SessionFactory)
    registration = factory.SubFactory(
        RegistrationFactory, activity=factory.SelfAttribute("..session.activity")
    )
    person = factory.SelfAttribute("registration.person")
    status = Attendance.Status.PRESENT

    class Meta:
        model = Attendance


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
