"""Dull factories for kept figures and closed periods."""

from __future__ import annotations

from datetime import date

import factory

from gonghui.core.indicators.models import Closing, Family, First, Kept, Line

from .organisation import OrgFactory


class FamilyFactory(factory.django.DjangoModelFactory):
    key = factory.Sequence(lambda n: f"activities.activity/month/{n}")

    class Meta:
        model = Family


class LineFactory(factory.django.DjangoModelFactory):
    family = factory.SubFactory(FamilyFactory)
    org = factory.SubFactory(OrgFactory)
    since = date(2026, 5, 1)
    until = date(2026, 5, 31)

    class Meta:
        model = Line


class FirstFactory(factory.django.DjangoModelFactory):
    source = "activities.activity"
    org = factory.SubFactory(OrgFactory)
    first_on = date(2026, 3, 8)

    class Meta:
        model = First


class ClosingFactory(factory.django.DjangoModelFactory):
    org = factory.SubFactory(OrgFactory)
    since = date(2025, 1, 1)
    until = date(2025, 12, 31)
    closed_on = date(2026, 1, 10)

    class Meta:
        model = Closing


class KeptFactory(factory.django.DjangoModelFactory):
    closing = factory.SubFactory(ClosingFactory)
    indicator = "activities.held"
    org = factory.SelfAttribute("closing.org")
    name = "一分会"
    path = "00001"
    value = 3

    class Meta:
        model = Kept
