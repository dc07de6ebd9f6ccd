"""Dull factories for evaluation."""

from __future__ import annotations

from decimal import Decimal

import factory

from gonghui.apps.evaluation.models import Band, Criterion, Scheme
from tests.factories.organisation import OrgFactory


class SchemeFactory(factory.django.DjangoModelFactory):
    org = factory.SubFactory(OrgFactory)
    title = factory.Sequence(lambda n: f"学习型班组评估{n}")
    target = "unit"

    class Meta:
        model = Scheme


class CriterionFactory(factory.django.DjangoModelFactory):
    scheme = factory.SubFactory(SchemeFactory)
    code = factory.Sequence(lambda n: f"A{n}")
    name = "集体学习"
    weight = 10
    method = "mark"
    filler = "upper"

    class Meta:
        model = Criterion


class BandFactory(factory.django.DjangoModelFactory):
    scheme = factory.SubFactory(SchemeFactory)
    title = factory.Sequence(lambda n: f"等次{n}")
    at_least = factory.Sequence(Decimal)

    class Meta:
        model = Band
