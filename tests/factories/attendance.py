"""Dull factories for who came."""

from __future__ import annotations

import factory
from django.utils import timezone

from gonghui.core.attendance.models import Attendance, Mark

from .activities import SessionFactory
from .signing import RegistrationFactory


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
