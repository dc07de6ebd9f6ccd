"""Dull factories for rules, entitlements and ratings."""

from __future__ import annotations

from datetime import date

import factory

from gonghui.apps.cadres.models import (
    Entitlement,
    OfficeTime,
    Rating,
    Regulation,
    RegulationVersion,
    Score,
)
from tests.factories.organisation import OrgFactory, PersonFactory


class RegulationFactory(factory.django.DjangoModelFactory):
    org = factory.SubFactory(OrgFactory)
    title = factory.Sequence(lambda n: f"会议制度{n}")
    subject = "office"

    class Meta:
        model = Regulation


class RegulationVersionFactory(factory.django.DjangoModelFactory):
    regulation = factory.SubFactory(RegulationFactory)
    since = date(2024, 1, 1)
    decided_by = "第二届第一次全委会"
    decided_on = date(2023, 12, 20)

    class Meta:
        model = RegulationVersion


class EntitlementFactory(factory.django.DjangoModelFactory):
    person = factory.SubFactory(PersonFactory)
    org = factory.SelfAttribute("person.org")
    kind = "political"
    what = "列席党委会"

    class Meta:
        model = Entitlement


class RatingFactory(factory.django.DjangoModelFactory):
    person = factory.SubFactory(PersonFactory)
    org = factory.SelfAttribute("person.org")
    profile = "county"
    on = date(2026, 1, 10)

    class Meta:
        model = Rating


class ScoreFactory(factory.django.DjangoModelFactory):
    rating = factory.SubFactory(RatingFactory)
    ability = "negotiation"
    points = 4

    class Meta:
        model = Score


class OfficeTimeFactory(factory.django.DjangoModelFactory):
    person = factory.SubFactory(PersonFactory)
    org = factory.SelfAttribute("person.org")
    on = date(2026, 11, 5)
    days = 1
    matter = "筹备职工运动会"

    class Meta:
        model = OfficeTime
