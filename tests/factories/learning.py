"""Dull factories for study rules, what excuses, terms and slogans."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import factory

from gonghui.apps.learning.models import (
    Hire,
    Leave,
    PartTime,
    Season,
    Slogan,
    StudyItem,
    StudyRule,
)
from tests.factories.organisation import OrgFactory, PersonFactory


class StudyRuleFactory(factory.django.DjangoModelFactory):
    org = factory.SubFactory(OrgFactory)
    title = factory.Sequence(lambda n: f"学习制度{n}")
    since = date(2026, 1, 1)

    class Meta:
        model = StudyRule


class StudyItemFactory(factory.django.DjangoModelFactory):
    rule = factory.SubFactory(StudyRuleFactory)
    label = "写学习笔记"
    kinds = factory.LazyFunction(lambda: ["note"])
    least = Decimal(1)
    every = "month"

    class Meta:
        model = StudyItem


class LeaveFactory(factory.django.DjangoModelFactory):
    person = factory.SubFactory(PersonFactory)
    kind = "maternity"
    since = date(2026, 3, 1)
    until = date(2026, 6, 6)

    class Meta:
        model = Leave


class PartTimeFactory(factory.django.DjangoModelFactory):
    person = factory.SubFactory(PersonFactory)
    share = 50
    since = date(2026, 1, 1)

    class Meta:
        model = PartTime


class HireFactory(factory.django.DjangoModelFactory):
    person = factory.SubFactory(PersonFactory)
    on = date(2020, 9, 1)

    class Meta:
        model = Hire


class SeasonFactory(factory.django.DjangoModelFactory):
    org = factory.SubFactory(OrgFactory)
    kind = "term"
    name = "2026 年秋季学期"
    start = date(2026, 9, 1)
    end = date(2027, 1, 31)

    class Meta:
        model = Season


class SloganFactory(factory.django.DjangoModelFactory):
    org = factory.SubFactory(OrgFactory)
    name = factory.Sequence(lambda n: f"三个一{n}")
    meant_by = "机械厂工会"
    items = factory.LazyFunction(lambda: ["读一本书"])

    class Meta:
        model = Slogan
