"""Dull factories for applications, transfers and duplicates."""

from __future__ import annotations

from datetime import date

import factory

from gonghui.apps.membership.models import Application, Merge, NotSame, Transfer, Way
from tests.factories.organisation import OrgFactory, PersonFactory


class ApplicationFactory(factory.django.DjangoModelFactory):
    person = factory.SubFactory(PersonFactory)
    org = factory.SelfAttribute("person.org")
    way = Way.PAPER
    consent = True
    applied_on = date(2026, 1, 5)

    class Meta:
        model = Application


class TransferFactory(factory.django.DjangoModelFactory):
    person = factory.SubFactory(PersonFactory)
    org = factory.SelfAttribute("person.org")
    to = factory.SubFactory(OrgFactory)
    reason = "调动工作"
    asked_on = date(2026, 1, 5)
    due_on = date(2026, 1, 20)

    class Meta:
        model = Transfer


class MergeFactory(factory.django.DjangoModelFactory):
    kept = factory.SubFactory(PersonFactory)
    gone = factory.SubFactory(PersonFactory)
    org = factory.SelfAttribute("kept.org")

    class Meta:
        model = Merge


class NotSameFactory(factory.django.DjangoModelFactory):
    one = factory.SubFactory(PersonFactory)
    other = factory.SubFactory(PersonFactory)

    class Meta:
        model = NotSame
