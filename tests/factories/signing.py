"""Dull factories for places and those who signed up."""

from __future__ import annotations

import factory
from django.utils import timezone

from gonghui.core.signing.models import Choice, Delegation, Question, Quota, Registration, Terms

from .activities import ActivityFactory
from .organisation import OrgFactory, PersonFactory


class QuotaFactory(factory.django.DjangoModelFactory):
    activity = factory.SubFactory(ActivityFactory)
    name = "男子组"
    capacity = 8

    class Meta:
        model = Quota


class QuestionFactory(factory.django.DjangoModelFactory):
    activity = factory.SubFactory(ActivityFactory)
    label = "上衣尺码"

    class Meta:
        model = Question


class DelegationFactory(factory.django.DjangoModelFactory):
    activity = factory.SubFactory(ActivityFactory)
    org = factory.SubFactory(OrgFactory)

    class Meta:
        model = Delegation


class TermsFactory(factory.django.DjangoModelFactory):
    activity = factory.SubFactory(ActivityFactory)
    version = 1
    text = "请带好运动鞋。"

    class Meta:
        model = Terms


class RegistrationFactory(factory.django.DjangoModelFactory):
    activity = factory.SubFactory(ActivityFactory)
    person = factory.SubFactory(PersonFactory)
    org = factory.SelfAttribute("person.org")
    signed_at = factory.LazyFunction(timezone.now)

    class Meta:
        model = Registration


class ChoiceFactory(factory.django.DjangoModelFactory):
    registration = factory.SubFactory(RegistrationFactory)
    quota = factory.SubFactory(
        QuotaFactory, activity=factory.SelfAttribute("..registration.activity")
    )

    class Meta:
        model = Choice
